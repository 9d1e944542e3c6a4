import Feature from "ol/Feature";
import Map from "ol/Map";
import View from "ol/View";
import { defaults as defaultControls } from "ol/control/defaults";
import ScaleLine from "ol/control/ScaleLine";
import { defaults as defaultInteractions } from "ol/interaction/defaults";
import type { Extent } from "ol/extent";
import Point from "ol/geom/Point";
import GeoJSON from "ol/format/GeoJSON";
import VectorLayer from "ol/layer/Vector";
import { fromLonLat, transformExtent } from "ol/proj";
import VectorSource from "ol/source/Vector";
import { Circle, Fill, Stroke, Style, Text } from "ol/style";

export type Labels = Record<string, string>;

export const format = new GeoJSON({ dataProjection: "EPSG:4326", featureProjection: "EPSG:3857" });

/** What was made of the colours as they are now, by a name of its own. */
let made: Record<string, unknown> = {};

/**
 * Makes something of the colours once and gives it again until they change. Styles are asked for with every frame: a new
 * one would be drawn anew each time, and reading a colour has the browser work out its styles.
 */
export function once<Made>(name: string, make: () => Made): Made {
  return (made[name] ??= make()) as Made;
}

/** The value of a design token, as the page has it now (light or dark). */
export function token(name: string): string {
  return once(`token ${name}`, () => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || "#808080");
}

/** Calls back when the colours change: the system's setting or the page's own switch. */
export function onThemeChange(callback: () => void): () => void {
  const changed = () => {
    made = {};
    callback();
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const page = new MutationObserver(changed);
  system.addEventListener("change", changed);
  page.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => {
    system.removeEventListener("change", changed);
    page.disconnect();
  };
}

export function readLabels(element: HTMLElement): Labels {
  try {
    return JSON.parse(element.dataset.labels ?? "{}") as Labels;
  } catch {
    return {};
  }
}

/** "26.3,63.5,30.3,65.6" to the map's own extent; anything unreadable gives nothing. */
export function readBounds(text: string | undefined): Extent | undefined {
  const numbers = (text ?? "").split(",").map(Number);
  if (numbers.length !== 4 || numbers.some((number) => !Number.isFinite(number))) return undefined;
  return transformExtent(numbers, "EPSG:4326", "EPSG:3857");
}

/** Ends the piece of work at hand: whatever the reader does meanwhile is answered before the next one begins. */
export function breath(milliseconds = 0): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

/** Ends when what was shown last has been drawn. */
async function drawn(): Promise<void> {
  await new Promise((resolve) => { requestAnimationFrame(resolve); });
  await breath();
}

/** A layer that is not shown yet, and when it has what it shows. */
interface Ground {
  layer: VectorLayer;
  filled: Promise<void>;
}

function landLayer(): Ground {
  const source = new VectorSource();
  const filled = import("virtual:land").then(async (land) => {
    await breath();
    source.addFeatures(format.readFeatures(land.default));
  }).catch(() => undefined); // without the land's outline the map still shows boundaries and points
  return { layer: new VectorLayer({ source, updateWhileInteracting: true, visible: false }), filled };
}

/** The map does not wait longer than this for boundaries; they come after it then. */
const LONGEST_WAIT_MS = 3000;

function boundaryLayer(address: string | undefined): Ground {
  const source = new VectorSource();
  const layer = new VectorLayer({ source, updateWhileInteracting: true, visible: false });
  if (!address) return { layer, filled: Promise.resolve() };
  const fetched = fetch(address, { credentials: "omit" })
    .then((answer) => (answer.status === 200 ? answer.json() : undefined))
    .then((read) => { if (read) source.addFeatures(format.readFeatures(read)); })
    .catch(() => undefined); // without boundaries the map still shows land and points
  return { layer, filled: Promise.race([fetched, breath(LONGEST_WAIT_MS)]) };
}

interface NamedPlace {
  name: string;
  latitude: number;
  longitude: number;
}

/** The names that make an empty map readable: the municipalities' centres, from the page's own data. */
function placeLayer(text: string | undefined): VectorLayer {
  let places: NamedPlace[] = [];
  try {
    places = JSON.parse(text ?? "[]") as NamedPlace[];
  } catch {
    /* no names, still a map */
  }
  const features = places.map((place) => new Feature({ geometry: new Point(fromLonLat([place.longitude, place.latitude])), name: place.name }));
  return new VectorLayer({ source: new VectorSource({ features }), declutter: true, updateWhileInteracting: true, visible: false });
}

function placeStyle(name: string): Style {
  const ink = token("ink-soft");
  return new Style({
    image: new Circle({ radius: 2, fill: new Fill({ color: ink }) }),
    text: new Text({
      text: name, font: "600 12px 'Source Sans 3 Variable', sans-serif", offsetY: 22, padding: [2, 2, 2, 2],
      fill: new Fill({ color: ink }), stroke: new Stroke({ color: token("paper"), width: 3 }),
    }),
  });
}

/** Resolves when a part of the page has a size: inside a folded part there is nothing to draw on yet. */
export function hasRoom(target: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    const watch = new ResizeObserver(() => {
      if (!target.clientWidth || !target.clientHeight) return;
      watch.disconnect();
      resolve();
    });
    watch.observe(target);
  });
}

