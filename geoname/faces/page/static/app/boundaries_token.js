// Asks for the token that shows a line's inspections, the same one that the other tabs use.

import {b} from "./boundaries_text.js";
import {el} from "./elements.js";
import {keepToken} from "./validate_api.js";

/** A form for the token; `onKept` goes on with it. */
export const tokenForm = (onKept) => el("form", {
  class: "check-token",
  submit: (event) => {
    event.preventDefault();
    keepToken(event.currentTarget.querySelector("input").value.trim());
    onKept();
  },
},
el("label", {for: "token"}, b("tokenLabel")),
el("input", {id: "token", type: "password", autocomplete: "off", spellcheck: "false", required: true, class: "field",
  "aria-describedby": "token-why"}),
el("p", {id: "token-why", class: "aside"}, b("tokenWhy")),
el("button", {type: "submit", class: "wide main"}, b("tokenUse")));

/** That a token is in use, and how to change it. */
export const tokenLine = (onForget) => el("p", {class: "aside check-kept"}, b("tokenKept"), " ",
  el("button", {type: "button", class: "link", click: () => {
    keepToken("");
    onForget();
  }}, b("tokenForget")));
