// Puts the page together: what the address asks for is fetched and shown in the panel and on the map.

import {askAbout, boundaryLines, findNames, locate, nextNames, Problem, showName, territories} from "./api.js";
import {openAsOf} from "./as_of.js";
import {leaveBoundaries, lineAt, showBoundaries} from "./boundaries.js";
import {leaveData, showData} from "./data.js";
import {openMap} from "./map.js";
import {nameCard} from "./name_card.js";
import {mapNote, trouble, waiting, welcome} from "./notices.js";
import {pointCard} from "./point_card.js";
import {results} from "./results.js";
import {openSearch} from "./search.js";
import {readPoint, readState, writeState} from "./state.js";
import {keepLanguage, keptLanguage, language, speak, t} from "./text.js";
import {el, say} from "./elements.js";
import {showValidation} from "./validate.js";

const TOLERANCE = 200; // metres: under half a pixel until one sees less than a county

const panel = document.getElementById("panel");
const note = document.getElementById("note");
let edition = null;
let drawn = Promise.resolve();
let asked = new AbortController();
let awaited = 0; // the timer after which the panel says that it waits
let map = null;
let search = null;
let asOf = null;

/** Go to another view, as a new step of the browser's history. */
function go({q = null, name = null, at = null, check = null, line = null, inspection = null, data = null,
  on = readState().on}, stay = false) {
  writeState({q, name, at, check, line, inspection, data, on, lang: language()});
  return show({stay});
}

/** Show what the address says; the card's title gets the focus if `focus`, the map keeps its view if `stay`. */
async function show({focus = true, stay = false} = {}) {
  const state = readState();
  asked.abort();
  asked = new AbortController();
  const {signal} = asked;
  search.close();
  unfold(true);
  askAbout(state.on);
  asOf.set(state.on);
  showTab(state.check !== null ? "check" : state.line !== null ? "lines" : state.data !== null ? "data" : "look-up");
  try {
    if (state.check !== null) {
      await showValidation(state.check, {put, go: (check) => go({check}), signal});
      if (focus) document.getElementById("card-title")?.focus({preventScroll: true});
      return;
    }
    if (state.line !== null) {
      await showLines(state, signal);
      if (focus) document.getElementById("card-title")?.focus({preventScroll: true});
      return;
    }
    leaveBoundaries();
    if (state.data !== null) {
      await showData(state.data, {put, signal, go: (data) => go({data}), onMap: (change) => onMap(() => change(map)), redraw});
      if (focus) document.getElementById("card-title")?.focus({preventScroll: true});
      return;
    }
    leaveData((change) => onMap(() => change(map)));
    if (!state.name && !state.at && !state.q) {
      put(welcome());
      return await onMap(() => map.show({}));
    }
    clearTimeout(awaited);
    awaited = setTimeout(() => put(waiting()), 250);
    if (state.name) await showOneName(state, signal);
    else if (state.at) await showPoint(state.at, signal, stay);
    else await showResults(state.q, signal);
    if (focus) document.getElementById("card-title")?.focus({preventScroll: true});
  } catch (error) {
    if (error.name === "AbortError") return;
    if (!(error instanceof Problem)) throw error;
    put(trouble(error, retry));
  }
}

async function showOneName({name: id, q}, signal) {
  const detail = await showName(id, signal);
  const {name} = detail;
  put(q && backToResults(q), nameCard(detail, (other) => go({name: other, q})));
  const {lon, lat, exactness} = name.location;
  // A representative point stands for an area: the area is shown, for a point would look like a place.
  const at = lon === null || exactness === "representative_point" ? null : [lon, lat];
  const codes = [name.code, ...name.path.map((division) => division.code).reverse()].filter(Boolean);
  await onMap(() => map.show({at, codes}));
}

async function showPoint(at, signal, stay) {
  const answer = await locate(at, signal);
  put(pointCard(answer, (name) => go({q: name})));
  await onMap(() => map.show({at, stay, lines: answer.on_line.map((line) => line.id)}));
}

const showLines = (state, signal) => showBoundaries(state, {
  put, signal, go: ({line = "", inspection = null}) => go({line, inspection}),
  onMap: (change) => onMap(() => change(map)),
});

