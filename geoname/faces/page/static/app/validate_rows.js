// The rows of a checked file, and the choice among candidates where a row is not certain.

import {Problem} from "./api.js";
import {el, say} from "./elements.js";
import {choose, rowsOf} from "./validate_api.js";
import {tone} from "./validate_progress.js";
import {amount, v} from "./validate_text.js";

/** The rows of one status (null: all); `onChosen` is called after a choice was kept. */
export function rowList(file, status, {signal, onRefused, onChosen}) {
  const list = el("ol", {class: "check-rows"});
  const nothing = el("p", {class: "calm"}, v("nothing"));
  nothing.hidden = true;
  const more = el("button", {type: "button", class: "wide", click: () => extend(true)}, v("moreRows"));
  more.hidden = true;
  let cursor = null;
  extend(false);
  return el("div", {}, list, nothing, more);

  async function extend(focus) {
    more.disabled = true;
    try {
      const page = await rowsOf(file.id, status, cursor, signal);
      const first = list.childElementCount;
      list.append(...page.items.map(entry));
      cursor = page.next_cursor;
      more.hidden = cursor === null;
      nothing.hidden = list.childElementCount > 0;
      if (focus) list.children[first]?.querySelector("button, [tabindex]")?.focus();
    } catch (error) {
      tell(error);
    }
    more.disabled = false;
  }

  function entry(row) {
    const item = el("li", {class: "check-row", tabindex: "-1"});
    draw(item, row);
    return item;
  }

  function draw(item, row) {
    const shown = row.chosen ? "chosen" : row.status;
    const standard = row.chosen ?? (row.standard ? {name: row.standard, path: row.path, code: row.code} : null);
    item.replaceChildren(...[
      el("div", {class: "heading"},
        el("span", {class: "class number"}, v("rowNumber", amount(row.row))),
        el("span", {class: "name", lang: "zh-Hans"}, row.text),
        el("span", {class: `mark ${tone(shown)}`}, v("status")[shown])),
      standard && el("p", {class: "check-standard", lang: "zh-Hans"}, "→ ", el("strong", {}, standard.name), " ",
        el("span", {class: "path"}, place(standard))),
      row.steps && el("p", {class: "aside"}, `${v("steps")}: ${row.steps}`),
      row.findings && el("p", {class: "aside"}, `${v("findings")}: ${row.findings}`),
      !row.chosen && row.candidates.length ? offers(item, row) : null,
      row.chosen && el("button", {type: "button", class: "link", click: () => keep(item, row, null)}, v("undo")),
    ].filter(Boolean));
  }

  function offers(item, row) {
    return el("div", {class: "offers", role: "group", "aria-label": v("candidates")},
      el("span", {class: "aside"}, v("candidates")),
      row.candidates.map((one) => el("button", {
        type: "button", class: "offer", "aria-label": `${v("choose", one.name)} ${place(one)}`,
        click: () => keep(item, row, one.id),
      },
      el("span", {class: "name", lang: "zh-Hans"}, one.name),
      el("span", {class: "path", lang: "zh-Hans"}, place(one)),
      one.confidence === null ? null
        : el("span", {class: "class"}, v("confidence", one.confidence.toFixed(2))))));
  }

  async function keep(item, row, choice) {
    try {
      const now = await choose(file.id, row.row, choice);
      draw(item, now);
      item.focus();
      if (now.chosen) say(v("chosen", now.chosen.name));
      await onChosen();
    } catch (error) {
      tell(error);
    }
  }

  function tell(error) {
    if (error.name === "AbortError") return;
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) onRefused();
    else say(error.message);
  }
}

const place = ({path, code}) => [Array.isArray(path) ? path.join(" › ") : path, code].filter(Boolean).join(" · ");
