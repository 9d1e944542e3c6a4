import type Feature from "ol/Feature";
import type OlMap from "ol/Map";
import { createEmpty, extend, getHeight, getWidth, isEmpty } from "ol/extent";
import VectorLayer from "ol/layer/Vector";
import { transformExtent } from "ol/proj";
import Cluster from "ol/source/Cluster";
import VectorSource from "ol/source/Vector";
import { Fill, Stroke, Style } from "ol/style";
import { SearchArea } from "./area";
import { breath, createMap, format, hasRoom, onThemeChange, readLabels, token, type Labels } from "./base";
import { Infrastructure, type InfrastructurePlace } from "./infrastructure";
import { gather, markStyle, membersOf, sitesOf, type SitePoint } from "./points";
import { popup } from "./popup";

interface MapData {
  points: SitePoint[];
  geometry?: GeoJSON.Geometry | null;
}

/** Marks nearer to each other than this many pixels become one with their number. */
const TOO_CLOSE = 34;

/**
 * <vv-map data-points="…json" | data-inline="{…}" data-boundaries data-bounds data-results="results" data-area="area"
 * data-places-url data-labels="{…}">
 * The list is the source of truth: the map shows the same sites, lights what the list points at, and asks the search for
 * what is in view or in a drawn area by the event `vv:search`. Without script its inner fallback stands.
 */
export class SearchMap extends HTMLElement {
  static observedAttributes = ["data-points"];
  #map: OlMap | undefined;
  #marks = new VectorSource();
  #shapes = new VectorSource();
  #layer: VectorLayer | undefined;
  #area: SearchArea | undefined;
  #lit: string | undefined;
  #labels: Labels = {};
  #popup: HTMLElement | undefined;
  #asked = 0;
  #waits = false;
  #stop: (() => void) | undefined;

