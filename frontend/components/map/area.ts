import Feature from "ol/Feature";
import type OlMap from "ol/Map";
import Polygon from "ol/geom/Polygon";
import Draw from "ol/interaction/Draw";
import VectorLayer from "ol/layer/Vector";
import { fromLonLat, toLonLat } from "ol/proj";
import VectorSource from "ol/source/Vector";
import { Circle, Fill, Stroke, Style } from "ol/style";
import { onThemeChange, token } from "./base";

/** "27.1,64.0 28.0,64.0 28.0,64.5" as corners of an area; what cannot be read gives none. */
export function readCorners(text: string): [number, number][] {
  const corners = text.trim().split(/[\s;]+/).filter(Boolean).map((pair) => pair.split(",").map(Number));
  const sound = corners.every((pair) => pair.length === 2 && pair.every(Number.isFinite));
  return sound && corners.length > 2 ? (corners as [number, number][]) : [];
}

/** The corners of a drawn area as text, to about ten metres. The last corner, which repeats the first, is left out. */
export function writeCorners(area: Polygon): string {
  const ring = area.getCoordinates()[0] ?? [];
  return ring.slice(0, -1).map((corner) => toLonLat(corner).map((degrees) => degrees.toFixed(4)).join(",")).join(" ");
}

/**
 * The area of the search on the map: drawn with the pointer, or shown as its corners were typed. Drawing fills the field of
 * corners, so that both ways say the same.
 */
export class SearchArea {
  #source = new VectorSource();
  #draw: Draw | undefined;
  readonly #map: OlMap;
  readonly #chosen: (corners: string) => void;

  constructor(map: OlMap, chosen: (corners: string) => void) {
    this.#map = map;
    this.#chosen = chosen;
    const layer = new VectorLayer({ source: this.#source, style: () => this.look() });
    map.addLayer(layer);
    onThemeChange(() => layer.changed());
  }

  get isDrawing(): boolean {
    return this.#draw !== undefined;
  }

  look(): Style {
    const stroke = new Stroke({ color: token("link"), width: 2.5, lineDash: [8, 5] });
    return new Style({ stroke, fill: new Fill({ color: `${token("link")}1f` }), image: new Circle({ radius: 5, fill: new Fill({ color: token("link") }) }) });
  }

  /** Shows the area that the search has; nothing when it has none. */
  show(corners: string): void {
    this.#source.clear();
    const read = readCorners(corners).map((corner) => fromLonLat(corner));
    if (read.length) this.#source.addFeature(new Feature(new Polygon([[...read, read[0]!]])));
  }

  begin(): void {
    this.end();
    const draw = new Draw({ source: this.#source, type: "Polygon", style: this.look(), minPoints: 3, maxPoints: 60 });
    draw.on("drawstart", () => this.#source.clear());
    draw.on("drawend", (event) => {
      const corners = writeCorners(event.feature.getGeometry() as Polygon);
      setTimeout(() => {
        this.end();
        this.#chosen(corners);
      });
    });
    this.#draw = draw;
    this.#map.addInteraction(draw);
  }

  end(): void {
    if (this.#draw) this.#map.removeInteraction(this.#draw);
    this.#draw = undefined;
  }
}
