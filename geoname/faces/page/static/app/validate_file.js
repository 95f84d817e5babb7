// Handing a file in: chosen, dropped or pasted; its column chosen from a preview; then sent.

import {Problem} from "./api.js";
import {el} from "./elements.js";
import {language} from "./text.js";
import {begin, preview} from "./validate_api.js";
import {v} from "./validate_text.js";

const KINDS = ".csv,.tsv,.txt,.xlsx,.parquet,.gpkg";
const HEAD = 256 * 1024; // as much of a text table as its preview needs; other kinds are read whole
const SYSTEMS = ["wgs84", "cgcs2000", "gcj02", "bd09"];

/** The form; `onBegun` gets the file as the service shows it, `onRefused` is called when the token is not. */
export function fileForm({signal, onBegun, onRefused}) {
  const place = el("section", {class: "check-file"});
  const told = el("p", {class: "aside", role: "status"});
  pick();
  return place;

  function pick() {
    told.textContent = "";
    const input = el("input", {id: "file", type: "file", accept: KINDS, class: "unseen", change: () => take(input.files[0])});
    const lines = el("textarea", {id: "pasted", rows: "5", class: "field", "aria-label": v("pasteLabel")});
    const drop = el("label", {
      for: "file", class: "drop",
      dragover: (event) => { event.preventDefault(); drop.classList.add("over"); },
      dragleave: () => drop.classList.remove("over"),
      drop: (event) => {
        event.preventDefault();
        drop.classList.remove("over");
        take(event.dataTransfer.files[0]);
      },
    }, el("strong", {}, v("fileLabel")), el("span", {class: "aside"}, v("fileKinds")));
    place.replaceChildren(input, drop, el("p", {class: "aside"}, v("orPaste")), lines,
      el("button", {type: "button", class: "wide", click: () => lines.value.trim() && take(pasted(lines.value))},
        v("pasteUse")), told);
  }

  async function take(file) {
    if (!file) return;
    try {
      told.textContent = v("reading");
      const whole = !/\.(csv|tsv|txt)$/i.test(file.name) || file.size <= HEAD;
      const head = whole ? file : new File([file.slice(0, HEAD)], file.name);
      choose(file, await preview(head, signal));
    } catch (error) {
      tell(error);
    }
  }

  function choose(file, seen) {
    told.textContent = "";
    const usual = Math.max(0, seen.columns.indexOf(seen.guess ?? seen.columns[0]));
    const options = conditions(seen.columns);
    const start = el("button", {type: "submit", class: "wide main"}, v("begin"));
    const sheet = el("form", {
      submit: async (event) => {
        event.preventDefault();
        start.disabled = true;
        told.textContent = v("sending");
        try {
          const column = named(seen.columns, Number(new FormData(sheet).get("column")));
          onBegun(await begin(file, {column, ...options.read(), result_language: language()}));
        } catch (error) {
          start.disabled = false;
          tell(error);
        }
      },
    },
    el("fieldset", {class: "check-columns"},
      el("legend", {}, v("columnWhich")),
      el("div", {class: "scroll", tabindex: "0", role: "group", "aria-label": v("previewOf", file.name)},
        table(seen, usual))),
    options.element, start,
    el("button", {type: "button", class: "link", click: pick}, v("another")));
    place.replaceChildren(el("h3", {}, file.name), sheet, told);
    sheet.querySelector("input:checked").focus();
  }

  function tell(error) {
    if (error.name === "AbortError") return;
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) onRefused();
    else told.replaceChildren(el("span", {class: "warning", role: "alert"}, error.message));
  }
}

function table(seen, usual) {
  return el("table", {},
    el("thead", {}, el("tr", {}, seen.columns.map((name, at) => el("th", {scope: "col"},
      el("label", {class: "pick"},
        el("input", {
          type: "radio", name: "column", value: String(at), checked: at === usual,
          "aria-label": v("columnUse", v("column", name, at + 1)),
        }),
        el("span", {}, v("column", name, at + 1))))))),
    el("tbody", {}, seen.rows.map((row) => el("tr", {}, seen.columns.map((_, at) => el("td", {}, row[at] ?? ""))))));
}

function conditions(columns) {
  const within = el("input", {id: "within", class: "field", maxlength: "200", list: "within-columns"});
  const lists = Object.fromEntries(["lon", "lat"].map((name) => [name, el("select", {id: name, class: "field"},
    el("option", {value: ""}, v("none")), columns.map((column) => el("option", {value: column}, column)))]));
  const crs = el("select", {id: "crs", class: "field"}, SYSTEMS.map((name) => el("option", {value: name}, name)));
  const labelled = (name, field) => el("div", {class: "labelled"}, el("label", {for: field.id}, v(name)), field);
  return {
    element: el("details", {class: "check-more"}, el("summary", {}, v("more")),
      labelled("within", within),
      el("datalist", {id: "within-columns"}, columns.map((column) => el("option", {value: column}))),
      labelled("lon", lists.lon), labelled("lat", lists.lat), labelled("crs", crs)),
    read: () => ({
      within: within.value.trim(), lon: lists.lon.value, lat: lists.lat.value,
      crs: lists.lon.value && lists.lat.value ? crs.value : "",
    }),
  };
}

/** How the service is told a column: by its heading, by its number where that stands twice. */
const named = (columns, at) =>
  (columns.filter((name) => name === columns[at]).length > 1 || !columns[at].trim() ? String(at + 1) : columns[at]);

/** Lines as a table of one column, quoted so that each stays one cell. */
function pasted(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const rows = [v("pastedColumn"), ...lines].map((line) => `"${line.replaceAll('"', '""')}"`);
  return new File([`${rows.join("\n")}\n`], v("pastedName"), {type: "text/csv"});
}
