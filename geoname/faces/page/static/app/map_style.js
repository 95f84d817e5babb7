// How the map is drawn: what layers there are, and their colours as the stylesheet gives them.

import {TINTS} from "./tints.js";

const EMPTY = {type: "FeatureCollection", features: []};
const ROUND = {"line-cap": "round", "line-join": "round"};

/** A colour of `colours.css`, as it stands for a light or a dark page. */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--map-${name}`).trim();

const ofLevel = (...levels) => ["in", ["get", "level"], ["literal", levels]];

/** The style for the whole map, its sources still empty. */
export function mapStyle() {
  return {
    version: 8,
    sources: Object.fromEntries(
      ["counties", "prefectures", "lines", "countyLabels", "prefectureLabels", "points"].map((name) => [
        name, {type: "geojson", data: EMPTY, tolerance: name === "lines" ? 0.2 : 0.375},
      ]),
    ),
    layers: layers(),
  };
}

/** The layers from the ground up; made again when the page turns light or dark. */
export function layers() {
  const tints = Array.from({length: TINTS}, (_, tint) => [tint, colour(`land-${tint}`)]).flat();
  return [
    {id: "ground", type: "background", paint: {"background-color": colour("ground")}},
    {id: "provinceBand", type: "line", source: "lines", filter: ofLevel("province"), layout: ROUND,
      paint: {"line-color": colour("band"), "line-width": between(5, 6, 10, 14)}},
    {id: "land", type: "fill", source: "counties",
      paint: {"fill-color": ["match", ["get", "tint"], ...tints, colour("land-0")], "fill-antialias": false}},
    {id: "chosenArea", type: "fill", source: "counties", filter: byCode(),
      paint: {"fill-color": colour("chosen"), "fill-opacity": 0.28}},
    {id: "chosenPrefecture", type: "fill", source: "prefectures", filter: byCode(),
      paint: {"fill-color": colour("chosen"), "fill-opacity": 0.22}},
    {id: "countyLine", type: "line", source: "lines", filter: ofLevel("county"), layout: ROUND,
      paint: {"line-color": colour("county-line"), "line-width": between(5, 0.5, 10, 1.5)}},
    {id: "prefectureLine", type: "line", source: "lines", filter: ofLevel("prefecture"), layout: ROUND,
      paint: {"line-color": colour("prefecture-line"), "line-width": between(5, 0.9, 10, 2.2),
        "line-dasharray": [5, 1.6, 1, 1.6]}},
    {id: "provinceLine", type: "line", source: "lines", filter: ofLevel("province"), layout: ROUND,
      paint: {"line-color": colour("province-line"), "line-width": between(5, 1.6, 10, 3)}},
    {id: "nearLine", type: "line", source: "lines", filter: byId(), layout: ROUND,
      paint: {"line-color": colour("warning"), "line-width": between(5, 2.5, 10, 5)}},
    label("countyLabel", "countyLabels", {minzoom: 7.3, size: between(7, 11.5, 11, 17), ink: "county-ink"}),
    label("prefectureLabel", "prefectureLabels",
      {maxzoom: 8.2, size: between(5, 11.5, 8, 17), ink: "prefecture-ink", bold: true}),
    {id: "pointHalo", type: "circle", source: "points",
      paint: {"circle-radius": 15, "circle-color": colour("chosen"), "circle-opacity": 0.22}},
    {id: "point", type: "circle", source: "points",
      paint: {"circle-radius": 6.5, "circle-color": colour("chosen"), "circle-stroke-width": 2.5,
        "circle-stroke-color": colour("halo")}},
  ];
}

/** The filter for one territory's code, for none when it is null. */
export const byCode = (code = null) => ["==", ["get", "code"], code ?? ""];

/** The filter for lines by id. */
export const byId = (ids = []) => ["in", ["get", "id"], ["literal", ids]];

const between = (zoom, value, zoom2, value2) =>
  ["interpolate", ["exponential", 1.4], ["zoom"], zoom, value, zoom2, value2];

function label(id, source, {minzoom = 0, maxzoom = 24, size, ink, bold = false}) {
  return {
    id, source, type: "symbol", minzoom, maxzoom,
    layout: {
      "text-field": ["get", "name"], "text-font": [bold ? "Noto Sans Bold" : "Noto Sans Regular"],
      "text-size": size, "text-max-width": 7, "text-padding": 4, "text-letter-spacing": bold ? 0.08 : 0.02,
      "text-variable-anchor": ["center", "top", "bottom"],
    },
    paint: {"text-color": colour(ink), "text-halo-color": colour("halo"), "text-halo-width": 1.6},
  };
}
