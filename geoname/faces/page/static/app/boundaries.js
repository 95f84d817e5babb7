// The tab of boundary lines: how far the joint inspections are, by state, prefecture, year and line.

import {inspectedLines, progress} from "./boundaries_api.js";
import {showCaseFile} from "./boundaries_case.js";
import {showLineCard} from "./boundaries_line.js";
import {StateLines, STATES} from "./boundaries_map.js";
import {b, kilometres, wordOf} from "./boundaries_text.js";
import {el} from "./elements.js";

const FIRST = 20; // lines listed at once
const EMPTY = {type: "FeatureCollection", features: []};

let known = null; // the last progress, and the lines' courses, fetched once
let courses = null;
let drawn = null;
let chosenState = null;

/**
 * Show the tab: all lines, or one, or a case of it. `put` shows content, `go` leads to another view of the
 * tab, `onMap` does something with the map once it is there; nothing more is asked once `signal` is aborted.
 */
export async function showBoundaries({line, inspection}, {put, go, onMap, signal}) {
  const mark = (places) => onMap((map) => map.set("points", {...EMPTY, features: places.map((place) => ({
    type: "Feature", properties: {}, geometry: {type: "Point", coordinates: place}}))}));
  const context = {put, go, mark, signal};
  if (inspection) {
    put(el("p", {class: "calm waiting"}, b("loading")));
    await lines(); // the sides' names stand in them
    await showCaseFile(inspection, line, context);
    await withLines(onMap, signal, () => focusOn(onMap, line || null));
    return;
  }
  if (line) {
    put(el("p", {class: "calm waiting"}, b("loading")));
    const state = (await progress(signal)).items.find((one) => one.line_id === line) ?? null;
    await showLineCard(line, state, context);
    await withLines(onMap, signal, () => focusOn(onMap, line));
    return;
  }
  put(el("p", {class: "calm waiting"}, b("loading")));
  known = await progress(signal);
  const {content, list} = overview(known, go, onMap);
  put(...content);
  await withLines(onMap, signal, () => focusOn(onMap, null));
  list.named(sideNames(await lines()));
}

/** Give the map its plain lines back. */
export const leaveBoundaries = () => drawn?.show(false);

/** The line that a click means, null when there is none near. */
export const lineAt = (place) => drawn?.at(place) ?? null;

export const repaintLines = () => drawn?.repaint();

async function withLines(onMap, signal, then) {
  const features = await lines();
  known ??= await progress(signal);
  await onMap((map) => {
    if (!drawn) {
      drawn = new StateLines(map.view, features, new Map(known.items.map((one) => [one.line_id, one.state])));
    }
    drawn.show(true, chosenState);
    return then();
  });
}

function lines() {
  courses ??= inspectedLines().catch((error) => {
    courses = null;
    throw error;
  });
  return courses;
}

const focusOn = (onMap, id) => onMap((map) => {
  const box = drawn.choose(id);
  map.set("points", EMPTY);
  if (box) map.look(box);
});

function overview(told, go, onMap) {
  const counts = new Map(STATES.map((state) => [state, told.items.filter((one) => one.state === state).length]));
  const provincial = told.items.filter((one) => one.line_id.length < 6).length;
  const list = lineList(told.items, go);
  const content = [
    el("header", {},
      el("h2", {id: "card-title", class: "small", tabindex: "-1"}, b("heading")),
      el("p", {class: "aside"}, b("about")),
      el("p", {}, b("total", told.lines, provincial, told.lines - provincial),
        " ", el("span", {class: "aside day"}, b("asOf", told.on))),
      told.generated && el("p", {class: "warning", role: "note"}, b("generatedWhy"))),
    legend(counts, told.lines, (state) => {
      chosenState = state;
      list.filter(state);
      return onMap(() => drawn?.show(true, state));
    }),
    tallies(b("byPrefecture"), told.by_prefecture, (one) => one.name),
    tallies(b("byYear"), told.by_year, (one) => b("year", one.key)),
    list.element,
  ];
  return {content, list};
}

const sideNames = (features) => new Map(features.map(({properties}) =>
  [properties.id, properties.sides.map((side) => side.name).join(" – ")]));

