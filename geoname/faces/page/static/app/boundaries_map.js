// The lines on the map in the colour of their state of inspection, and which of them a click means.

import {colour} from "./map_style.js";

export const STATES = ["overdue", "due", "in_field", "reporting", "planned", "done", "unknown"];

const EMPTY = {type: "FeatureCollection", features: []};
const ROUND = {"line-cap": "round", "line-join": "round"};
const PLAIN = ["countyLine", "prefectureLine", "provinceLine"];
const NEAR = 10; // pixels around a click in which a line is meant

const between = (zoom, value, zoom2, value2) =>
  ["interpolate", ["exponential", 1.4], ["zoom"], zoom, value, zoom2, value2];

/** The colour of each state as the stylesheet gives it. */
const byState = () => ["match", ["get", "state"],
  ...STATES.flatMap((state) => [state, colour(`state-${state}`)]), colour("state-unknown")];

// Not colour alone: what is late is broad, what nobody knows is dashed.
const width = (factor) => ["interpolate", ["exponential", 1.4], ["zoom"],
  5, ["*", factor, ["match", ["get", "state"], ["overdue", "due"], 2, 1.3]],
  10, ["*", factor, ["match", ["get", "state"], ["overdue", "due"], 5, 3.4]]];

const layers = () => [
  {id: "stateChosen", type: "line", layout: ROUND, filter: ["==", ["get", "id"], ""],
    paint: {"line-color": colour("chosen"), "line-width": between(5, 7, 10, 18), "line-opacity": 0.45}},
  {id: "stateCasing", type: "line", layout: ROUND, filter: ["==", ["get", "level"], "province"],
    paint: {"line-color": colour("halo"), "line-width": between(5, 5, 10, 10), "line-opacity": 0.7}},
  {id: "stateLine", type: "line", layout: ROUND, filter: ["!=", ["get", "level"], "province"],
    paint: {"line-color": byState(), "line-width": width(1)}},
  {id: "stateProvince", type: "line", layout: ROUND, filter: ["==", ["get", "level"], "province"],
    paint: {"line-color": byState(), "line-width": width(1.6)}},
  {id: "stateUnknown", type: "line", layout: {"line-join": "round"}, filter: ["==", ["get", "state"], "unknown"],
    paint: {"line-color": colour("halo"), "line-width": between(5, 1, 10, 2), "line-dasharray": [2, 3]}},
];

/** Draw the lines on a map's view; hidden until they are shown. */
export class StateLines {
  constructor(view, features, states) {
    this.view = view;
    this.extents = new Map();
    const drawn = features.filter((feature) => feature.geometry && states.has(feature.properties.id));
    for (const {properties, geometry} of drawn) this.extents.set(properties.id, extent(geometry));
    view.addSource("states", {type: "geojson", tolerance: 0.2, data: {
      ...EMPTY,
      features: drawn.map(({properties: {id, level}, geometry}) => ({
        type: "Feature", geometry,
        properties: {id, level: id.length < 6 ? "province" : level, state: states.get(id)},
      })),
    }});
    for (const layer of layers()) {
      view.addLayer({...layer, source: "states", layout: {...layer.layout, visibility: "none"}}, "countyLabel");
    }
  }

  /** Show these lines instead of the plain ones, or the plain ones again; of one `state` only when given. */
  show(visible, state = null) {
    for (const {id, filter} of layers()) {
      this.view.setLayoutProperty(id, "visibility", visible ? "visible" : "none");
      if (id !== "stateChosen") {
        this.view.setFilter(id, state ? ["all", filter, ["==", ["get", "state"], state]] : filter);
      }
    }
    for (const id of PLAIN) this.view.setLayoutProperty(id, "visibility", visible ? "none" : "visible");
    this.view.getContainer().dataset.states = visible ? state ?? "all" : "";
  }

  /** Let one line stand out, none when it is null; where it lies, null when it is not drawn. */
  choose(id) {
    this.view.setFilter("stateChosen", ["==", ["get", "id"], id ?? ""]);
    this.view.getContainer().dataset.chosenLine = id ?? "";
    return this.extents.get(id) ?? null;
  }

  /** The line that a click at [lon, lat] means, null when none is near. */
  at(place) {
    const {x, y} = this.view.project(place);
    const found = this.view.queryRenderedFeatures([[x - NEAR, y - NEAR], [x + NEAR, y + NEAR]],
      {layers: ["stateProvince", "stateLine"]});
    return found.length ? found[0].properties.id : null;
  }

  repaint() {
    for (const {id, paint} of layers()) {
      for (const [name, value] of Object.entries(paint)) this.view.setPaintProperty(id, name, value);
    }
  }
}

function extent({coordinates}) {
  const box = [180, 90, -180, -90];
  const take = (part) => {
    if (typeof part[0] !== "number") return part.forEach(take);
    box[0] = Math.min(box[0], part[0]);
    box[1] = Math.min(box[1], part[1]);
    box[2] = Math.max(box[2], part[0]);
    box[3] = Math.max(box[3], part[1]);
    return undefined;
  };
  take(coordinates);
  return [[box[0], box[1]], [box[2], box[3]]];
}
