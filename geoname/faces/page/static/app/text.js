// What the page says, in Chinese and in English, and which of the two it speaks.

const KEPT = "geoname.language";

const ZH = {
  title: "贵州标准地名",
  otherLanguage: "English",
  tabs: "功能",
  tabLookUp: "查询",
  tabLines: "界线",
  tabCheck: "批量核对",
  tabData: "数据",
  asOfToday: "按今天查询",
  asOfOn: (day) => `按 ${day} 查询`,
  asOfDay: "查询日期",
  asOfYears: "查询年份",
  asOfNow: "回到今天",
  switchLanguage: "Switch to English",
  map: "地图：方向键移动，加减号缩放，回车查询中心点",
  mapNote: "审图",
  searchLabel: "查地名、拼音或坐标",
  searchPlaceholder: "地名、拼音或“经度，纬度”",
  suggestions: "候选地名",
  suggested: (n) => `${n} 个候选地名`,
  clear: "清除",
  fold: "收起或展开",
  zoomIn: "放大",
  zoomOut: "缩小",
  welcome: "查一个地名，或点一处地图",
  welcomeSearch: "输入地名或拼音（全拼、首字母皆可），上下键选择，回车查找。",
  welcomePoint: "点地图任一处，看它属于哪个省、市、县，离界线多远。也可输入坐标，如 106.7135, 26.5783。",
  welcomeNote: "界线由行政区划面推得，以批准的界线为准。",
  loading: "查询中……",
  results: (q) => `“${q}”`,
  found: (n, more) => (more ? `前 ${n} 条` : `共 ${n} 条`),
  foundBy: {prefix: "没有完全相同的地名，以此开头的有：", contains: "没有完全相同的地名，含有此字的有：",
    fuzzy: "没有这个地名，写法相近的有：", pinyin: "按拼音查到："},
  noResults: "没有登记这个地名。可换一种写法、拼音或更少的字再查。",
  more: "再列一些",
  back: "返回结果",
  copy: "复制",
  copied: (t) => `已复制 ${t}`,
  notCopied: "浏览器不许复制，请手动选取",
  codes: "代码",
  noCode: "无代码",
  asOf: (d) => `截至 ${d}`,
  belongs: "所属",
  class: "类别",
  location: "位置",
  noLocation: "没有坐标；地图上标出所在的县级区划",
  noLocationAtAll: "没有坐标",
  validity: "使用时间",
  since: (d) => `自 ${d}`,
  until: (d) => `至 ${d}`,
  validityUnknown: "起止时间未记录",
  specificGeneric: "专名 + 通名",
  status: "状态",
  otherNames: "其他名称",
  account: "由来",
  approval: "批准与公布",
  source: "来源",
  licence: "许可",
  history: "变更记录",
  historyNone: "没有变更记录",
  record: "原始记录 (JSON)",
  review: "读音待核",
  placeCode: "地名代码",
  minorityWriting: "民族文字",
  noReading: "没有拼音",
  comma: "，",
  point: "此点所属",
  noChain: "此点不在已载入的行政区划内",
  coordinates: "坐标",
  level: {province: "省级", prefecture: "地级", county: "县级", township: "乡级", village: "村级"},
  lookUp: (n) => `查地名“${n}”`,
  onLine: "此点在界线上或紧邻界线",
  onLineWhy: (m) => `本版界线精度为 ${m}，以下两侧都可能：`,
  sides: (a, b) => `${a} 与 ${b}`,
  away: (d) => `距界线 ${d}`,
  nearestLine: "最近的界线",
  edition: "地图版本",
  editionDate: "资料日期",
  accuracy: "界线精度",
  notExact: "所问日期不在本版日期内，结果仅供参考",
  unreviewed: "未经审核，仅供内部使用",
  unreviewedWord: "未经审",
  approvalNumber: (n) => `审图号：${n}`,
  notReady: "还没有可供查询的数据",
  notReadyHow: "请管理员在服务器上运行：",
  retry: "再试一次",
  trouble: "没有查成",
  offline: "连不上服务，请检查网络后再试。",
  badAnswer: (s) => `服务给出了意外的回答（${s}），请稍后再试。`,
  noMap: "此浏览器没有 WebGL，地图不能显示；查询照常可用。",
  mapTrouble: "地图数据没有载入",
  kind: {standard: "标准地名", alias: "别名", former: "曾用名", minority_language: "民族语地名", abbreviation: "简称"},
  statusOf: {proposed: "拟用", current: "现行", historical: "历史"},
  publicationOf: {internal: "内部", public: "公开", withdrawn: "已撤回"},
  exactness: {surveyed: "实测", populated_place: "居民点坐标", representative_point: "代表点，非实测", none: "无"},
  evidence: {unknown_before: "早于资料日期，情况不明", uncertain: "资料不确定"},
  readingOf: {auto: "自动注音", dictionary: "字典", local_survey: "当地调查", approved: "批准"},
  changeOf: {loaded: "载入", named: "命名", renamed: "更名", approved: "批准", filed: "备案", announced: "公布",
    retired: "停用", corrected: "更正"},
  scheme: {nbs: "统计用区划代码", mca: "民政部代码", gb2260: "GB/T 2260"},
  told: {origin: "来历", meaning: "含义", history: "沿革", story: "典故", description: "概况"},
  approvalOf: {approved_by: "批准机关", approver_kind: "机关类别", approved_on: "批准", document: "文件",
    filed_on: "报备", accepted_on: "受理", announced_on: "公布"},
};

