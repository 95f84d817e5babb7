// What the page says of the reports of loads, in Chinese and in English.

import {language} from "./text.js";

const ZH = {
  rows: "行", rejected: "退回", tied: "已对应", addedDivisions: "新增区划", otherCodes: "与本库主代码不同",
  otherMeanings: "代码在本库另有所指", endedCodes: "被取代的旧代码", notTied: "未能对应", events: "事件", edges: "沿革关系",
  formerDivisions: "已撤销的区划", alreadyKnown: "本库已有", withCourse: "有图形", differences: "与图形不符",
  withPosition: "有坐标", notConverted: "旧基准，未转换", findings: "界桩问题", territories: "区划面", codes: "代码问题",
  defects: "图形缺陷", blocking: "须先改正",
  refused: "有必须先改正的问题，没有写入",
  scheme: "代码体系", columns: "所用的列", operations: "变更种类", crs: "坐标系",
  compared: (edition) => `与 ${edition} 相比`,
  apart: (mean, greatest) => `平均相差 ${mean} 米，最远 ${greatest} 米`,
  notListed: (n) => `名录所缺（${n}）`,
  written: "写入", writtenTold: (added, changed, same) => `新增 ${added}，更改 ${changed}，未变 ${same}`,
  spelt: "写法不同，请核对", tiedByCode: "按代码对应，请核对",
  more: (n) => `另有 ${n} 条，见完整报告`,
  blocks: "（须先改正）",
  operation: {establish: "设立", abolish: "撤销", replace: "撤此设彼", merge: "合并", split: "析置", transfer: "隶属变更",
    boundary: "界线变更", move_seat: "驻地迁移", rename: "更名", recode: "代码变更"},
  code: {missing: "文件中缺少", unknown: "代码不存在", orphan: "上级也不存在", not_in_force: "该日不用此代码",
    beyond_scope: "不属于所述区划", name: "名称不同", ambiguous: "代码有多义"},
  defect: {invalid_ring: "边界自相交或为空", overlap: "重叠", gap: "空隙", beyond: "超出上级范围",
    unmatched_edge: "公共边不一致"},
};

const EN = {
  rows: "rows", rejected: "rejected", tied: "tied", addedDivisions: "divisions added", otherCodes: "other code than here",
  otherMeanings: "code means another here", endedCodes: "codes ended", notTied: "tied to none", events: "events",
  edges: "edges", formerDivisions: "former divisions", alreadyKnown: "known already", withCourse: "with a course",
  differences: "unlike the polygons", withPosition: "with coordinates", notConverted: "old datum, not converted",
  findings: "findings about markers", territories: "territories", codes: "codes to look at", defects: "defects",
  blocking: "to be mended first",
  refused: "Something must be mended first; nothing was written",
  scheme: "scheme", columns: "columns", operations: "operations", crs: "reference system",
  compared: (edition) => `against ${edition}`,
  apart: (mean, greatest) => `${mean} m apart on average, ${greatest} m at most`,
  notListed: (n) => `not in the list (${n})`,
  written: "written", writtenTold: (added, changed, same) => `${added} added, ${changed} changed, ${same} the same`,
  spelt: "Written otherwise, please look", tiedByCode: "Tied by code, please look",
  more: (n) => `${n} more in the whole report`,
  blocks: " (to be mended first)",
  operation: {},
  code: {missing: "missing from the file", unknown: "no such code", orphan: "no such code, nor its parent's",
    not_in_force: "code not in force on the day", beyond_scope: "not of the stated division", name: "another name",
    ambiguous: "code of several meanings"},
  defect: {invalid_ring: "invalid ring", beyond: "beyond its parent", unmatched_edge: "unmatched edge"},
};

/** What is said under a key; a function among the texts gets the other arguments. */
export function r(key, ...values) {
  const said = (language() === "en" ? EN : ZH)[key];
  return typeof said === "function" ? said(...values) : said;
}
