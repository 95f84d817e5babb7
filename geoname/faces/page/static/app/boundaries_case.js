// The file of one joint inspection: stage and next step, records, findings, signatures, tracks, photographs.

import {Problem} from "./api.js";
import {handIn, ofCase, showCase, sideName} from "./boundaries_api.js";
import {b, kilometres, listed, wordOf} from "./boundaries_text.js";
import {tokenForm} from "./boundaries_token.js";
import {el, row, say} from "./elements.js";
import {language} from "./text.js";
import {keepToken, token} from "./validate_api.js";

const STAGES = ["planned", "plan_drafted", "plan_agreed", "plan_filed", "desk", "field", "findings", "remedy", "surveyed",
  "report_draft", "signed", "filed", "archived", "closed"];

/** Show the file of an inspection of a line; it needs a side's token. */
export async function showCaseFile(id, line, {put, go, signal}) {
  const again = () => showCaseFile(id, line, {put, go, signal});
  const back = el("button", {type: "button", class: "link back", click: () => go({line})}, `‹ ${b("backToLine")}`);
  if (!token()) {
    put(back, heading(b("history")), el("p", {class: "aside"}, b("nextClosed")), tokenForm(again));
    return;
  }
  try {
    const [told, records, findings, signatures, tracks, attachments] = await Promise.all([showCase(id, signal),
      ...["records", "findings", "signatures", "tracks", "attachments"].map((what) => ofCase(id, what, signal))]);
    put(back, el("article", {class: "card", "aria-labelledby": "card-title"},
      ...top(told), next(told), recordPart(told, records), findingPart(told, findings), signaturePart(signatures),
      trackPart(told, tracks, again), attachmentPart(told, attachments, again), paperPart(told)));
  } catch (error) {
    if (!(error instanceof Problem) || ![401, 403].includes(error.status)) throw error;
    if (error.status === 401) keepToken("");
    put(back, heading(b("history")),
      el("p", {class: "warning", role: "alert"}, error.status === 401 ? b("tokenWrong") : error.message), tokenForm(again));
  }
}

/** An item of the field list as one reads it: `marker:5253001Q`, `segment:start-5253001Q`. */
function itemName(key) {
  const [kind, rest] = key.split(/:(.*)/s);
  if (kind === "marker") return `${b("item").marker} ${rest}`;
  if (kind !== "segment") return key;
  const [from, to] = rest.split("-");
  return `${b("item").segment} ${b("ends")[from] ?? from}—${b("ends")[to] ?? to}`;
}

const heading = (text) => el("h2", {id: "card-title", class: "small", tabindex: "-1"}, text);

function top(told) {
  const at = STAGES.indexOf(told.stage);
  return [
    el("h2", {id: "card-title", tabindex: "-1"}, `${told.line_name} · ${told.year}`),
    el("p", {class: "marks"},
      el("span", {class: "mark standard"}, wordOf("stage", told.stage)),
      told.kind === "special" && el("span", {class: "mark doubtful"}, b("special")),
      told.disputes.some((one) => !one.decided_on) && el("span", {class: "mark doubtful"}, b("disputes")),
      told.generated && el("span", {class: "mark doubtful"}, b("demo"))),
    el("ol", {class: "stages", "aria-label": wordOf("stage", told.stage)}, STAGES.map((stage, i) => el("li", {
      class: i < at ? "past" : i === at ? "now" : "", "aria-current": i === at ? "step" : null, title: wordOf("stage", stage),
    }, el("span", {class: "unseen"}, wordOf("stage", stage))))),
    el("dl", {},
      row(b("stageSince"), told.since, el("span", {class: "aside"}, b("round", told.round))),
      row(b("lead"), sideName(told.lead)),
      row(b("disputes"), told.disputes.filter((one) => !one.decided_on).map((one) => el("div", {},
        `${listed(one.items.map(itemName))}：${one.reason}`)))),
  ];
}

function next(told) {
  const forward = told.next_steps.filter((one) => !one.back);
  return el("section", {}, el("h3", {}, b("nextStep")),
    forward.length ? el("ul", {class: "next-steps"}, forward.map((one) => el("li", {},
      el("strong", {}, wordOf("step", one.step)),
      el("span", {class: "aside"}, ` ${one.yours ? b("yours") : b("notYours")}`),
      one.guards.length > 0 && el("p", {class: "aside"}, `${b("needs")} ${listed(one.guards.map((each) => wordOf("guard", each)))}`),
      one.missing.length > 0 && el("p", {class: "aside"}, b("missing", listed(one.missing.map((each) => wordOf("document", each))))),
      el("p", {class: "aside"}, one.basis))))
      : el("p", {class: "calm"}, b("noNext")));
}

function recordPart(told, {items, missing}) {
  return el("section", {}, el("h3", {}, b("records")),
    el("p", {}, b("recordsDone", told.records_complete, told.items.length)),
    missing.length > 0 && el("p", {class: "aside"}, b("recordsMissing", listed(missing.slice(0, 12).map(itemName)) + (missing.length > 12 ? "…" : ""))),
    items.length > 0 && el("details", {}, el("summary", {}, b("recordList", items.length)),
      el("ul", {class: "records"}, items.map(recordRow))));
}