function legend(counts, all, choose) {
  const button = (state, count) => el("button", {
    type: "button", class: "state-pick", "data-state": state ?? "all", title: state ? b("stateWhy")[state] : null,
    "aria-pressed": String(chosenState === state),
    click: (event) => {
      for (const other of event.currentTarget.parentElement.children) other.setAttribute("aria-pressed", "false");
      event.currentTarget.setAttribute("aria-pressed", "true");
      choose(state);
    },
  }, state && el("span", {class: `swatch state-${state}`}), state ? wordOf("states", state) : b("all"),
  el("span", {class: "count"}, String(count)));
  const there = STATES.filter((state) => counts.get(state) || state === chosenState);
  return el("div", {class: "state-legend", role: "group", "aria-label": b("filter")},
    button(null, all), there.map((state) => button(state, counts.get(state))));
}

/** How many lines of each group are in which state, as one bar for each. */
function tallies(title, groups, nameOf) {
  if (!groups.length) return null;
  return el("section", {},
    el("h3", {}, title),
    el("ul", {class: "tallies"}, groups.map((one) => el("li", {class: "tally"},
      el("span", {class: "tally-name"}, nameOf(one)),
      bar(one),
      el("span", {class: "tally-done", title: kilometres(one.length_km * 1000)}, b("doneOf", one.done, one.lines))))));
}

function bar(one) {
  const said = STATES.filter((state) => one[state]).map((state) => `${wordOf("states", state)} ${one[state]}`);
  // Widths come as attributes of a drawing: the policy of the page forbids styles in elements.
  const drawing = svg("svg", {class: "bar-states", viewBox: `0 0 ${Math.max(one.lines, 1)} 1`,
    preserveAspectRatio: "none", role: "img", "aria-label": said.join(", ")});
  let at = 0;
  for (const state of ["done", "reporting", "in_field", "planned", "due", "overdue", "unknown"]) {
    if (!one[state]) continue;
    drawing.append(svg("rect", {class: `fill-${state}`, x: at, y: 0, width: one[state], height: 1}));
    at += one[state];
  }
  return drawing;
}

function svg(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** The lines, what is late first, filtered by state and by what is written. */
function lineList(items, go) {
  const order = [...items].sort((one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state)
    || one.line_id.localeCompare(other.line_id));
  const rows = el("ul", {class: "results"});
  const count = el("p", {class: "aside", role: "status"});
  const more = el("button", {type: "button", class: "wide", click: () => show(shown + FIRST)});
  const field = el("input", {id: "line-search", type: "search", class: "field", autocomplete: "off",
    placeholder: b("search"), "aria-label": b("search"), input: () => show(FIRST)});
  let shown = FIRST;
  let state = chosenState;
  function show(many) {
    shown = many;
    const written = field.value.trim();
    const fitting = order.filter((one) => (!state || one.state === state)
      && (!written || one.name.includes(written) || one.line_id.includes(written)
        || one.sides.some((side) => side.includes(written)) || (one.side_names ?? "").includes(written)));
    rows.replaceChildren(...fitting.slice(0, shown).map((one) => el("li", {}, entry(one, go))));
    count.textContent = fitting.length ? b("linesFound", fitting.length) : b("noLines");
    more.hidden = fitting.length <= shown;
    more.textContent = b("more", Math.min(FIRST, fitting.length - shown));
  }
  show(FIRST);
  return {
    element: el("section", {}, el("h3", {}, b("lines")), field, count, rows, more),
    named: (names) => {
      for (const one of order) one.side_names = names.get(one.line_id);
      show(shown);
    },
    filter: (wanted) => {
      state = wanted;
      show(FIRST);
    },
  };
}

const entry = (one, go) => el("button", {type: "button", class: "entry", click: () => go({line: one.line_id})},
  el("span", {class: "name", lang: "zh-Hans"}, one.name),
  stateMark(one),
  el("span", {class: "path"}, [one.side_names ?? one.sides.join(" – "), one.due && `${b("due")} ${b("dueBy", one.due)}`]
    .filter(Boolean).join(" · ")));

/** The state of a line as a mark in its colour. */
export const stateMark = (one) => el("span", {class: "class state-mark"},
  el("span", {class: `swatch state-${one.state}`}), wordOf("states", one.state),
  one.generated && el("span", {class: "mark doubtful"}, b("demo")));
