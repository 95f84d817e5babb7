// Asks the service about data to load and boundary editions; what needs a token carries the one this tab keeps.

import {ask, Problem} from "./api.js";
import {language, t} from "./text.js";
import {token} from "./validate_api.js";

async function call(method, path, {body = null, json = null, signal = undefined} = {}) {
  const headers = {"Accept-Language": language(), Authorization: `Bearer ${token()}`};
  if (json !== null) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, {method, signal, headers, body: json === null ? body : JSON.stringify(json)});
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
  for (const [name, value] of Object.entries(options)) sent.set(name, value);
  sent.set("file", file, file.name);
  return sent;
}

const one = (id) => `/v1/loads/${encodeURIComponent(id)}`;

/** Columns, first rows and a definition to begin with; nothing is kept. */
export const suggest = async (file, kind, signal) =>
  (await call("POST", "/v1/loads/definition", {body: form(file, {kind}), signal})).json();

/** Hand a file in to be tried. */
export const tryLoad = async (file, kind, definition) =>
  (await call("POST", "/v1/loads", {body: form(file, {kind, definition, dry_run: "true"})})).json();

export const listLoads = async (signal) => (await call("GET", "/v1/loads", {signal})).json();
export const showLoad = async (id, signal) => (await call("GET", one(id), {signal})).json();

/** Load in earnest what was tried, or make the loaded edition the active one. */
export const publishLoad = async (id) => (await call("POST", `${one(id)}/publish`, {json: {}})).json();
export const undoLoad = async (id) => (await call("POST", `${one(id)}/undo`, {json: {}})).json();

/** The rows that failed (rejects), or what was there and is changed (changes), as a file to save. */
export async function tableOf(id, which) {
  const response = await call("GET", `${one(id)}/${which}`);
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") ?? "");
  return {name: named ? decodeURIComponent(named[1]) : `${which}.csv`, content: await response.blob()};
}

export const editions = (signal) => ask("/v1/editions", {}, signal);
export const activate = async (id) =>
  (await call("POST", `/v1/editions/${encodeURIComponent(id)}/activate`, {json: {}})).json();
