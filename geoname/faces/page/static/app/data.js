// The tab in which an officer loads data: token, file and definition, loads so far, boundary editions.

import {Problem} from "./api.js";
import {editions, listLoads} from "./data_api.js";
import {editionList} from "./data_editions.js";
import {fileForm} from "./data_file.js";
import {loadView} from "./data_load.js";
import {hidePlaces} from "./data_map.js";
import {amount, d} from "./data_text.js";
import {el} from "./elements.js";
import {keepToken, token} from "./validate_api.js";

/**
 * Show the tab: the load `id`, or the form, all loads and the editions when it is empty. `put` shows content,
 * `go` leads to another load, `onMap` does something on the map, `redraw` draws it anew; nothing more is asked
 * once `signal` is aborted.
 */
export async function showData(id, {put, go, onMap, redraw, signal}) {
  const again = () => showData(id, {put, go, onMap, redraw, signal});
  if (!token()) {
    put(heading(), tokenForm(again));
    return;
  }
  try {
    if (id) {
      const view = await loadView(id, {go, onMap, redraw, signal, onRefused: refused});
      put(backLink(go), view);
      return;
    }
    hidePlaces(onMap);
    const [loads, known] = await Promise.all([listLoads(signal), editions(signal)]);
    put(heading(), tokenLine(again), fileForm({signal, onBegun: (load) => go(load.id), onRefused: refused}),
      earlier(loads.items, go), editionList(known.items, {redraw, onDone: again}));
  } catch (error) {
    if (!(error instanceof Problem) || ![401, 403].includes(error.status)) throw error;
    refused();
  }

  function refused() {
    keepToken("");
    put(heading(), el("p", {class: "warning", role: "alert"}, d("tokenWrong")), tokenForm(again));
  }
}

/** Give the map back as it was. */
export const leaveData = (onMap) => hidePlaces(onMap);

const heading = () => el("header", {class: "check-head"},
  el("h2", {id: "card-title", class: "small", tabindex: "-1"}, d("heading")),
  el("p", {class: "aside"}, d("about")));

const backLink = (go) => el("button", {type: "button", class: "link back", click: () => go("")}, `‹ ${d("back")}`);

const tokenForm = (onKept) => el("form", {
  class: "check-token",
  submit: (event) => {
    event.preventDefault();
    keepToken(event.currentTarget.querySelector("input").value.trim());
    onKept();
  },
},
el("label", {for: "token"}, d("tokenLabel")),
el("input", {id: "token", type: "password", autocomplete: "off", spellcheck: "false", required: true, class: "field",
  "aria-describedby": "token-why"}),
el("p", {id: "token-why", class: "aside"}, d("tokenWhy")),
el("button", {type: "submit", class: "wide main"}, d("tokenUse")));

const tokenLine = (onForget) => el("p", {class: "aside check-kept"}, d("tokenKept"), " ",
  el("button", {type: "button", class: "link", click: () => {
    keepToken("");
    onForget();
  }}, d("tokenForget")));

function earlier(loads, go) {
  return el("section", {"aria-labelledby": "loads"},
    el("h3", {id: "loads"}, d("loads")),
    loads.length
      ? el("ul", {class: "results"}, [...loads].reverse().map((load) => el("li", {},
        el("button", {type: "button", class: "entry", click: () => go(load.id)},
          el("span", {class: "name"}, load.filename),
          el("span", {class: `class mark ${load.state === "failed" ? "doubtful" : ""}`},
            load.dry_run ? `${d("trial")} · ${d("state")[load.state]}` : d("state")[load.state]),
          el("span", {class: "path"}, d("kinds")[load.kind], " · ", load.created_at.slice(0, 16).replace("T", " "),
            load.rejected ? ` · ${d("rejected")} ${amount(load.rejected)}` : "",
            load.undone ? ` · ${d("undone")}` : "")))))
      : el("p", {class: "calm"}, d("noLoads")));
}
