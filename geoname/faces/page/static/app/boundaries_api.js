// Asks the service about lines and their inspections; what needs a token carries the one this tab keeps.

import {ask, Problem} from "./api.js";
import {language, t} from "./text.js";
import {token} from "./validate_api.js";

const WITHIN = "52";
const TOLERANCE = 60; // metres

const part = encodeURIComponent;
const names = new Map();

/** The state of every line, open to anyone. */
export const progress = (signal) => ask("/v1/inspection-progress", {within: WITHIN}, signal);

/** The lines that are inspected, with their course: provincial ones, and those between the province's counties. */
export async function inspectedLines() {
  const [county, provincial] = await Promise.all([
    ask("/v1/boundary-lines", {within: WITHIN, both_sides: "true", tolerance: TOLERANCE}),
    ask("/v1/boundary-lines", {within: WITHIN, level: "province", tolerance: TOLERANCE}),
  ]);
  const features = [...provincial.features, ...county.features];
  for (const {properties} of features) for (const {code, name} of properties.sides) names.set(code, name);
  return features;
}

/** What a side is called, its code while that is not known. */
export const sideName = (code) => names.get(code) ?? code;

/** A line with what is registered of it. */
export const showLine = (id, signal) => ask(`/v1/boundary-lines/${part(id)}`, {}, signal);

/** The markers of a line; where they stand only for a side's own people. */
export const markersOf = (id, signal) => call("GET", `/v1/boundary-lines/${part(id)}/markers`, {signal});

export const inspectionsOf = (id, signal) => call("GET", `/v1/boundary-lines/${part(id)}/inspections`, {signal});
export const showCase = (id, signal) => call("GET", `/v1/inspections/${part(id)}`, {signal});

/** One kind of content of a case: records, findings, signatures, tracks, attachments. */
export const ofCase = (id, what, signal) => call("GET", `/v1/inspections/${part(id)}/${what}`, {signal});

/** Hand in a track or a photograph; `options` are the other fields of the form. */
export function handIn(id, what, file, options) {
  const sent = new FormData();
  for (const [name, value] of Object.entries(options)) if (value) sent.set(name, value);
  sent.set("file", file, file.name);
  return call("POST", `/v1/inspections/${part(id)}/${what}`, {body: sent});
}

async function call(method, path, {body = null, signal = undefined} = {}) {
  const headers = {"Accept-Language": language()};
  if (token()) headers.Authorization = `Bearer ${token()}`;
  let response;
  try {
    response = await fetch(new URL(path, location.origin), {method, body, signal, headers});
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(t("offline"), 0);
  }
  const answer = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer;
  throw new Problem(answer?.detail || t("badAnswer", response.status), response.status);
}
