// The card of one boundary line: what is registered, markers, neighbours, the next step, its history.

import {Problem} from "./api.js";
import {inspectionsOf, markersOf, showLine} from "./boundaries_api.js";
import {b, kilometres, listed, wordOf} from "./boundaries_text.js";
import {tokenForm, tokenLine} from "./boundaries_token.js";
import {el, row} from "./elements.js";
import {round} from "./state.js";
import {token} from "./validate_api.js";

/**
 * Show the card of a line; `state` is its entry in the progress, null when it is not among the inspected;
 * `mark` puts places on the map.
 */
export async function showLineCard(id, state, {put, go, mark, signal}) {
  const line = await showLine(id, signal);
  const again = () => showLineCard(id, state, {put, go, mark, signal});
  const {properties: told, register} = line;
  const [one, other] = told.sides;
  put(
    el("button", {type: "button", class: "link back", click: () => go({})}, `‹ ${b("back")}`),
    el("article", {class: "card", "aria-labelledby": "card-title"},
      el("h2", {id: "card-title", lang: "zh-Hans", tabindex: "-1"}, told.line_name),
      el("p", {class: "reading", lang: "zh-Hans"}, b("sides", one.name, other.name)),
      el("p", {class: "marks"},
        state && el("span", {class: "mark state-mark"}, el("span", {class: `swatch state-${state.state}`}),
          wordOf("states", state.state)),
        el("span", {class: `mark ${told.origin === "registered" ? "standard" : ""}`}, wordOf("origin", told.origin)),
        told.disputed && el("span", {class: "mark doubtful"}, b("disputed")),
        (told.generated || state?.generated) && el("span", {class: "mark doubtful"}, b("demo"))),
      el("dl", {},
        row(b("code"), el("code", {}, told.line_code), el("span", {class: "aside"}, wordOf("namedBy", told.named_by))),
        row(b("length"), told.length_m !== null && kilometres(told.length_m),
          el("span", {class: "aside"}, [wordOf("lengthFrom", told.length_from), told.pieces > 1 && b("pieces", told.pieces)]
            .filter(Boolean).join(" · "))),
        row(b("level"), id.length < 6 ? wordOf("levelOf", "province") : wordOf("levelOf", told.level),
          line.parts.length > 0 && el("span", {class: "aside"}, b("parts", line.parts.length))),
        row(b("lastInspected"), told.last_inspected ?? b("notKnown")),
        row(b("due"), state?.due && b("dueBy", state.due)),
        row(b("start"), register?.start),
        row(b("end"), register?.end),
        row(b("approval"), [register?.approval, register?.approved_on].filter(Boolean).join(" · ")),
        row(b("agreement"), register?.agreement),
        row(b("tripoints"), line.tripoints.map(tripoint))),
      await inspections(id, {go, signal, again}),
      markers(id, line.markers, mark, signal),
      neighbours(line.neighbours, go)));
}

const tripoint = (point) => el("div", {lang: "zh-Hans"}, listed(point.names),
  el("span", {class: "aside"}, ` ${round(point.lon)}, ${round(point.lat)}`));

/** What is to be done next, and the inspections there were; they need a side's token. */
async function inspections(id, {go, signal, again}) {
  const content = el("section", {}, el("h3", {}, b("history")));
  if (!token()) {
    content.append(el("p", {class: "aside"}, b("nextClosed")), tokenForm(again));
    return content;
  }
  try {
    const {items} = await inspectionsOf(id, signal);
    content.append(items.length
      ? el("ul", {class: "results"}, [...items].reverse().map((one) => el("li", {},
        el("button", {type: "button", class: "entry", click: () => go({line: id, inspection: one.id})},
          el("span", {class: "name"}, b("caseTitle", one.year)),
          el("span", {class: "class mark"}, wordOf("stage", one.stage)),
          el("span", {class: "path"}, [b("round", one.round), one.kind === "special" && b("special"), one.since,
            one.generated && b("demo")].filter(Boolean).join(" · "))))))
      : el("p", {class: "calm"}, b("noCase")));
    content.append(tokenLine(again));
  } catch (error) {
    if (!(error instanceof Problem) || ![401, 403, 404].includes(error.status)) throw error;
    content.append(el("p", {class: "warning", role: "alert"}, error.status === 401 ? b("tokenWrong") : error.message),
      tokenForm(again));
  }
  return content;
}

function markers(id, counted, mark, signal) {
  const section = el("section", {}, el("h3", {}, b("markers")));
  if (!counted.total) {
    section.append(el("p", {class: "calm"}, b("markersNone")));
    return section;
  }
  const parts = (key, table) => Object.entries(table).map(([value, n]) => `${wordOf(key, value)} ${n}`);
  section.append(
    el("p", {}, b("markerCount", counted.total), " ",
      el("span", {class: "aside"}, listed([...parts("standing", counted.standing), ...parts("markerState", counted.state)])),
      counted.generated > 0 && el("span", {class: "mark doubtful"}, b("demo"))),
    markerTable(id, mark, signal));
  return section;
}

function markerTable(id, mark, signal) {
  const place = el("div", {"aria-live": "polite"});
  const details = el("details", {toggle: load}, el("summary", {}, b("showMarkers")), place);
  async function load() {
    if (!details.open || place.childElementCount) return;
    try {
      const {items, findings} = await markersOf(id, signal);
      place.replaceChildren(...[
        !items.some((one) => one.shown_whole) && el("p", {class: "aside"}, b("markersClosed")),
        table(items),
        findings.length > 0 && el("div", {class: "warning"}, el("strong", {}, b("findings", findings.length)),
          el("ul", {}, findings.slice(0, 20).map((one) => el("li", {},
            `${listed(one.numbers.slice(0, 4))} ${document.documentElement.lang === "en" ? one.message_en : one.message}`)))),
      ].filter(Boolean));
      await mark(items.filter((one) => one.place?.lon != null).map((one) => [one.place.lon, one.place.lat]));
    } catch (error) {
      if (error.name === "AbortError") return;
      if (!(error instanceof Problem)) throw error;
      place.replaceChildren(el("p", {class: "aside"}, error.message));
    }
  }
  return details;
}

function table(items) {
  const whole = items.some((one) => one.shown_whole);
  const heads = [b("number"), b("markers"), ...(whole ? [b("place"), b("off"), b("references")] : [])];
  return el("div", {class: "scroll"}, el("table", {},
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", {scope: "col"}, head)))),
    el("tbody", {}, items.map((one) => el("tr", {},
      el("td", {}, el("code", {}, one.number)),
      el("td", {}, [wordOf("standing", one.standing), one.state && wordOf("markerState", one.state), one.generated && b("demo")]
        .filter(Boolean).join(" · ")),
      whole && [
        el("td", {}, one.place?.lon != null ? `${round(one.place.lon)}, ${round(one.place.lat)}` : one.place?.given_crs ?? ""),
        el("td", {}, one.place?.off_m != null ? `${one.place.off_m} m` : ""),
        el("td", {}, listed(one.references.map((each) => each.name))),
      ])))));
}

const neighbours = (met, go) => met.length > 0 && el("section", {},
  el("h3", {}, b("neighbours")),
  el("p", {class: "line-links"}, met.map((one) => el("button",
    {type: "button", class: "link", lang: "zh-Hans", title: one.name, click: () => go({line: one.id})}, one.line_name))));
