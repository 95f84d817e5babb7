// The day that look-ups ask about: today unless another is chosen by date or by moving through the years.

import {el} from "./elements.js";
import {t} from "./text.js";

const FIRST = 2000; // the years that changes of divisions are recorded for

/** The control in `place`; `onChange` gets a day YYYY-MM-DD, null for today. */
export function openAsOf(place, onChange) {
  let day = null;
  draw();
  return {set, relabel: draw};

  function set(written) {
    if (written === day) return;
    day = written;
    draw();
  }

  function draw() {
    const open = place.querySelector("details")?.open ?? day !== null;
    const date = el("input", {
      type: "date", id: "as-of-day", value: day ?? today(), min: `${FIRST}-01-01`, max: today(), "aria-label": t("asOfDay"),
      change: () => date.value && choose(date.value),
    });
    const years = el("input", {
      type: "range", min: String(FIRST), max: today().slice(0, 4), value: (day ?? today()).slice(0, 4),
      "aria-label": t("asOfYears"), "aria-valuetext": (day ?? today()).slice(0, 4),
      input: () => { said.textContent = t("asOfOn", dayOf(years.value)); },
      change: () => choose(dayOf(years.value)),
    });
    const said = el("summary", {}, day ? t("asOfOn", day) : t("asOfToday"));
    place.replaceChildren(el("details", {open}, said,
      el("div", {class: "as-of-row"}, years, date,
        el("button", {type: "button", class: "quiet", hidden: day === null, click: () => choose(null)}, t("asOfNow")))));
  }

  // Within the year that is chosen, the last day that there has been.
  function dayOf(year) {
    const last = `${year}-12-31`;
    return last < today() ? last : today();
  }

  function choose(written) {
    day = written === today() ? null : written;
    draw();
    onChange(day);
  }
}

function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
