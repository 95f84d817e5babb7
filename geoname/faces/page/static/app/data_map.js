// The places of a file on the map, so that one sees at once where they fall.

import {colour} from "./map_style.js";

const SOURCE = "loaded";
const EMPTY = {type: "FeatureCollection", features: []};
let drawn = false;

/** Show places, {lon, lat, name}, and bring them into view. */
export function showPlaces(onMap, places) {
  return onMap((map) => {
    const {view} = map;
    if (!view.getSource(SOURCE)) {
      view.addSource(SOURCE, {type: "geojson", data: EMPTY});
      view.addLayer({id: SOURCE, type: "circle", source: SOURCE, paint: {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 5, 3, 12, 6], "circle-color": colour("chosen"),
        "circle-stroke-width": 1, "circle-stroke-color": colour("halo"),
      }});
    }
    drawn = true;
    map.set(SOURCE, {type: "FeatureCollection", features: places.map(({lon, lat, name}) => ({
      type: "Feature", properties: {name}, geometry: {type: "Point", coordinates: [lon, lat]},
    }))});
    const lons = places.map(({lon}) => lon);
    const lats = places.map(({lat}) => lat);
    const [west, east] = [Math.min(...lons), Math.max(...lons)];
    const [south, north] = [Math.min(...lats), Math.max(...lats)];
    map.look([[west - 0.02, south - 0.02], [east + 0.02, north + 0.02]]);
  });
}

/** Take them away again. */
export function hidePlaces(onMap) {
  if (!drawn) return undefined;
  drawn = false;
  return onMap((map) => map.view.getSource(SOURCE) && map.set(SOURCE, EMPTY));
}
