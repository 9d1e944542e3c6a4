import type OlMap from "ol/Map";
import Feature from "ol/Feature";
import type Geometry from "ol/geom/Geometry";
import Point from "ol/geom/Point";
import { getCenter } from "ol/extent";
import Draw from "ol/interaction/Draw";
import Modify from "ol/interaction/Modify";
import VectorLayer from "ol/layer/Vector";
import { fromLonLat, toLonLat } from "ol/proj";
import VectorSource from "ol/source/Vector";
import { Circle, Fill, Stroke, Style } from "ol/style";
import { createMap, format, hasRoom, onThemeChange, readLabels, token, type Labels } from "./base";

/**
 * <vv-place data-geometry="id_geometry" data-latitude="id_latitude" data-longitude="id_longitude" data-bounds data-labels>
 * The desk's place editor: place a point or draw an area. Both ways: what is drawn fills the fields, what is typed moves the
 * drawing. The fields alone are enough (keyboard, no script); the map is the quicker way for those who see it.
 */
export class PlaceEditor extends HTMLElement {
  #map: OlMap | undefined;
  #source = new VectorSource();
  #draw: Draw | undefined;
  #labels: Labels = {};
  #waits = false;
  #stop: (() => void) | undefined;

  async connectedCallback(): Promise<void> {
    if (this.#map || this.#waits) return;
    this.#waits = true;
    await hasRoom(this);
    this.#waits = false;
    this.#labels = readLabels(this);
    const target = document.createElement("div");
    target.className = "map";
    target.tabIndex = 0;
    target.setAttribute("role", "region");
    target.setAttribute("aria-label", this.#labels.map ?? "");
    this.append(this.tools(), target);
    const map = (this.#map = await createMap(this, target));
    const layer = new VectorLayer({ source: this.#source, style: () => this.look() });
    map.addLayer(layer);
    this.#stop = onThemeChange(() => layer.changed());
    const modify = new Modify({ source: this.#source });
    modify.on("modifyend", () => this.write());
    map.addInteraction(modify);
    this.read();
    for (const name of ["geometry", "latitude", "longitude"]) this.field(name)?.addEventListener("change", () => this.read(name));
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#map?.setTarget(undefined);
    this.#map = undefined;
  }

  field(name: string): HTMLInputElement | HTMLTextAreaElement | null {
    return document.getElementById(this.dataset[name] ?? "") as HTMLInputElement | HTMLTextAreaElement | null;
  }

  look(): Style {
    const stroke = new Stroke({ color: token("action"), width: 3 });
    return new Style({
      stroke, fill: new Fill({ color: `${token("action")}33` }),
      image: new Circle({ radius: 8, fill: new Fill({ color: token("action") }), stroke: new Stroke({ color: token("surface"), width: 2 }) }),
    });
  }

  tools(): HTMLElement {
    const bar = document.createElement("div");
    bar.className = "map-tools";
    const add = (label: string | undefined, act: (button: HTMLButtonElement) => void) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-secondary button-small";
      button.textContent = label ?? "";
      button.addEventListener("click", () => act(button));
      bar.append(button);
    };
    add(this.#labels.point, (button) => this.begin("Point", button));
    add(this.#labels.area, (button) => this.begin("Polygon", button));
    add(this.#labels.clear, () => {
      this.end();
      this.#source.clear();
      this.write();
    });
    return bar;
  }

  begin(kind: "Point" | "Polygon", button: HTMLButtonElement): void {
    this.end();
    const draw = new Draw({ source: this.#source, type: kind });
    draw.on("drawstart", () => this.#source.clear());
    draw.on("drawend", () => setTimeout(() => {
      this.end();
      this.write();
    }));
    this.#draw = draw;
    this.#map?.addInteraction(draw);
    button.setAttribute("aria-pressed", "true");
  }

  end(): void {
    if (this.#draw) this.#map?.removeInteraction(this.#draw);
    this.#draw = undefined;
    for (const button of this.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", "false");
  }

  /** From the drawing to the fields: the geometry as GeoJSON in WGS84, the centre as latitude and longitude. */
  write(): void {
    const features = this.#source.getFeatures();
    const geometry = features[features.length - 1]?.getGeometry();
    const [longitude, latitude] = geometry ? toLonLat(getCenter(geometry.getExtent())) : [undefined, undefined];
    this.put("geometry", geometry && geometry.getType() !== "Point" ? format.writeGeometry(geometry, { decimals: 6 }) : "");
    this.put("latitude", latitude === undefined ? "" : latitude.toFixed(6));
    this.put("longitude", longitude === undefined ? "" : longitude.toFixed(6));
  }

  put(name: string, value: string): void {
    const field = this.field(name);
    if (!field || field.value === value) return;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** From the fields to the drawing. An area wins over a point, unless a coordinate was just typed. */
  read(changed?: string): void {
    this.#source.clear();
    const area = changed === "latitude" || changed === "longitude" ? undefined : this.readGeometry();
    const shape = area ?? this.readPoint();
    if (!shape) return;
    this.#source.addFeature(new Feature(shape));
    this.#map?.getView().fit(shape.getExtent(), { padding: [60, 60, 60, 60], maxZoom: 13 });
    if (changed === "geometry" && area) this.write();
  }

  readGeometry(): Geometry | undefined {
    const text = this.field("geometry")?.value.trim();
    if (!text) return undefined;
    try {
      return format.readGeometry(text) ?? undefined;
    } catch {
      return undefined; // the server says in words what is wrong with it
    }
  }

  readPoint(): Point | undefined {
    const [latitude, longitude] = ["latitude", "longitude"].map((name) => parseFloat((this.field(name)?.value ?? "").replace(",", ".")));
    if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return undefined;
    return new Point(fromLonLat([longitude!, latitude!]));
  }
}
