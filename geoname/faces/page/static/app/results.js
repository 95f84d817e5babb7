// The list that a search answers with.

import {el} from "./elements.js";
import {path} from "./name_card.js";
import {t, word} from "./text.js";

/** The list for a search of `q`; `onName` gets a name's id, `onMore` nothing and answers the next page. */
export function results(q, page, onName, onMore) {
  const list = el("ol", {class: "results"}, page.items.map((name) => entry(name, onName)));
  const count = el("span", {class: "aside"}, t("found", page.items.length, Boolean(page.next_cursor)));
  const more = el("button", {type: "button", class: "wide", click: extend}, t("more"));
  more.hidden = !page.next_cursor;

  async function extend() {
    more.disabled = true;
    const next = await onMore(page.next_cursor);
    more.disabled = false;
    if (!next) return;
    page = next;
    const first = list.childElementCount;
    list.append(...page.items.map((name) => entry(name, onName)));
    list.children[first]?.querySelector("button").focus();
    more.hidden = !page.next_cursor;
    count.textContent = t("found", list.childElementCount, Boolean(page.next_cursor));
  }

  const how = t("foundBy")[page.mode];
  return el("section", {"aria-labelledby": "card-title"},
    el("h2", {id: "card-title", class: "small", tabindex: "-1"}, el("span", {lang: "zh-Hans"}, t("results", q)), " ",
      page.items.length ? count : null),
    page.items.length && how ? el("p", {class: "aside"}, how) : null,
    page.items.length ? list : el("p", {class: "calm"}, t("noResults")),
    more);
}

function entry(name, onName) {
  const standard = name.kind === "standard" && name.status === "current";
  return el("li", {}, el("button", {type: "button", class: "entry", click: () => onName(name.id)},
    el("span", {class: "heading"},
      el("span", {class: "name", lang: "zh-Hans"}, name.name),
      el("span", {class: "pinyin", lang: "zh-Latn"}, name.romanization.text),
      standard ? null : el("span", {class: "mark doubtful"},
        name.kind === "standard" ? word("statusOf", name.status) : word("kind", name.kind))),
    el("span", {class: "class"}, name.feature_class.label),
    el("span", {class: "path"}, path(name))));
}
