// Builds the document's elements from text; nothing from the API is ever read as markup.

import {t} from "./text.js";

const isSaid = (part) => part !== null && part !== undefined && part !== false && part !== "";

/** An element with attributes (functions become listeners) and children: text, elements, or nothing. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(isSaid));
  return element;
}

/** A term and what it is, null when there is nothing to say. */
export function row(term, ...content) {
  const said = content.flat().filter(isSaid);
  return said.length ? el("div", {class: "row"}, el("dt", {}, term), el("dd", {}, said)) : null;
}

/** A button that copies `text`. */
export function copyButton(text) {
  return el("button", {
    type: "button", class: "copy", "aria-label": `${t("copy")} ${text}`, title: t("copy"),
    click: () => copy(text),
  }, t("copy"));
}

/** Tell screen readers, and show for a moment, what happened. */
export function say(text) {
  const said = document.getElementById("said");
  said.textContent = text;
  said.classList.add("shown");
  clearTimeout(say.fading);
  say.fading = setTimeout(() => said.classList.remove("shown"), 2400);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(t("copied", text));
  } catch {
    say(copiedTheOldWay(text) ? t("copied", text) : t("notCopied"));
  }
}

// Over plain HTTP on an office network the clipboard interface is withheld; this still works there.
function copiedTheOldWay(text) {
  const before = document.activeElement;
  const field = el("textarea", {class: "unseen", readonly: true}, text);
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus();
  return done;
}