const EN = {
  title: "Place names of Guizhou",
  otherLanguage: "中文",
  tabs: "Tasks",
  tabLookUp: "Look up",
  tabLines: "Boundaries",
  tabCheck: "Check a file",
  tabData: "Data",
  asOfToday: "As of today",
  asOfOn: (day) => `As of ${day}`,
  asOfDay: "day asked about",
  asOfYears: "year asked about",
  asOfNow: "Today",
  switchLanguage: "切换到中文",
  map: "Map: arrow keys move it, plus and minus zoom, Enter asks about its centre",
  mapNote: "Map review",
  searchLabel: "Search a name, pinyin or coordinates",
  searchPlaceholder: "Name, pinyin or “lon, lat”",
  suggestions: "Suggested names",
  suggested: (n) => `${n} suggested names`,
  clear: "Clear",
  fold: "Fold or unfold",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  welcome: "Search a name, or click the map",
  welcomeSearch: "Type a name or its pinyin, in full or by initials; arrow keys choose, Enter searches.",
  welcomePoint: "Click anywhere to see which province, prefecture and county it lies in and how far the " +
    "nearest line is. Coordinates work too: 106.7135, 26.5783.",
  welcomeNote: "Lines are derived from polygons; the approved boundary line prevails.",
  loading: "Searching…",
  results: (q) => `“${q}”`,
  found: (n, more) => (more ? `first ${n}` : `${n} found`),
  foundBy: {prefix: "No name is exactly this; these begin so:", contains: "No name is exactly this; these contain it:",
    fuzzy: "No such name; these are written much the same:", pinyin: "Found by pinyin:"},
  noResults: "No such name is registered. Try another spelling, pinyin, or fewer characters.",
  more: "More",
  back: "Back to results",
  copy: "Copy",
  copied: (t) => `Copied ${t}`,
  notCopied: "The browser does not allow copying; select the text by hand",
  codes: "Codes",
  noCode: "no code",
  asOf: (d) => `as of ${d}`,
  belongs: "Lies in",
  class: "Class",
  location: "Location",
  noLocation: "No coordinates; the map shows the county it lies in",
  noLocationAtAll: "No coordinates",
  validity: "In use",
  since: (d) => `since ${d}`,
  until: (d) => `until ${d}`,
  validityUnknown: "start and end not recorded",
  specificGeneric: "Specific + generic",
  status: "Status",
  otherNames: "Other names",
  account: "Account",
  approval: "Approval and announcement",
  source: "Source",
  licence: "Licence",
  history: "Changes",
  historyNone: "No change is recorded",
  record: "Record (JSON)",
  review: "Reading to be reviewed",
  placeCode: "Place code",
  minorityWriting: "Minority script",
  noReading: "no pinyin",
  comma: ", ",
  point: "This point lies in",
  noChain: "This point is in no division that is loaded",
  coordinates: "Coordinates",
  level: {province: "Province", prefecture: "Prefecture", county: "County", township: "Township",
    village: "Village"},
  lookUp: (n) => `Search the name ${n}`,
  onLine: "On a boundary line, or close to one",
  onLineWhy: (m) => `This edition's lines are good to ${m}; either side is possible:`,
  sides: (a, b) => `${a} and ${b}`,
  away: (d) => `${d} from the line`,
  nearestLine: "Nearest line",
  edition: "Map edition",
  editionDate: "As of",
  accuracy: "Line accuracy",
  notExact: "The day asked about is not the edition's; take the answer as a hint",
  unreviewed: "unreviewed, internal use",
  unreviewedWord: "unreviewed",
  approvalNumber: (n) => `Map approval ${n}`,
  notReady: "No data loaded yet",
  notReadyHow: "Have the administrator run on the server:",
  retry: "Try again",
  trouble: "That did not work",
  offline: "The service cannot be reached; check the network and try again.",
  badAnswer: (s) => `The service gave an unexpected answer (${s}); try again later.`,
  noMap: "This browser has no WebGL, so there is no map; searching works all the same.",
  mapTrouble: "The map's data did not load",
  kind: {standard: "Standard name", alias: "Alias", former: "Former name",
    minority_language: "Minority-language name", abbreviation: "Abbreviation"},
  statusOf: {proposed: "Proposed", current: "Current", historical: "Historical"},
  publicationOf: {internal: "Internal", public: "Public", withdrawn: "Withdrawn"},
  exactness: {surveyed: "surveyed", populated_place: "point of the populated place",
    representative_point: "representative point, not surveyed", none: "none"},
  evidence: {unknown_before: "earlier than the data; not known", uncertain: "the data are uncertain"},
  readingOf: {auto: "automatic", dictionary: "dictionary", local_survey: "local survey", approved: "approved"},
  changeOf: {loaded: "loaded", named: "named", renamed: "renamed", approved: "approved", filed: "filed",
    announced: "announced", retired: "retired", corrected: "corrected"},
  scheme: {nbs: "NBS statistical code", mca: "MCA code", gb2260: "GB/T 2260"},
  told: {origin: "Origin", meaning: "Meaning", history: "History", story: "Story", description: "Description"},
  approvalOf: {approved_by: "Approved by", approver_kind: "Kind of authority", approved_on: "Approved",
    document: "Document", filed_on: "Filed", accepted_on: "Accepted", announced_on: "Announced"},
};