  async connectedCallback(): Promise<void> {
    if (this.#map || this.#waits) return;
    this.#waits = true;
    await hasRoom(this);
    this.#waits = false;
    this.#labels = readLabels(this);
    const fallback = this.querySelector<HTMLElement>(".map-fallback");
    const target = document.createElement("div");
    target.className = this.dataset.size === "small" ? "map map-small" : "map";
    target.tabIndex = 0;
    target.setAttribute("role", "region");
    target.setAttribute("aria-label", this.#labels.map ?? "");
    this.prepend(target);
    if (fallback) fallback.hidden = true; // in the same moment, so that nothing jumps
    try {
      this.#map = await createMap(this, target);
    } catch {
      target.remove(); // no canvas here: the words that stand for the map stay
      if (fallback) fallback.hidden = false;
      return;
    }
    fallback?.remove();
    await breath();
    if (!this.#map) return; // taken out of the page meanwhile
    this.build(this.#map, target);
    await this.load();
    for (const part of this.querySelectorAll<HTMLElement>("[data-map-part]")) part.hidden = false;
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#map?.setTarget(undefined);
    this.#map = undefined;
  }

  attributeChangedCallback(): void {
    if (this.#map) void this.load();
  }

  build(map: OlMap, target: HTMLElement): void {
    const shapes = new VectorLayer({
      source: this.#shapes,
      style: () => new Style({ fill: new Fill({ color: `${token("action")}33` }), stroke: new Stroke({ color: token("action"), width: 2 }) }),
    });
    const marks = new Cluster({ source: this.#marks, distance: TOO_CLOSE, minDistance: TOO_CLOSE / 2 });
    this.#layer = new VectorLayer({ source: marks, style: (mark) => markStyle(mark as Feature, this.#lit), updateWhileAnimating: true, zIndex: 5 });
    map.addLayer(shapes);
    this.#area = new SearchArea(map, (corners) => this.chooseArea(corners));
    map.addLayer(this.#layer);
    this.#stop = onThemeChange(() => { this.#layer?.changed(); shapes.changed(); });
    if (this.dataset.placesUrl) new Infrastructure(map, this, this.dataset.placesUrl);
    this.listen(map, target);
    this.tools();
  }

  /** Fills the map from the page's own data, or from the address that answers for the same search. */
  async load(): Promise<void> {
    if (this.dataset.inline) return this.fill(JSON.parse(this.dataset.inline) as MapData);
    if (!this.dataset.points) return;
    const turn = ++this.#asked;
    const answer = await fetch(this.dataset.points, { headers: { Accept: "application/json" } }).catch(() => undefined);
    if (answer?.ok && turn === this.#asked) this.fill((await answer.json()) as MapData);
    this.#area?.show(this.areaField?.value ?? "");
    this.offerClear();
  }

  fill(data: MapData): void {
    this.#marks.clear();
    this.#shapes.clear();
    if (data.geometry) this.#shapes.addFeature(format.readFeature({ type: "Feature", properties: {}, geometry: data.geometry }) as Feature);
    this.#marks.addFeatures(gather(data.points));
    if (this.dataset.fit === undefined) return;
    const extent = createEmpty();
    for (const feature of [...this.#marks.getFeatures(), ...this.#shapes.getFeatures()]) extend(extent, feature.getGeometry()!.getExtent());
    const precision = data.points[0]?.precision ?? "municipality";
    if (!isEmpty(extent)) this.#map?.getView().fit(extent, { padding: [48, 48, 48, 48], maxZoom: { exact: 12, settlement: 10, municipality: 8 }[precision] });
  }

  markAt(pixel: number[], tolerance: number): Feature | undefined {
    return this.#map?.forEachFeatureAtPixel(pixel, (found) => (found.get("features") || found.get("place") ? (found as Feature) : undefined), { hitTolerance: tolerance });
  }

  listen(map: OlMap, target: HTMLElement): void {
    map.on("click", (event) => { if (!this.#area?.isDrawing) this.choose(this.markAt(event.pixel, 6)); });
    map.on("pointermove", (event) => {
      if (event.dragging || this.#area?.isDrawing) return;
      const mark = this.markAt(event.pixel, 4);
      const sites = sitesOf(mark);
      target.style.cursor = mark ? "pointer" : "";
      this.light(sites.length === 1 ? sites[0]?.code : undefined, true);
    });
    let moved = false;
    map.on("pointerdrag", () => { moved = true; });
    target.addEventListener("wheel", () => { moved = true; }, { passive: true });
    target.addEventListener("keydown", () => { moved = true; });
    target.addEventListener("click", () => { moved = true; });
    map.on("moveend", () => { if (moved) this.searchHere(map); moved = false; });
    const results = document.getElementById(this.dataset.results ?? "");
    for (const [name, on] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]] as const) {
      results?.addEventListener(name, (event) => {
        const row = (event.target as HTMLElement).closest<HTMLElement>("[data-code]");
        this.light(on ? row?.dataset.code : undefined, false);
      });
    }
  }

  /** Lights one site on the map and, when asked from the map, its row in the list. */
  light(code: string | undefined, inList: boolean): void {
    if (code === this.#lit) return;
    this.#lit = code;
    this.#layer?.changed();
    if (!inList) return;
    for (const row of document.querySelectorAll<HTMLElement>("[data-code]")) row.classList.toggle("is-lit", row.dataset.code === code);
  }

  /** Several places go nearer until they are apart; one opens in words. */
  choose(mark: Feature | undefined): void {
    const members = membersOf(mark);
    const extent = createEmpty();
    for (const one of members) extend(extent, one.getGeometry()!.getExtent());
    if (members.length > 1 && Math.max(getWidth(extent), getHeight(extent)) > 50) {
      this.open([], []);
      this.#map?.getView().fit(extent, { padding: [64, 64, 64, 64], maxZoom: 14, duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 250 });
      return;
    }
    const place = mark?.get("place") as InfrastructurePlace | undefined;
    this.open(sitesOf(mark), place ? [place] : []);
  }

  open(sites: SitePoint[], places: InfrastructurePlace[]): void {
    this.#popup?.remove();
    this.#popup = undefined;
    if (!sites.length && !places.length) return;
    this.#popup = popup(sites, places, this.#labels, () => this.open([], []));
    this.querySelector(".map")?.append(this.#popup);
  }

  get areaField(): HTMLInputElement | null {
    return document.getElementById(this.dataset.area ?? "") as HTMLInputElement | null;
  }

  /** The buttons that draw an area and take it away. */
  tools(): void {
    const draw = this.querySelector<HTMLButtonElement>("button[data-draw]");
    draw?.addEventListener("click", () => this.draw(draw.getAttribute("aria-pressed") !== "true"));
    this.querySelector("button[data-draw-clear]")?.addEventListener("click", () => this.chooseArea(""));
    this.addEventListener("keydown", (event) => { if (event.key === "Escape") this.draw(false); });
    this.offerClear();
  }

  draw(on: boolean): void {
    if (on) this.#area?.begin();
    else this.#area?.end();
    this.querySelector("button[data-draw]")?.setAttribute("aria-pressed", String(on));
    const status = this.querySelector("[data-draw-status]");
    if (status) status.textContent = on ? (this.#labels.drawing ?? "") : "";
  }

  chooseArea(corners: string): void {
    this.draw(false);
    this.#area?.show(corners);
    this.ask({ area: corners, bbox: "" }, true);
    this.offerClear();
  }

  /** The area can be taken away only where there is one. */
  offerClear(): void {
    const button = this.querySelector<HTMLElement>("button[data-draw-clear]");
    if (button) button.hidden = !this.areaField?.value;
  }

  /** Asks for the list of what is in view, when that is wished. */
  searchHere(map: OlMap): void {
    const box = this.querySelector<HTMLInputElement>("input[data-search-here]");
    if (!box?.checked) return;
    const extent = transformExtent(map.getView().calculateExtent(map.getSize()), "EPSG:3857", "EPSG:4326");
    this.ask({ bbox: extent.map((number) => number.toFixed(4)).join(",") }, false);
  }

  ask(changes: Record<string, string>, isStep: boolean): void {
    document.dispatchEvent(new CustomEvent("vv:search", { detail: { changes, isStep } }));
  }
}
