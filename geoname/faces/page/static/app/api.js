// Asks the service, and turns what goes wrong into a sentence for the reader.

import {language, t} from "./text.js";

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

export const suggest = (q, signal) => ask("/v1/suggest", {q, limit: 8}, signal);
export const findNames = (q, cursor, signal) => ask("/v1/names", {q, cursor, limit: 20}, signal);
export const showName = (id, signal) => ask(`/v1/names/${encodeURIComponent(id)}`, {}, signal);
export const nameHistory = (id) => ask(`/v1/names/${encodeURIComponent(id)}/history`);
export const locate = ([lon, lat], signal) => ask("/v1/locate", {lon, lat}, signal);
export const boundaryLines = (within) => ask("/v1/boundary-lines", {within});

/** Polygons of one level, their vertices moved by no more than `tolerance` metres. */
export const territories = (level, within, tolerance) => ask("/v1/territories", {level, within, tolerance});
