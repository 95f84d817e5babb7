// The card of a point: the chain of divisions it lies in, the lines near it, the edition that says so.

import {copyButton, el, row} from "./elements.js";
import {round} from "./state.js";
import {distance, t, word} from "./text.js";

/** The card for an answer of `/v1/locate`; `onLookUp` gets a division's name to search. */
export function pointCard(answer, onLookUp) {
  const {chain, edition} = answer;
  const last = chain.at(-1);
  const written = `${round(answer.lon)}, ${round(answer.lat)}`;
  return el("article", {class: "card", "aria-labelledby": "card-title"},
    el("p", {class: "kicker"}, t("point")),
    el("h2", {id: "card-title", lang: "zh-Hans", tabindex: "-1"}, last ? last.name : t("noChain")),
    answer.on_line.length ? warning(answer) : null,
    chain.length ? el("ol", {class: "chain"}, chain.map((division) => step(division, onLookUp))) : null,
    el("dl", {},
      row(t("coordinates"), el("div", {class: "code"}, el("code", {}, written), copyButton(written)),
        el("span", {class: "aside"}, "WGS 84")),
      row(t("nearestLine"), answer.nearest_line && !answer.on_line.length && nearness(answer.nearest_line))),
    answer.exact ? null : el("p", {class: "warning"}, answer.note || t("notExact")),
    answer.exact && answer.note ? el("p", {class: "aside"}, answer.note) : null,
    source(edition));
}

function warning({on_line: lines, edition}) {
  return el("div", {class: "warning", role: "note"},
    el("strong", {}, t("onLine")),
    el("p", {}, t("onLineWhy", distance(edition.accuracy_m))),
    el("ul", {}, lines.map((line) => el("li", {}, nearness(line)))));
}

function nearness({sides: [one, other], distance_m: metres}) {
  return [
    el("span", {lang: "zh-Hans"}, t("sides", one.name, other.name)),
    el("span", {class: "aside"}, t("away", distance(metres))),
  ];
}

function step(division, onLookUp) {
  return el("li", {},
    el("span", {class: "aside"}, word("level", division.level)),
    el("button", {type: "button", class: "link", lang: "zh-Hans", "aria-label": t("lookUp", division.name),
      click: () => onLookUp(division.name)}, division.name),
    division.code && el("span", {class: "code"}, el("code", {}, division.code), copyButton(division.code)));
}

function source(edition) {
  return el("section", {},
    el("h3", {}, t("edition")),
    el("dl", {},
      row(t("edition"), edition.title),
      row(t("editionDate"), edition.as_of),
      row(t("accuracy"), distance(edition.accuracy_m), edition.accuracy_basis
        && el("span", {class: "aside"}, edition.accuracy_basis)),
      row(t("mapNote"), edition.map_note),
      row(t("licence"), edition.licence)),
    el("p", {class: "aside"}, t("welcomeNote")));
}