async function showResults(q, signal) {
  search.set(q);
  const page = await findNames(q, signal);
  put(results(q, page, (id) => go({name: id, q}), async (cursor) => {
    try {
      return await nextNames(q, page.within, cursor, signal);
    } catch (error) {
      if (error instanceof Problem) say(error.message);
      return null;
    }
  }));
  await onMap(() => map.show({}));
}

const backToResults = (q) => el("button", {type: "button", class: "link back", click: () => go({q})},
  `‹ ${t("back")}`);

function put(...content) {
  clearTimeout(awaited);
  panel.replaceChildren(...content.filter(Boolean));
  document.getElementById("sheet").scrollTop = 0;
}

/** One of the tabs; a panel that a person works in is not read out whenever it changes. */
function showTab(id) {
  document.body.classList.toggle("checking", id === "check");
  document.body.classList.toggle("lines", id === "lines");
  document.body.classList.toggle("data", id === "data");
  panel.setAttribute("aria-live", id === "check" || id === "data" ? "off" : "polite");
  for (const tab of document.querySelectorAll(".tabs button")) {
    if (tab.id === id) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}

function unfold(open) {
  document.getElementById("sheet").classList.toggle("folded", !open);
  document.getElementById("fold").setAttribute("aria-expanded", String(open));
}

/** Fetch what the map shows and draw it; without it, searching works all the same. */
async function drawMap() {
  const [counties, prefectures, lines] = await Promise.all([
    territories("county", TOLERANCE), territories("prefecture", TOLERANCE), boundaryLines(),
  ]);
  edition = counties.edition;
  showNote();
  await map.draw(counties, prefectures, lines);
}

/** Draw the map anew after another edition was made active. */
function redraw() {
  drawn = map ? drawMap().catch(mapTrouble) : Promise.resolve();
  return drawn;
}

function showNote() {
  if (!map) note.replaceChildren(el("strong", {class: "unreviewed"}, t("noMap")));
  else if (edition) note.replaceChildren(...mapNote(edition, map.scale));
}

/** Do something on the map once it is drawn; nothing when it could not be, or another view came meanwhile. */
async function onMap(change) {
  const {signal} = asked;
  await drawn;
  if (edition && map && !signal.aborted) await change();
}

async function start() {
  showNote();
  drawn = map ? drawMap().catch(mapTrouble) : Promise.resolve();
  await show({focus: false});
}

function mapTrouble(error) {
  if (!(error instanceof Problem)) throw error;
  edition = null;
  if (error.status === 503) put(trouble(error, start));
  else note.replaceChildren(el("strong", {class: "unreviewed"}, `${t("mapTrouble")}: ${error.message}`));
}

const retry = () => (edition ? show() : start());

function switchLanguage() {
  const lang = language() === "zh" ? "en" : "zh";
  keepLanguage(lang);
  speak(lang);
  writeState({...readState(), lang}, true);
  showNote();
  map?.relabel();
  asOf.relabel();
  return show({focus: false});
}

speak(readState().lang ?? keptLanguage());
search = openSearch({
  onChoose: (item) => go({name: item.id}),
  onSearch: (text) => {
    const at = readPoint(text);
    return go(at ? {at} : {q: text});
  },
  onClear: () => go({}),
  onTrouble: (problem) => put(trouble(problem, retry)),
});
search.set(readState().q ?? "");
asOf = openAsOf(document.getElementById("as-of"), (on) => go({...readState(), on}));
map = openMap(document.getElementById("map"), (at) => {
  if (readState().line === null) return go({at}, true);
  const line = lineAt(at);
  return line && go({line});
});
document.getElementById("language").addEventListener("click", switchLanguage);
document.getElementById("look-up").addEventListener("click", () => go({}));
document.getElementById("check").addEventListener("click", () => go({check: ""}));
document.getElementById("lines").addEventListener("click", () => go({line: ""}));
document.getElementById("data").addEventListener("click", () => go({data: ""}));
document.getElementById("fold").addEventListener("click", () =>
  unfold(document.getElementById("sheet").classList.contains("folded")));
addEventListener("popstate", () => {
  const lang = readState().lang ?? keptLanguage();
  if (lang !== language()) {
    speak(lang);
    showNote();
    map?.relabel();
    asOf.relabel();
  }
  show({focus: false});
});
start();
