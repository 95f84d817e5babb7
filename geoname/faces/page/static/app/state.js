// What is shown, kept in the address after `#`, so that a link shows the same to another person.
//
// After `#` it never reaches a server: which places somebody looks at stays between those who share links.

const POINT = /^\s*([-+]?\d{1,3}(?:\.\d+)?)\s*[,\uFF0C\u3001;\uFF1B\s]\s*([-+]?\d{1,3}(?:\.\d+)?)\s*$/;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A point written as two numbers, [longitude, latitude], else null. */
export function readPoint(text) {
  const found = POINT.exec(text ?? "");
  if (!found) return null;
  const [first, second] = [Number(found[1]), Number(found[2])];
  // Latitude first is how many receivers show a point; the range tells when it must be so.
  const [lon, lat] = Math.abs(second) > 90 ? [second, first] : [first, second];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null;
}

/** A point in six decimals, about a decimetre. */
export const writePoint = ([lon, lat]) => `${round(lon)},${round(lat)}`;

export const round = (degrees) => String(Math.round(degrees * 1e6) / 1e6);

/**
 * What the address asks to be shown: `q`, `name` (its id), `at` [lon, lat], `check` (the id of a file to check,
 * empty for all of them), `line` (the id of a boundary line, empty for all), `inspection` (the id of one of its
 * inspections), `data` (the id of a load, empty for all), `on` (the day asked about), `lang`; null where it says
 * nothing.
 */
export function readState() {
  const kept = new URLSearchParams(location.hash.slice(1));
  return {
    q: kept.get("q") || null,
    name: kept.get("name") || null,
    at: readPoint(kept.get("at")),
    check: kept.get("check"),
    line: kept.get("line"),
    inspection: kept.get("inspection") || null,
    data: kept.get("data"),
    on: DAY.test(kept.get("on") ?? "") ? kept.get("on") : null,
    lang: ["zh", "en"].includes(kept.get("lang")) ? kept.get("lang") : null,
  };
}

/** Write the state into the address, as a new step of the history unless `replace`. */
export function writeState(state, replace = false) {
  const kept = new URLSearchParams();
  if (state.q) kept.set("q", state.q);
  if (state.name) kept.set("name", state.name);
  if (state.at) kept.set("at", writePoint(state.at));
  if (state.check !== null && state.check !== undefined) kept.set("check", state.check);
  if (state.line !== null && state.line !== undefined) kept.set("line", state.line);
  if (state.inspection) kept.set("inspection", state.inspection);
  if (state.data !== null && state.data !== undefined) kept.set("data", state.data);
  if (state.on) kept.set("on", state.on);
  if (state.lang === "en") kept.set("lang", "en");
  const hash = kept.toString().replaceAll("%2C", ",");
  const address = hash ? `#${hash}` : location.pathname;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}
