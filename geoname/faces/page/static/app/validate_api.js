// Asks the service about files handed in; every question carries the token, which this tab alone keeps.

import {Problem} from "./api.js";
import {language, t} from "./text.js";

const KEPT = "geoname.token";
const BASE = "/v1/validations";

/** The token in use, empty when there is none. */
export function token() {
  try {
    return sessionStorage.getItem(KEPT) ?? "";
  } catch {
    return token.held ?? ""; // storage is forbidden in some private windows: it then lasts for the visit
  }
}

/** Use another token; an empty one forgets it. */
export function keepToken(written) {
  token.held = written;
  try {
    if (written) sessionStorage.setItem(KEPT, written);
    else sessionStorage.removeItem(KEPT);
  } catch {
    return; // as above
  }
}

async function call(method, path, {query = {}, body = null, json = null, signal = undefined} = {}) {
  const address = new URL(BASE + path, location.origin);
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") address.searchParams.set(name, value);
  }
  const headers = {"Accept-Language": language(), Authorization: `Bearer ${token()}`};
  if (json !== null) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(address, {method, signal, headers, body: json === null ? body : JSON.stringify(json)});
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(t("offline"), 0);
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => null);
  throw new Problem(problem?.detail || t("badAnswer", response.status), response.status);
}

function form(file, options) {
  const sent = new FormData();
  for (const [name, value] of Object.entries(options)) {
    if (value !== null && value !== "") sent.set(name, value);
  }
  sent.set("file", file, file.name);
  return sent;
}

/** Columns and first rows of a file, which is not kept. */
export const preview = async (file, signal) =>
  (await call("POST", "/preview", {body: form(file, {}), signal})).json();

/** Hand a file in to be checked. */
export const begin = async (file, options) => (await call("POST", "", {body: form(file, options)})).json();

export const listFiles = async (signal) => (await call("GET", "", {signal})).json();
export const showFile = async (id, signal) => (await call("GET", `/${encodeURIComponent(id)}`, {signal})).json();
export const removeFile = (id) => call("DELETE", `/${encodeURIComponent(id)}`);

/** Rows of one status (null: all), a page at a time. */
export const rowsOf = async (id, status, cursor, signal) =>
  (await call("GET", `/${encodeURIComponent(id)}/rows`, {query: {status, cursor, limit: 20}, signal})).json();

/** Choose a candidate for a row, null to take the choice back. */
export const choose = async (id, row, choice) =>
  (await call("POST", `/${encodeURIComponent(id)}/choices`, {json: choice === null ? {row} : {row, choice}})).json();

/** The result as a file to save. */
export async function result(id, format) {
  const response = await call("GET", `/${encodeURIComponent(id)}/result`, {query: {format}});
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") ?? "");
  return {name: named ? decodeURIComponent(named[1]) : "result", content: await response.blob()};
}