let current = "zh";

/** The language spoken, `zh` or `en`. */
export const language = () => current;

/** The language kept from an earlier visit; Chinese when none was. */
export function keptLanguage() {
  try {
    return localStorage.getItem(KEPT) === "en" ? "en" : "zh";
  } catch {
    return "zh"; // storage is forbidden in some private windows: the switch then lasts for the visit
  }
}

/** Keep the language for later visits. */
export function keepLanguage(lang) {
  try {
    localStorage.setItem(KEPT, lang);
  } catch {
    return; // as above
  }
}

/** The text under `key`, given its values where it takes some. */
export function t(key, ...values) {
  const text = (current === "en" ? EN : ZH)[key];
  return typeof text === "function" ? text(...values) : text;
}

/** The word for `value` in the table `key`, the value itself when the table has none. */
export const word = (key, value) => t(key)[value] ?? value ?? "";

/** A distance in metres as one reads it. */
export function distance(metres) {
  if (metres < 1) return current === "en" ? "under 1 m" : "不足 1 米";
  const far = metres >= 1000;
  const amount = far ? (metres / 1000).toFixed(metres < 100000 ? 1 : 0) : String(Math.round(metres));
  return `${amount} ${current === "en" ? (far ? "km" : "m") : far ? "公里" : "米"}`;
}

/** Speak `lang`: the document's language, title and every marked element follow. */
export function speak(lang) {
  current = lang === "en" ? "en" : "zh";
  document.documentElement.lang = current === "en" ? "en" : "zh-Hans";
  document.title = t("title");
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = t(element.dataset.text);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.dataset.label));
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) {
    element.placeholder = t(element.dataset.placeholder);
  }
}
