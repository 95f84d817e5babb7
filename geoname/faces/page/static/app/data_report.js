// What a load of divisions, changes, polygons, lines or markers found: figures, rows that failed, what to look at.

import {amount, d, either} from "./data_text.js";
import {r} from "./data_report_text.js";
import {el, row} from "./elements.js";

const SHOWN = 20;
const DOUBTFUL = ["rejected", "notTied", "blocking"];

/** The figures of a report, each a term, a number and a mark; those of zero are left out where they say nothing. */
const FIGURES = {
  divisions: (report) => ({rows: report.rows, rejected: report.rejected, tied: total(report.matched),
    addedDivisions: report.added_divisions, otherCodes: report.other_codes, otherMeanings: report.other_meanings,
    endedCodes: report.ended_codes}),
  changes: (report) => ({rows: report.rows, rejected: report.rejects.length, notTied: report.not_tied.length,
    events: total(report.events), edges: report.edges, formerDivisions: report.former_divisions,
    alreadyKnown: report.already_known}),
  lines: (report) => ({rows: report.rows, rejected: report.rejects.length, withCourse: report.with_course,
    differences: report.differences.length}),
  markers: (report) => ({rows: report.rows, rejected: report.rejects.length, withPosition: report.with_position,
    notConverted: report.not_converted, findings: report.findings.length}),
  boundaries: (report) => ({territories: total(report.levels), codes: report.codes.length, defects: report.defects.length,
    blocking: report.defects.filter((one) => one.blocks).length}),
};
const ALWAYS = ["rows", "rejected", "territories"];

/** The parts of the view of a load, for every kind but names; `download` is a button for the rows that failed. */
export function reportOf(kind, report, download) {
  const figures = Object.entries(FIGURES[kind]?.(report) ?? {}).filter(([key, count]) => count || ALWAYS.includes(key));
  return [
    report.status === "refused" ? el("p", {class: "warning", role: "alert"}, r("refused")) : null,
    el("dl", {class: "data-figures"}, figures.map(([key, count]) =>
      figure(r(key), count, count && DOUBTFUL.includes(key) ? "doubtful" : ""))),
    facts(kind, report),
    failed([...(report.rejects ?? []), ...(report.not_tied ?? [])], download),
    looks(kind, report),
  ];
}

/** A term with a number in a frame. */
export const figure = (term, count, mark = "") => el("div", {class: `data-figure ${mark}`},
  el("dt", {}, term), el("dd", {}, amount(count)));

function facts(kind, report) {
  const compared = report.comparison;
  const told = [
    row(r("scheme"), report.scheme && [report.scheme, report.as_of].filter(Boolean).join(" · ")),
    row(r("columns"), pairs(report.columns)),
    kind === "changes" ? row(r("operations"), pairs(report.events, r("operation"))) : null,
    kind === "boundaries" ? row(r("crs"), report.crs) : null,
    compared && row(r("compared", compared.edition), r("apart", amount(Math.round(compared.mean_m)),
      amount(Math.round(compared.greatest_m)))),
    report.not_listed?.length ? row(r("notListed", amount(report.not_listed.length)),
      several(report.not_listed.map((one) => one.name))) : null,
    report.status === "loaded" || report.status === "unchanged"
      ? row(r("written"), r("writtenTold", amount(report.added), amount(report.changed), amount(report.same))) : null,
  ].filter(Boolean);
  return told.length ? el("dl", {}, told) : null;
}

function failed(rows, download) {
  if (!rows.length) return null;
  return el("section", {"aria-labelledby": "troubles"},
    el("h3", {id: "troubles"}, d("troubles")),
    list(rows, (one) => [
      el("strong", {}, either(one.reason, one.reason_en)),
      el("p", {class: "aside"}, d("first", one.row, one.field, one.value)),
      el("p", {}, either(one.remedy, one.remedy_en)),
    ]),
    download);
}

/** What nobody need mend for the load, and somebody should look at. */
function looks(kind, report) {
  const made = [
    [r("spelt"), report.spelt_otherwise, (one) => `${one.code} ${one.name} → ${one.registered_name}`],
    [r("tiedByCode"), report.tied_by_code, (one) => `${one.code} ${one.name} → ${one.registered_name}`],
    [r("findings"), report.findings, (one) => `${one.line} ${one.numbers.join("、")} ${either(one.message, one.message_en)}`],
    [r("codes"), report.codes, (one) => `${one.code} ${one.name || one.registered} ${r("code")[one.kind] ?? one.kind}`],
    [r("defects"), report.defects, (one) =>
      `${one.names.join("、") || one.codes.join("、")} ${r("defect")[one.kind] ?? one.kind}${one.blocks ? r("blocks") : ""}`],
  ].filter(([, found]) => found?.length);
  return made.length ? made.map(([head, found, say]) => el("section", {},
    el("h3", {}, head), list(found, (one) => [el("p", {}, say(one))]))) : null;
}

const list = (items, show) => [
  el("ul", {class: "records"}, items.slice(0, SHOWN).map((one) => el("li", {}, show(one)))),
  items.length > SHOWN ? el("p", {class: "aside"}, r("more", amount(items.length - SHOWN))) : null,
];
const total = (counts) => Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
const pairs = (told, labels = {}) => Object.entries(told ?? {})
  .map(([key, value]) => `${labels[key] ?? key} ${typeof value === "number" ? amount(value) : value}`).join(either("，", ", "));
const several = (names) => names.slice(0, SHOWN).join(either("、", ", ")) + (names.length > SHOWN ? "……" : "");
