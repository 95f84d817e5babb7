// One load: how far it is, what it found, the rows that failed, its places on the map; loaded and taken back.

import {Problem} from "./api.js";
import {publishLoad, showLoad, tableOf, undoLoad} from "./data_api.js";
import {showPlaces} from "./data_map.js";
import {figure, reportOf} from "./data_report.js";
import {amount, d, either} from "./data_text.js";
import {el, row, say} from "./elements.js";

const PAUSE = 800; // milliseconds between two looks at a load at work
const OPEN = ["queued", "running"];
const ORDER = ["added", "renamed", "moved", "retired", "changed", "conflict", "absent", "unchanged"];

/** The view of a load, which follows it until `signal` is aborted. */
export async function loadView(id, {go, onMap, redraw, signal, onRefused}) {
  let load = await showLoad(id, signal);
  let active = false; // whether its edition was made active here
  const body = el("div", {});
  const view = el("section", {class: "check-one", "aria-labelledby": "card-title"},
    el("h2", {id: "card-title", class: "small", tabindex: "-1"}, load.filename), body);
  draw();
  follow();
  return view;

  async function follow() {
    while (OPEN.includes(load.state)) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      if (signal.aborted) return;
      if (document.hidden) continue;
      await attempt(async () => { load = await showLoad(id, signal); draw(); });
    }
  }

  function draw() {
    const kind = [d("kinds")[load.kind], load.dry_run ? d("trial") : null, d("state")[load.state],
      load.undone ? d("undone") : null].filter(Boolean).join(" · ");
    body.replaceChildren(...[el("p", {class: "aside check-line"}, kind), ...content()].filter(Boolean));
    if (load.report?.points?.length) showPlaces(onMap, load.report.points);
  }

  function content() {
    if (OPEN.includes(load.state)) return [progress()];
    if (load.state === "failed") {
      return [el("div", {class: "warning", role: "alert"}, el("strong", {}, d("failed")),
        el("p", {}, load.trouble ? either(load.trouble.zh, load.trouble.en) : ""))];
    }
    if (!load.report) return [];
    const report = load.kind === "names"
      ? [...warnings(load.report), ...figures(load.report), troubles(load.report)]
      : reportOf(load.kind, load.report, rejectsButton());
    return [...report.flat(), actions(), details(load.report)];
  }

  function progress() {
    const told = load.state === "queued" ? d("waiting") : d("step")[load.step] ?? load.step;
    return el("div", {role: "status"},
      el("progress", {max: "1", value: load.fraction ? String(load.fraction) : null, "aria-label": told}),
      el("p", {class: "aside"}, told));
  }

  function figures(report) {
    const shown = ORDER.filter((kind) => report.counts[kind]);
    const datum = report.datum;
    return [
      el("dl", {class: "data-figures"},
        figure(d("sound"), report.records), figure(d("rejected"), report.rejected, report.rejected ? "doubtful" : "")),
      el("h3", {}, d("changes")),
      el("dl", {class: "data-figures"}, shown.map((kind) =>
        figure(d("counts")[kind], report.counts[kind], kind === "conflict" ? "doubtful" : ""))),
      report.changes_file && el("button", {type: "button", class: "wide", click: () => attempt(() => save("changes"))},
        d("saveChanges")),
      el("dl", {},
        ...Object.entries(report.remarks ?? {}).map(([kind, count]) => row(d("remarks")[kind] ?? kind, amount(count))),
        ...(report.followed ?? []).map((one) => row(one.was, `→ ${one.now}${either("，", ", ")}${amount(one.records)}`)),
        datum && row(d("datum"), d("datumTold", amount(datum.inside[datum.declared] ?? datum.inside.wgs84),
          amount(datum.places))),
        report.points?.length ? row("", d("onMap", amount(report.points.length))) : null),
    ];
  }

  function troubles(report) {
    if (!report.troubles?.length) return null;
    return el("section", {"aria-labelledby": "troubles"},
      el("h3", {id: "troubles"}, d("troubles")),
      el("ul", {class: "records"}, report.troubles.map((trouble) => {
        const [first] = trouble.examples;
        return el("li", {},
          el("p", {}, el("span", {class: "mark doubtful"}, amount(trouble.rows)), " ",
            el("strong", {}, either(first.reason, first.reason_en))),
          el("p", {class: "aside"}, d("first", first.row, first.field, first.value)),
          el("p", {}, either(trouble.remedy, trouble.remedy_en)));
      })),
      rejectsButton());
  }

  function rejectsButton() {
    return el("button", {type: "button", class: "wide", click: () => attempt(() => save("rejects"))}, d("saveRejects"));
  }

  function actions() {
    const made = [];
    const {records, rows, rejects} = load.report;
    if (load.dry_run && records !== 0 && !(rejects?.length && rejects.length === rows)) {
      made.push(el("button", {type: "button", class: "wide main", click: (event) => once(event, async () => {
        go((await publishLoad(id)).id);
      })}, d("load")));
    } else if (load.kind === "boundaries" && !load.dry_run && active) {
      made.push(el("p", {class: "calm"}, d("active")));
    } else if (load.kind === "boundaries" && !load.dry_run) {
      made.push(el("button", {type: "button", class: "wide main", click: (event) => once(event, async () => {
        load = await publishLoad(id);
        active = true;
        say(d("activated"));
        await redraw();
        draw();
      })}, d("activateDraft")));
    }
    const {release, status} = load.report;
    const undoable = load.kind === "boundaries" || (release && status === "loaded");
    if (!load.dry_run && !load.undone && undoable) made.push(undoing());
    return made.length ? el("div", {class: "data-actions"}, made) : null;
  }

  // Asked for twice: once to see what it does, once to do it.
  function undoing() {
    let sure = false;
    const button = el("button", {
      type: "button", class: "link danger",
      click: () => {
        if (!sure) {
          sure = true;
          button.textContent = d("undoSure");
          return;
        }
        attempt(async () => {
          load = await undoLoad(id);
          active = false;
          say(d("undone"));
          if (load.kind === "boundaries") await redraw();
          draw();
        });
      },
      blur: () => { sure = false; button.textContent = d("undo"); },
    }, d("undo"));
    return button;
  }

  async function once(event, act) {
    const button = event.currentTarget;
    button.disabled = true;
    await attempt(act);
    button.disabled = false;
  }

  async function save(which) {
    const {name, content: blob} = await tableOf(id, which);
    const address = URL.createObjectURL(blob);
    el("a", {href: address, download: name}).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  async function attempt(act) {
    try {
      await act();
    } catch (error) {
      if (error.name === "AbortError") return;
      if (!(error instanceof Problem)) throw error;
      if (error.status === 401) onRefused();
      else say(error.message);
    }
  }
}

const warnings = (report) => (report.warnings ?? []).map((one) =>
  el("p", {class: "warning", role: "alert"}, either(one.zh, one.en)));

const details = (report) => el("details", {class: "check-more"}, el("summary", {}, d(report.counts && report.fields ? "fields" : "details")),
  report.counts && report.fields
    ? el("dl", {}, Object.entries(report.fields).map(([wanted, column]) => row(column, wanted)))
    : el("div", {class: "scroll"}, el("pre", {class: "data-json"}, JSON.stringify(report, null, 1).slice(0, 20_000))));
