// The tab in which a file of names is checked: token, file, progress, rows, result.

import {Problem} from "./api.js";
import {el} from "./elements.js";
import {keepToken, listFiles, showFile, token} from "./validate_api.js";
import {fileForm} from "./validate_file.js";
import {fileView} from "./validate_progress.js";
import {amount, v} from "./validate_text.js";

/**
 * Show the tab: the file `id`, or the form and all files when it is empty. `put` shows content, `go` leads to
 * another file; nothing more is asked once `signal` is aborted.
 */
export async function showValidation(id, {put, go, signal}) {
  if (!token()) {
    put(heading(), tokenForm(() => showValidation(id, {put, go, signal})));
    return;
  }
  try {
    if (id) {
      const view = fileView(await showFile(id, signal), {go, signal, onRefused: refused});
      put(backLink(go), view);
    } else {
      const files = await listFiles(signal);
      put(heading(), tokenLine(refresh), fileForm({signal, onBegun: (file) => go(file.id), onRefused: refused}),
        earlier(files.items, go));
    }
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error;
    refused();
  }

  function refresh() {
    keepToken("");
    return showValidation(id, {put, go, signal});
  }

  function refused() {
    keepToken("");
    put(heading(), el("p", {class: "warning", role: "alert"}, v("tokenWrong")),
      tokenForm(() => showValidation(id, {put, go, signal})));
  }
}

const heading = () => el("header", {class: "check-head"},
  el("h2", {id: "card-title", class: "small", tabindex: "-1"}, v("heading")),
  el("p", {class: "aside"}, v("about")));

const backLink = (go) => el("button", {type: "button", class: "link back", click: () => go("")}, `‹ ${v("back")}`);

function tokenForm(onKept) {
  const field = el("input", {
    id: "token", type: "password", autocomplete: "off", spellcheck: "false", required: true, class: "field",
    "aria-describedby": "token-why",
  });
  return el("form", {
    class: "check-token",
    submit: (event) => {
      event.preventDefault();
      keepToken(field.value.trim());
      onKept();
    },
  },
  el("label", {for: "token"}, v("tokenLabel")), field,
  el("p", {id: "token-why", class: "aside"}, v("tokenWhy")),
  el("button", {type: "submit", class: "wide main"}, v("tokenUse")));
}

const tokenLine = (onForget) => el("p", {class: "aside check-kept"}, v("tokenKept"), " ",
  el("button", {type: "button", class: "link", click: onForget}, v("tokenForget")));

function earlier(files, go) {
  return el("section", {"aria-labelledby": "earlier"},
    el("h3", {id: "earlier"}, v("earlier")),
    files.length
      ? el("ul", {class: "results"}, [...files].reverse().map((file) => el("li", {},
        el("button", {type: "button", class: "entry", click: () => go(file.id)},
          el("span", {class: "name"}, file.filename),
          el("span", {class: `class mark ${file.state === "failed" ? "doubtful" : ""}`}, v("state")[file.state]),
          el("span", {class: "path"}, v("rows", amount(file.rows_total ?? file.rows_done)), " · ",
            file.created_at.slice(0, 16).replace("T", " "))))))
      : el("p", {class: "calm"}, v("noEarlier")));
}
