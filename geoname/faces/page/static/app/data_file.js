// Handing data in: a file chosen or dropped, its definition drafted, corrected, and the load tried.

import {Problem} from "./api.js";
import {suggest, tryLoad} from "./data_api.js";
import {d} from "./data_text.js";
import {el} from "./elements.js";

const ENDINGS = ".csv,.tsv,.txt,.xlsx,.parquet,.gpkg,.geojson,.json,.zip";
const KINDS = ["names", "boundaries", "divisions", "changes", "lines", "markers"];

/** The form; `onBegun` gets the load as the service shows it, `onRefused` is called when the token is not. */
export function fileForm({signal, onBegun, onRefused}) {
  const place = el("section", {class: "check-file"});
  const told = el("p", {class: "aside", role: "status"});
  let kind = KINDS[0];
  pick();
  return place;

  function pick() {
    told.textContent = "";
    const input = el("input", {
      id: "file", type: "file", accept: ENDINGS, class: "unseen", change: () => take(input.files[0]),
    });
    const choice = el("select", {id: "kind", class: "field", change: () => { kind = choice.value; }},
      KINDS.map((one) => el("option", {value: one, selected: one === kind}, d("kinds")[one])));
    const drop = el("label", {
      for: "file", class: "drop",
      dragover: (event) => { event.preventDefault(); drop.classList.add("over"); },
      dragleave: () => drop.classList.remove("over"),
      drop: (event) => {
        event.preventDefault();
        drop.classList.remove("over");
        take(event.dataTransfer.files[0]);
      },
    }, el("strong", {}, d("fileLabel")), el("span", {class: "aside"}, d("fileKinds")));
    place.replaceChildren(
      el("div", {class: "labelled"}, el("label", {for: "kind"}, d("kind")), choice), input, drop, told);
  }

  async function take(file) {
    if (!file) return;
    try {
      told.textContent = d("reading");
      define(file, await suggest(file, kind, signal));
    } catch (error) {
      tell(error);
    }
  }

  function define(file, seen) {
    told.textContent = "";
    const text = el("textarea", {
      id: "definition", class: "field data-definition", rows: String(Math.min(24, seen.definition.split("\n").length + 1)),
      spellcheck: "false", "aria-describedby": "definition-why",
    });
    text.value = seen.definition;
    const start = el("button", {type: "submit", class: "wide main"}, d("tryIt"));
    const sheet = el("form", {
      submit: async (event) => {
        event.preventDefault();
        start.disabled = true;
        told.textContent = d("sending");
        try {
          onBegun(await tryLoad(file, kind, text.value));
        } catch (error) {
          start.disabled = false;
          tell(error);
        }
      },
    },
    el("div", {class: "scroll", tabindex: "0", role: "group", "aria-label": d("previewOf", file.name)}, table(seen)),
    el("div", {class: "labelled"},
      el("label", {for: "definition"}, d("definition")),
      el("p", {id: "definition-why", class: "aside"}, d("definitionWhy"), " ",
        seen.missing.length ? el("strong", {}, d("missing", seen.missing.join(", "))) : null),
      text),
    start,
    el("button", {type: "button", class: "link", click: pick}, d("another")));
    place.replaceChildren(el("h3", {}, file.name), sheet, told);
    text.focus({preventScroll: true});
    const gap = text.value.indexOf('""');
    if (gap >= 0) text.setSelectionRange(gap + 1, gap + 1);
  }

  function tell(error) {
    if (error.name === "AbortError") return;
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) onRefused();
    else told.replaceChildren(el("span", {class: "warning told", role: "alert"}, error.message));
  }
}

const table = (seen) => el("table", {},
  el("thead", {}, el("tr", {}, seen.columns.map((name) => el("th", {scope: "col"}, name)))),
  el("tbody", {}, seen.rows.map((row) => el("tr", {}, seen.columns.map((_, at) => el("td", {}, row[at] ?? ""))))));
