// The boundary editions, and which of them answers are given from.

import {Problem} from "./api.js";
import {activate} from "./data_api.js";
import {d} from "./data_text.js";
import {el, say} from "./elements.js";

/** The list; `redraw` draws the map anew after another was made active, `onDone` shows the tab again. */
export function editionList(items, {redraw, onDone}) {
  return el("section", {"aria-labelledby": "editions"},
    el("h3", {id: "editions"}, d("editions")),
    el("ul", {class: "records"}, items.map(({edition, active}) => el("li", {class: "data-edition"},
      el("p", {}, el("strong", {}, edition.title), " ", active ? el("span", {class: "mark standard"}, d("active")) : null),
      el("p", {class: "aside"}, `${edition.id} · ${edition.as_of} · `,
        edition.map_approval ? d("reviewed", edition.map_approval) : d("unreviewed")),
      active ? null : activating(edition.id, {redraw, onDone})))));
}

// Asked for twice, since everybody's answers follow.
function activating(id, {redraw, onDone}) {
  let sure = false;
  const button = el("button", {
    type: "button", class: "link",
    click: async () => {
      if (!sure) {
        sure = true;
        button.textContent = d("activateSure");
        return;
      }
      button.disabled = true;
      try {
        await activate(id);
        say(d("activated"));
        await redraw();
        onDone();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        button.disabled = false;
        say(error.message);
      }
    },
    blur: () => { sure = false; button.textContent = d("activate"); },
  }, d("activate"));
  return button;
}