/**
 * A map of land, boundaries and, where the operator has set an address, tiles. Its ground is shown when all of it is there:
 * what arrives by and by would have the whole map drawn again each time.
 */
export async function createMap(element: HTMLElement, target: HTMLElement): Promise<Map> {
  const labels = readLabels(element);
  const land = landLayer();
  const boundaries = boundaryLayer(element.dataset.boundaries);
  const names = placeLayer(element.dataset.places);
  await breath();
  const map = new Map({
    target,
    controls: defaultControls({
      zoomOptions: { zoomInTipLabel: labels.zoomIn ?? "", zoomOutTipLabel: labels.zoomOut ?? "" },
      rotate: false,
      attributionOptions: { collapsible: false, tipLabel: labels.attribution ?? "" },
    }).extend([new ScaleLine()]),
    interactions: defaultInteractions({ altShiftDragRotate: false, pinchRotate: false, onFocusOnly: false }),
    layers: [land.layer, boundaries.layer, names],
    view: new View({ center: fromLonLat([28.3, 64.3]), zoom: 7, maxZoom: 18, minZoom: 4, enableRotation: false }),
  });
  // "+" and "–" are drawn, not said.
  for (const button of target.querySelectorAll<HTMLElement>(".ol-zoom button")) button.setAttribute("aria-label", button.title);
  const bounds = readBounds(element.dataset.bounds);
  if (bounds) map.getView().fit(bounds, { padding: [16, 16, 16, 16] });
  await addTiles(map, element.dataset.tilesUrl, element.dataset.tilesCredit);
  const paint = () => {
    const line = token("map-line");
    land.layer.setStyle(new Style({ fill: new Fill({ color: token("map-land") }), stroke: new Stroke({ color: line, width: 1 }) }));
    names.setStyle((feature) => {
      const name = feature.get("name") as string;
      return once(`place ${name}`, () => placeStyle(name));
    });
    boundaries.layer.setStyle(new Style({ stroke: new Stroke({ color: token("line-strong"), width: 1.2 }) }));
  };
  paint();
  onThemeChange(paint);
  void Promise.all([land.filled, boundaries.filled]).then(async () => {
    for (const layer of [land.layer, boundaries.layer]) layer.setVisible(true);
    await drawn();
    names.setVisible(true); // in a piece of work of its own
  });
  return map;
}

async function addTiles(map: Map, url: string | undefined, credit: string | undefined): Promise<void> {
  if (!url) return;
  const [{ default: TileLayer }, { default: XYZ }] = await Promise.all([import("ol/layer/Tile"), import("ol/source/XYZ")]);
  // OpenLayers sets attributions as HTML: the operator's text is escaped before.
  const text = document.createElement("span");
  text.textContent = credit ?? "";
  map.getLayers().insertAt(1, new TileLayer({ source: new XYZ({ url, attributions: text.innerHTML, crossOrigin: "anonymous" }) }));
}
