// The search box (ARIA combobox): suggestions while one types, chosen by keyboard or touch.

import {suggest} from "./api.js";
import {el} from "./elements.js";
import {t} from "./text.js";

const PAUSE = 150; // milliseconds without a key before asking

/** Wire the box. `onChoose` gets a suggestion, `onSearch` the text, `onClear` nothing, `onTrouble` a Problem. */
export function openSearch({onChoose, onSearch, onClear, onTrouble}) {
  const form = document.getElementById("search");
  const box = document.getElementById("query");
  const list = document.getElementById("suggestions");
  const clear = document.getElementById("clear");
  let items = [];
  let active = -1;
  let waiting = 0;
  let asked = null;

  function close() {
    clearTimeout(waiting);
    asked?.abort();
    items = [];
    active = -1;
    list.replaceChildren();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function open(found) {
    items = found;
    active = -1;
    box.removeAttribute("aria-activedescendant");
    list.replaceChildren(...items.map((item, at) => option(item, at, () => choose(at))));
    list.hidden = items.length === 0;
    box.setAttribute("aria-expanded", String(items.length > 0));
    document.getElementById("said").textContent = items.length ? t("suggested", items.length) : "";
  }

  async function look() {
    asked?.abort();
    asked = new AbortController();
    const {signal} = asked;
    try {
      const found = await suggest(box.value.trim(), signal);
      if (!signal.aborted && document.activeElement === box) open(found);
    } catch (error) {
      if (error.name === "AbortError") return;
      close();
      onTrouble(error);
    }
  }

  function move(step) {
    if (!items.length) return;
    list.children[active]?.setAttribute("aria-selected", "false");
    active = active < 0 && step < 0 ? items.length - 1 : (active + step + items.length) % items.length;
    const chosen = list.children[active];
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({block: "nearest"});
    box.setAttribute("aria-activedescendant", chosen.id);
  }

  function choose(at) {
    const item = items[at];
    box.value = item.name;
    close();
    onChoose(item);
  }

  function search() {
    const text = box.value.trim();
    close();
    if (text) onSearch(text);
  }

  box.addEventListener("input", (event) => {
    clear.hidden = box.value === "";
    clearTimeout(waiting);
    if (event.isComposing) return; // the letters of an input method are not yet the name
    if (box.value.trim()) waiting = setTimeout(look, PAUSE);
    else close();
  });
  box.addEventListener("compositionend", () => box.dispatchEvent(new InputEvent("input")));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (items.length) move(event.key === "ArrowDown" ? 1 : -1);
      else if (box.value.trim()) look();
    } else if (event.key === "Escape") {
      if (list.hidden) box.select();
      close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (active >= 0) choose(active);
      else search();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  box.addEventListener("blur", () => setTimeout(() => document.activeElement !== box && close(), 120));
  clear.addEventListener("click", () => {
    set("");
    close();
    box.focus();
    onClear();
  });

  function set(text) {
    box.value = text;
    clear.hidden = text === "";
  }
  return {set, close, focus: () => box.focus()};
}

function option(item, at, choose) {
  return el("li", {
    id: `suggestion-${at}`, role: "option", "aria-selected": "false",
    pointerdown: (event) => event.preventDefault(), // keeps the focus, and with it the list
    click: choose,
  },
  el("span", {class: "heading"},
    el("span", {class: "name", lang: "zh-Hans"}, item.name), " ",
    el("span", {class: "pinyin", lang: "zh-Latn"}, item.romanization)),
  el("span", {class: "path", lang: "zh-Hans"}, item.path.filter((step) => step !== item.name).join(" › ")),
  el("span", {class: "class"}, item.feature_class?.label ?? ""));
}
