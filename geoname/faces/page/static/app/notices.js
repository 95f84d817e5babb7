// What the panel says when there is no card: the welcome, waiting, trouble, no data; and the map's note.

import {el} from "./elements.js";
import {t} from "./text.js";

/** How to begin. */
export const welcome = () => el("section", {class: "welcome"},
  el("h2", {class: "small"}, t("welcome")),
  el("p", {}, t("welcomeSearch")),
  el("p", {}, t("welcomePoint")),
  el("p", {class: "aside"}, t("welcomeNote")));

/** While an answer is awaited. */
export const waiting = () => el("p", {class: "calm waiting"}, t("loading"));

/** A Problem in the reader's words, with what to do; `onRetry` asks again. */
export function trouble(problem, onRetry) {
  const empty = problem.status === 503;
  return el("section", {class: "trouble", role: "alert"},
    el("h2", {class: "small"}, empty ? t("notReady") : t("trouble")),
    el("p", {}, problem.message),
    empty ? el("p", {}, t("notReadyHow"), el("code", {class: "command"}, "geoname load guizhou")) : null,
    el("button", {type: "button", class: "wide", click: onRetry}, t("retry")));
}

/** What must stand on a map made from this edition, beside its scale: its own note, and whether it was reviewed. */
export function mapNote({title, as_of: day, map_note: own, map_approval: approved}, scale) {
  const standing = approved ? t("approvalNumber", approved) : t("unreviewed");
  const said = own.includes(approved ?? t("unreviewedWord"));
  return [
    scale,
    el("span", {}, !day || title.includes(day) ? title : `${title} · ${day}`),
    own && el("strong", {class: approved ? "" : "unreviewed"}, own),
    !said && el("strong", {class: approved ? "" : "unreviewed"}, standing),
  ].filter(Boolean);
}
