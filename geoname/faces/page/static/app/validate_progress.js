// One file: how far it is, its rows by result, its result to save.

import {Problem} from "./api.js";
import {el, say} from "./elements.js";
import {removeFile, result, showFile} from "./validate_api.js";
import {rowList} from "./validate_rows.js";
import {amount, duration, v} from "./validate_text.js";

const PAUSE = 1000; // milliseconds between two looks at a file at work
const OPEN = ["queued", "running"];
const FORMATS = ["csv", "xlsx", "parquet", "gpkg"];
const ORDER = ["ambiguous", "unknown", "retired", "invalid", "corrected", "chosen", "standard"];

/** The view of a file, which follows it until `signal` is aborted; `go("")` leads back to all files. */
export function fileView(file, {go, signal, onRefused}) {
  const bar = el("progress", {max: "1", "aria-label": v("state").running});
  const line = el("p", {class: "aside check-line"});
  const trouble = el("div", {});
  const filters = el("div", {class: "check-filters", role: "group", "aria-label": v("summary")});
  const rows = el("div", {});
  const saved = el("div", {});
  const ending = el("div", {});
  let chosen = null;
  let drawnStates = "";

  const view = el("section", {class: "check-one", "aria-labelledby": "card-title"},
    el("h2", {id: "card-title", class: "small", tabindex: "-1"}, file.filename),
    bar, line, trouble, saved, filters, rows, ending);
  update(file);
  follow();
  return view;

  async function follow() {
    while (OPEN.includes(file.state)) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      if (signal.aborted) return;
      if (document.hidden) continue;
      try {
        const now = await showFile(file.id, signal);
        if (now.state === "done" && file.state !== "done") say(v("finished"));
        update(now);
      } catch (error) {
        if (error.name === "AbortError") return;
        if (!(error instanceof Problem)) throw error;
        if (error.status === 401) return onRefused();
        if (error.status === 404) return go("");
        line.textContent = error.message; // a network that comes back is asked again
      }
    }
  }

  function update(now) {
    file = now;
    const open = OPEN.includes(file.state);
    bar.hidden = !open;
    if (file.fraction) bar.value = file.fraction;
    else bar.removeAttribute("value");
    line.textContent = told();
    const words = file.trouble ? file.trouble[document.documentElement.lang === "en" ? "en" : "zh"] : "";
    trouble.replaceChildren(...(file.state === "failed"
      ? [el("div", {class: "warning", role: "alert"}, el("strong", {}, v("failed")), el("p", {}, words))] : []));
    drawFilters();
    if (drawnStates !== file.state) {
      drawnStates = file.state;
      saved.replaceChildren(...(file.state === "done" ? [saving()] : []));
      ending.replaceChildren(removing(open));
      if (!open) list();
    }
  }

  function told() {
    if (file.state === "queued") return v("waiting");
    const total = file.rows_total === null ? null : amount(file.rows_total);
    const parts = [v("doneOf", amount(file.rows_done), total)];
    if (file.state === "running" && file.rows_per_second) parts.push(v("rate", amount(file.rows_per_second)));
    if (file.state === "running" && file.seconds_left !== null) parts.push(v("left", duration(file.seconds_left)));
    if (file.state !== "running") parts.push(v("keptUntil", file.expires_at.slice(0, 10)));
    return parts.join(" · ");
  }

  function drawFilters() {
    const counts = {...file.counts, chosen: file.chosen};
    const shown = ORDER.filter((status) => counts[status]);
    const button = (status, count) => el("button", {
      type: "button", class: `mark pick-status ${tone(status)}`, "data-status": status ?? "",
      "aria-pressed": String(chosen === status),
      click: () => { chosen = status; drawFilters(); list(); },
    }, el("span", {}, status === null ? v("all") : v("status")[status]), " ", el("strong", {}, amount(count)));
    const before = document.activeElement?.dataset?.status;
    filters.replaceChildren(...(shown.length ? [button(null, file.rows_done)] : []),
      ...shown.map((status) => button(status, counts[status])));
    if (before !== undefined) filters.querySelector(`[data-status="${before}"]`)?.focus();
  }

  function list() {
    rows.replaceChildren(rowList(file, chosen, {
      signal, onRefused,
      onChosen: async () => update(await showFile(file.id, signal)),
    }));
  }

  function saving() {
    const format = el("select", {id: "format", class: "field"}, el("option", {value: ""}, v("same")),
      FORMATS.filter((kind) => kind !== file.kind).map((kind) => el("option", {value: kind}, kind.toUpperCase())));
    const button = el("button", {type: "button", class: "wide main", click: save}, v("download"));
    return el("div", {class: "check-save"},
      el("div", {class: "labelled"}, el("label", {for: "format"}, v("format")), format), button);

    async function save() {
      button.disabled = true;
      button.textContent = v("preparing");
      try {
        const {name, content} = await result(file.id, format.value);
        const address = URL.createObjectURL(content);
        el("a", {href: address, download: name}).click();
        setTimeout(() => URL.revokeObjectURL(address), 60_000);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (error.status === 401) return onRefused();
        say(error.message);
      }
      button.disabled = false;
      button.textContent = v("download");
    }
  }

  // Asked for twice: once to see what it does, once to do it.
  function removing(open) {
    let sure = false;
    const button = el("button", {
      type: "button", class: "link danger",
      click: async () => {
        if (!sure) {
          sure = true;
          button.textContent = v("removeSure");
          return;
        }
        try {
          await removeFile(file.id);
          say(v("removed"));
          go("");
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          say(error.message);
        }
      },
      blur: () => { sure = false; button.textContent = open ? v("cancel") : v("remove"); },
    }, open ? v("cancel") : v("remove"));
    return button;
  }
}

/** How a status is marked: what is right, what wants a person, what was not found. */
export const tone = (status) =>
  ({standard: "standard", corrected: "standard", chosen: "standard", ambiguous: "doubtful", retired: "doubtful",
    unknown: "doubtful", invalid: "doubtful"}[status] ?? "");
