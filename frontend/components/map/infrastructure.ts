import Feature from "ol/Feature";
import type OlMap from "ol/Map";
import Point from "ol/geom/Point";
import VectorLayer from "ol/layer/Vector";
import { fromLonLat } from "ol/proj";
import VectorSource from "ol/source/Vector";
import { Icon, Style } from "ol/style";
import { onThemeChange, token } from "./base";

/** One airport, station, substation … as the map's own data has it. */
export interface InfrastructurePlace {
  kind: string;
  label: string;
  name: string;
  status: string;
  precision_label: string;
  latitude: number;
  longitude: number;
}

/** A legend's mark as a picture for the map: the same path, so that what the legend shows is what stands on the map. */
function picture(path: string): Icon {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 44;
  const pen = canvas.getContext("2d");
  if (pen) {
    pen.scale(2.4, 2.4);
    pen.translate(1.15, 1.15);
    pen.lineJoin = "round";
    pen.lineWidth = 2;
    pen.strokeStyle = token("surface");
    const shape = new Path2D(path);
    pen.stroke(shape);
    pen.fillStyle = token("ink");
    pen.fill(shape, "evenodd");
  }
  return new Icon({ img: canvas, scale: 0.5 });
}

/**
 * The infrastructure that investors ask for: a layer for each kind, put on and taken off by the legend's boxes
 * (`input[data-layer="port"]`, its mark in the `path` beside it). The places are fetched when the first box is ticked.
 */
export class Infrastructure {
  #layers = new Map<string, VectorLayer>();
  #places: Promise<InfrastructurePlace[]> | undefined;
  readonly #address: string;
  readonly #map: OlMap;

  constructor(map: OlMap, legend: HTMLElement, address: string) {
    this.#map = map;
    this.#address = address;
    for (const box of legend.querySelectorAll<HTMLInputElement>("input[data-layer]")) {
      const path = box.parentElement?.querySelector("path")?.getAttribute("d") ?? "";
      box.addEventListener("change", () => void this.show(box.dataset.layer ?? "", path, box.checked));
      if (box.checked) void this.show(box.dataset.layer ?? "", path, true);
    }
  }

  async show(kind: string, path: string, on: boolean): Promise<void> {
    const layer = this.#layers.get(kind) ?? (on ? await this.make(kind, path) : undefined);
    layer?.setVisible(on);
  }

  async make(kind: string, path: string): Promise<VectorLayer> {
    const features = (await this.places()).filter((one) => one.kind === kind)
      .map((place) => new Feature({ geometry: new Point(fromLonLat([place.longitude, place.latitude])), place }));
    const layer = new VectorLayer({ source: new VectorSource({ features }), zIndex: 3 });
    const paint = () => layer.setStyle(new Style({ image: picture(path) }));
    paint();
    onThemeChange(paint);
    this.#layers.set(kind, layer);
    this.#map.addLayer(layer);
    return layer;
  }

  places(): Promise<InfrastructurePlace[]> {
    this.#places ??= fetch(this.#address, { credentials: "omit", headers: { Accept: "application/json" } })
      .then(async (answer) => (answer.ok ? ((await answer.json()) as { places: InfrastructurePlace[] }).places : []))
      .catch(() => []); // the list in words below the map has the same places
    return this.#places;
  }
}
