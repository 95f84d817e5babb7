// Asks the service, and turns what goes wrong into a sentence for the reader.

import {language, t} from "./text.js";

let day = null;

/** Ask about another day from now on, YYYY-MM-DD; null for today. */
export const askAbout = (written) => { day = written; };

const WITHIN = "52"; // Guizhou: what the map shows and where names are looked for first

/** What went wrong, in the reader's words; `status` is 0 when there was no answer. */
export class Problem extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** The JSON at `path`, null parameters left out; Problem when there is none, AbortError when given up. */
export async function ask(path, parameters = {}, signal = undefined) {
  const address = new URL(path, location.origin);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined) address.searchParams.set(name, value);
  }
  let response;
  try {
    response = await fetch(address, {signal, headers: {"Accept-Language": language()}});
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(t("offline"), 0);
  }
  const body = await read(response);
  if (response.ok && body !== null) return body;
  throw new Problem(body?.detail || t("badAnswer", response.status), response.status);
}

async function read(response) {
  try {
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return null;
  }
}

export const showName = (id, signal) => ask(`/v1/names/${encodeURIComponent(id)}`, {}, signal);
export const nameHistory = (id) => ask(`/v1/names/${encodeURIComponent(id)}/history`);
export const locate = ([lon, lat], signal) => ask("/v1/locate", {lon, lat, on: day}, signal);
export const boundaryLines = () => ask("/v1/boundary-lines", {within: WITHIN});

/** Polygons of one level, their vertices moved by no more than `tolerance` metres. */
export const territories = (level, tolerance) => ask("/v1/territories", {level, within: WITHIN, tolerance});

/** Names that begin so: those of the province the page is about, others when there are none. */
export async function suggest(q, signal) {
  const {items} = await ask("/v1/suggest", {q, within: WITHIN, limit: 8}, signal);
  return items.length ? items : (await ask("/v1/suggest", {q, limit: 8}, signal)).items;
}

/**
 * The first page of a search, with the `within` to ask its next pages in: in the province the page is about,
 * elsewhere when the name is exactly one there and none here.
 */
export async function findNames(q, signal) {
  const here = {...await nextNames(q, WITHIN, null, signal), within: WITHIN};
  if (here.items.length && here.mode === "exact") return here;
  const anywhere = {...await nextNames(q, null, null, signal), within: null};
  return anywhere.mode === "exact" || !here.items.length ? anywhere : here;
}

/** A page of a search by its cursor. */
export const nextNames = (q, within, cursor, signal) => ask("/v1/names", {q, within, cursor, on: day, limit: 20}, signal);