function recordRow(one) {
  const {marker, segment} = one;
  const what = itemName(one.item);
  return el("li", {},
    el("span", {class: "name"}, what), " ",
    marker && el("span", {class: `mark ${marker.state === "intact" ? "" : "doubtful"}`}, wordOf("markerState", marker.state)),
    one.problem && el("span", {class: "mark doubtful"}, one.problem),
    el("p", {class: "aside"}, [one.day, `${b("present")} ${listed(one.present.map((each) => each.name))}`, one.weather,
      segment?.ground_changes, one.handling, one.not_reached].filter(Boolean).join(" · ")));
}

function findingPart(told, {items}) {
  if (!items.length) return null;
  return el("section", {}, el("h3", {}, b("problems")),
    el("p", {class: "aside"}, b("open", told.findings_open)),
    el("ul", {class: "records"}, items.map((one) => el("li", {},
      el("span", {class: "name"}, language() === "en" ? one.title_en : one.title_zh), " ",
      el("span", {class: "mark"}, wordOf("findingState", one.finding.state)),
      el("p", {class: "aside"}, [itemName(one.finding.item), one.finding.what, language() === "en" ? one.handling_en : one.handling_zh]
        .filter(Boolean).join(" · "))))));
}

function signaturePart({subjects, items}) {
  return el("section", {}, el("h3", {}, b("signatures")),
    el("ul", {class: "records"},
      subjects.filter((one) => ["plan", "report"].includes(one.subject)).map((one) => el("li", {},
        el("span", {class: "name"}, b("subject")[one.subject]), " ",
        one.unsigned.length ? el("span", {class: "mark doubtful"}, b("unsigned", listed(one.unsigned.map(sideName))))
          : el("span", {class: "mark standard"}, wordOf("stage", "signed")),
        items.filter((each) => each.subject === one.subject && each.digest === one.digest).map((each) => el("p", {class: "aside"},
          [sideName(each.side), each.actor, each.at.slice(0, 16).replace("T", " "), `${each.digest.slice(0, 12)}…`].join(" · ")))))));
}

function trackPart(told, {items, together}, again) {
  return el("section", {}, el("h3", {}, b("tracks")),
    items.length > 0 && el("p", {}, b("walked", percent(together.share), kilometres(together.walked_m), kilometres(together.line_m)),
      el("span", {class: "aside"}, ` ${listed([b("missedParts", together.missed.length), b("passed", together.passed.length)])}`)),
    el("ul", {class: "records"}, items.map((one) => el("li", {},
      el("span", {class: "name"}, one.filename), " ",
      one.generated && el("span", {class: "mark doubtful"}, b("demo")),
      el("p", {class: "aside"}, [sideName(one.side), one.actor, b("walked", percent(one.share), kilometres(one.walked_m), kilometres(one.line_m)),
        one.began?.slice(0, 16).replace("T", " ")].filter(Boolean).join(" · "))))),
    upload(told.id, "tracks", b("uploadTrack"), ".gpx,application/gpx+xml", again));
}

function attachmentPart(told, {items}, again) {
  return el("section", {}, el("h3", {}, b("attachments")),
    items.length ? el("ul", {class: "records"}, items.map((one) => el("li", {},
      el("span", {class: "name"}, one.filename), " ",
      el("span", {class: "aside"}, one.subject === "case" ? b("whole") : itemName(one.subject)),
      el("p", {class: "aside"}, [sideName(one.side), one.actor, one.note].filter(Boolean).join(" · ")))))
      : el("p", {class: "calm"}, b("nothing")),
    upload(told.id, "attachments", b("uploadPhoto"), "image/*,application/pdf", again,
      el("select", {class: "field", name: "subject", "aria-label": b("belongsTo")},
        el("option", {value: "case"}, b("whole")),
        told.items.filter((one) => one.kind === "marker").map((one) => el("option", {value: `marker:${one.key.replace(/^marker:/, "")}`},
          `${b("item").marker} ${one.key.replace(/^marker:/, "")}`)))));
}

function paperPart(told) {
  return told.papers.length > 0 && el("section", {}, el("h3", {}, b("papers")),
    el("ul", {class: "records"}, told.papers.map((one) => el("li", {},
      el("span", {class: "name"}, wordOf("document", one.kind)), " ",
      el("span", {class: "aside"}, [one.title, one.number].filter(Boolean).join(" · "))))));
}

/** A button that takes a file and hands it in; what comes back, or what went wrong, is said beside it. */
function upload(id, what, label, accept, again, more = null) {
  const told = el("p", {class: "aside", role: "status"});
  const person = el("input", {class: "field", autocomplete: "name", placeholder: b("actor"), "aria-label": b("actor")});
  const field = el("input", {type: "file", class: "unseen", accept, id: `hand-in-${what}`, change: send});
  async function send() {
    const [file] = field.files;
    if (!file) return;
    told.textContent = b("uploading", file.name);
    told.className = "aside";
    try {
      await handIn(id, what, file, {subject: more?.value, actor: person.value.trim()});
      say(b("uploaded", file.name));
      await again();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      told.textContent = error.message;
      told.className = "warning";
      field.value = "";
    }
  }
  return el("div", {class: "hand-in"}, more, person, field,
    el("label", {for: field.id, class: "wide hand-in-button"}, label), told);
}

const percent = (share) => `${Math.round(share * 100)}%`;
