// The map: territories, lines and labels, the chosen place on it, and what a click asks.

import {GPUInitializationError, LngLatBounds, Map as MapView, NavigationControl, ScaleControl}
  from "../vendor/maplibre-gl-6.17.0/maplibre-gl.mjs";
import {byCode, byId, layers, mapStyle} from "./map_style.js";
import {t} from "./text.js";
import {tintsOf} from "./tints.js";

const FONT = '"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif';
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const DARK = matchMedia("(prefers-color-scheme: dark)");

/** The map in `container`, null where the browser cannot draw one; `onPoint` gets [lon, lat] of a click. */
export function openMap(container, onPoint) {
  try {
    return new PlaceMap(container, onPoint);
  } catch (error) {
    if (error instanceof GPUInitializationError) return null;
    throw error;
  }
}

class PlaceMap {
  constructor(container, onPoint) {
    this.view = new MapView({
      container, style: mapStyle(), localIdeographFontFamily: FONT, attributionControl: false,
      bounds: [[103.6, 24.6], [109.6, 29.25]], fitBoundsOptions: {padding: 24}, minZoom: 4, maxZoom: 17,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, renderWorldCopies: false,
    });
    this.view.touchZoomRotate.disableRotation();
    this.view.keyboard.disableRotation();
    this.view.addControl(new NavigationControl({showCompass: false}), "top-right");
    this.scale = new ScaleControl({maxWidth: 90}).onAdd(this.view);
    this.scale.remove(); // it stands in the note, once there is one
    this.relabel();
    this.ready = new Promise((resolve) => this.view.once("load", resolve));
    this.view.on("click", ({lngLat}) => onPoint([lngLat.lng, lngLat.lat]));
    this.view.getCanvas().addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      const {lng, lat} = this.view.getCenter();
      onPoint([lng, lat]);
    });
    DARK.addEventListener("change", () => this.repaint());
  }

  /** Show the territories of both levels and the lines between the counties. */
  async draw(counties, prefectures, lines) {
    await this.ready;
    const sides = [];
    for (const {id, properties} of lines.features) {
      properties.id ??= id;
      sides.push(properties.id.split("-"));
    }
    const tints = tintsOf(prefectures.features.map((feature) => feature.properties.code), sides);
    for (const {properties} of counties.features) properties.tint = tints.get(properties.code.slice(0, 4)) ?? 0;
    this.set("counties", counties);
    this.set("prefectures", prefectures);
    this.set("lines", lines);
    this.set("countyLabels", labels(counties));
    this.set("prefectureLabels", labels(prefectures));
    this.extents = new Map([...counties.features, ...prefectures.features]
      .map((feature) => [feature.properties.code, extent(feature)]));
    const whole = [...this.extents.values()].reduce((all, one) => all.extend(one), new LngLatBounds());
    this.view.fitBounds(whole, {padding: this.room(24), animate: false});
  }

  /**
   * Mark a point, or the territory of the first of `codes` that is drawn, or nothing, and go there;
   * `stay` leaves the view as it is when the point can be seen. Lines by id stand out.
   */
  async show({at = null, codes = [], lines = [], stay = false}) {
    await this.ready;
    const code = at ? null : codes.find((known) => this.extents.has(known)) ?? null;
    this.set("points", at ? point(at) : {type: "FeatureCollection", features: []});
    this.view.setFilter("chosenArea", byCode(code));
    this.view.setFilter("chosenPrefecture", byCode(code));
    this.view.setFilter("nearLine", byId(lines));
    this.view.getContainer().dataset.chosen = at ? "point" : code ?? "";
    if (at && !(stay && this.visible(at))) this.go(at, 9.5);
    if (code) this.view.fitBounds(this.extents.get(code), {padding: this.room(48), maxZoom: 10, ...pace()});
  }

  /** Bring a box, [[west, south], [east, north]], into view. */
  look(box) {
    this.view.fitBounds(box, {padding: this.room(56), maxZoom: 11, ...pace()});
  }

  /** Name the map's own controls in the language spoken. */
  relabel() {
    const within = this.view.getContainer();
    this.view.getCanvas().setAttribute("aria-label", t("map"));
    for (const [control, key] of [["zoom-in", "zoomIn"], ["zoom-out", "zoomOut"]]) {
      const button = within.querySelector(`.maplibregl-ctrl-${control}`);
      button.title = t(key);
      button.setAttribute("aria-label", t(key));
    }
  }

  go(at, zoom) {
    this.view.flyTo({center: at, zoom: Math.max(zoom, this.view.getZoom()), padding: this.room(0), ...pace()});
  }

  set(source, data) {
    this.view.getSource(source).setData(data);
  }

  // How much of the map the search bar and the sheet hide on a narrow screen.
  room(margin) {
    const map = this.view.getContainer().getBoundingClientRect();
    const bar = document.querySelector(".bar").getBoundingClientRect();
    const foot = document.querySelector(".foot").getBoundingClientRect();
    const over = bar.right > map.left + 1;
    const top = over ? Math.max(0, bar.bottom - map.top) : 0;
    const bottom = over ? Math.max(0, map.bottom - foot.top) : 0;
    // Where little is left, a wide margin would ask for a scale that the map does not have.
    const edge = over ? Math.min(margin, 16) : margin;
    return {top: top + edge, bottom: bottom + edge, left: edge, right: edge};
  }

  visible(at) {
    const {x, y} = this.view.project(at);
    const {width, height} = this.view.getContainer().getBoundingClientRect();
    const {top, bottom, left, right} = this.room(16);
    return x > left && x < width - right && y > top && y < height - bottom;
  }

  repaint() {
    for (const {id, paint} of layers()) {
      for (const [name, value] of Object.entries(paint)) this.view.setPaintProperty(id, name, value);
    }
  }
}

const pace = () => (STILL.matches ? {animate: false} : {duration: 900});

const point = (at) => ({type: "Feature", properties: {}, geometry: {type: "Point", coordinates: at}});

// Names stand at one point each: a polygon's own label would repeat in every tile it reaches into.
function labels({features}) {
  return {
    type: "FeatureCollection",
    features: features.filter(({properties}) => properties.label).map(({properties}) => ({
      type: "Feature", properties: {name: properties.name, code: properties.code},
      geometry: {type: "Point", coordinates: properties.label},
    })),
  };
}

function extent({geometry}) {
  const bounds = new LngLatBounds();
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  for (const [shell] of polygons) for (const position of shell) bounds.extend(position);
  return bounds;
}
