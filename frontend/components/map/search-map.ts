import type Feature from "ol/Feature";
import type OlMap from "ol/Map";
import { createEmpty, extend, isEmpty } from "ol/extent";
import VectorLayer from "ol/layer/Vector";
import { transformExtent } from "ol/proj";
import VectorSource from "ol/source/Vector";
import { Fill, Stroke, Style } from "ol/style";
import { createMap, format, onThemeChange, readLabels, token, type Labels } from "./base";
import { gather, pointStyle, type SitePoint } from "./points";

/**
 * <vv-map data-points="…json" | data-inline="{…}" data-boundaries data-bounds data-results="results" data-labels="{…}">
 * The list is the source of truth: the map shows the same sites, lights what the list points at, and, when "search as I
 * move" is on, asks the server for the list of what is in view. Without script its inner fallback stands.
 */
export class SearchMap extends HTMLElement {
  #map: OlMap | undefined;
  #source = new VectorSource();
  #lit: string | undefined;
  #labels: Labels = {};
  #popup: HTMLElement | undefined;
  #pending: AbortController | undefined;
  #stop: (() => void) | undefined;

  async connectedCallback(): Promise<void> {
    if (this.#map) return;
    this.#labels = readLabels(this);
    const target = document.createElement("div");
    target.className = this.dataset.size === "small" ? "map map-small" : "map";
    target.tabIndex = 0;
    target.setAttribute("role", "region");
    target.setAttribute("aria-label", this.#labels.map ?? "");
    this.querySelector(".map-fallback")?.remove();
    this.prepend(target);
    const map = (this.#map = await createMap(this, target));
    const layer = new VectorLayer({ source: this.#source, style: (feature) => this.style_(feature as Feature), updateWhileAnimating: true });
    map.addLayer(layer);
    this.#stop = onThemeChange(() => layer.changed());
    this.listen(map, target);
    await this.load();
    for (const part of this.querySelectorAll<HTMLElement>("[data-map-part]")) part.hidden = false;
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#map?.setTarget(undefined);
    this.#map = undefined;
  }

  style_(feature: Feature): Style | Style[] {
    if (feature.get("sites")) return pointStyle(feature, this.#lit);
    return new Style({ fill: new Fill({ color: `${token("action")}33` }), stroke: new Stroke({ color: token("action"), width: 2 }) });
  }

  /** Fills the map from the page's own data, or from the address that answers for the same search. */
  async load(): Promise<void> {
    if (this.dataset.inline) return this.fill(JSON.parse(this.dataset.inline) as { points: SitePoint[]; geometry?: GeoJSON.Geometry });
    if (!this.dataset.points) return;
    const answer = await fetch(this.dataset.points, { headers: { Accept: "application/json" } }).catch(() => undefined);
    if (answer?.ok) this.fill((await answer.json()) as { points: SitePoint[] });
  }

  fill(data: { points: SitePoint[]; geometry?: GeoJSON.Geometry | null }): void {
    this.#source.clear();
    if (data.geometry) this.#source.addFeature(format.readFeature({ type: "Feature", properties: {}, geometry: data.geometry }) as Feature);
    this.#source.addFeatures(gather(data.points));
    if (this.dataset.fit === undefined) return;
    const extent = createEmpty();
    for (const feature of this.#source.getFeatures()) extend(extent, feature.getGeometry()!.getExtent());
    const precision = data.points[0]?.precision ?? "municipality";
    if (!isEmpty(extent)) this.#map?.getView().fit(extent, { padding: [48, 48, 48, 48], maxZoom: { exact: 12, settlement: 10, municipality: 8 }[precision] });
  }

  listen(map: OlMap, target: HTMLElement): void {
    map.on("click", (event) => this.open(map.forEachFeatureAtPixel(event.pixel, (feature) => feature as Feature, { hitTolerance: 6 })));
    map.on("pointermove", (event) => {
      if (event.dragging) return;
      const feature = map.forEachFeatureAtPixel(event.pixel, (found) => found as Feature, { hitTolerance: 4 });
      const sites = feature?.get("sites") as SitePoint[] | undefined;
      target.style.cursor = sites ? "pointer" : "";
      this.light(sites?.length === 1 ? sites[0]?.code : undefined, true);
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
    this.#source.changed();
    if (!inList) return;
    for (const row of document.querySelectorAll<HTMLElement>("[data-code]")) row.classList.toggle("is-lit", row.dataset.code === code);
  }

  open(feature: Feature | undefined): void {
    this.#popup?.remove();
    this.#popup = undefined;
    const sites = feature?.get("sites") as SitePoint[] | undefined;
    if (!sites) return;
    const popup = document.createElement("div");
    popup.className = "map-popup";
    popup.setAttribute("role", "group");
    popup.setAttribute("aria-label", this.#labels.chosen ?? "");
    const list = document.createElement("ul");
    for (const site of sites.slice(0, 12)) list.append(this.line(site));
    popup.append(this.closer(), list);
    if (sites.length > 12) popup.append(document.createTextNode(`+ ${sites.length - 12}`));
    this.querySelector(".map")?.append(popup);
    this.#popup = popup;
  }

  line(site: SitePoint): HTMLElement {
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = site.url;
    link.textContent = site.name;
    const where = document.createElement("div");
    where.textContent = [site.place, site.precision_label].filter(Boolean).join(" · ");
    row.append(link);
    if (site.example) {
      const badge = document.createElement("span");
      badge.className = "badge-example";
      badge.textContent = site.example;
      row.append(" ", badge);
    }
    row.append(where);
    if (site.quality) {
      const quality = document.createElement("div");
      quality.textContent = site.quality;
      row.append(quality);
    }
    return row;
  }

  closer(): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "map-tool map-close";
    button.textContent = "×";
    button.setAttribute("aria-label", this.#labels.close ?? "");
    button.addEventListener("click", () => this.open(undefined));
    return button;
  }

  /** Asks for the list of what is in view and puts it in the list's place; the address stays shareable. */
  searchHere(map: OlMap): void {
    const box = this.querySelector<HTMLInputElement>("input[data-search-here]");
    const results = document.getElementById(this.dataset.results ?? "");
    if (!box?.checked || !results) return;
    const extent = transformExtent(map.getView().calculateExtent(map.getSize()), "EPSG:3857", "EPSG:4326");
    const address = new URL(location.href);
    address.searchParams.set("bbox", extent.map((number) => number.toFixed(4)).join(","));
    address.searchParams.delete("page");
    void this.replaceResults(address, results);
  }

  async replaceResults(address: URL, results: HTMLElement): Promise<void> {
    this.#pending?.abort();
    this.#pending = new AbortController();
    const asked = new URL(address);
    asked.searchParams.set("fragment", "results");
    try {
      const answer = await fetch(asked, { signal: this.#pending.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const read = new DOMParser().parseFromString(await answer.text(), "text/html");
      results.replaceChildren(...read.body.childNodes);
      history.replaceState(history.state, "", address);
    } catch {
      /* A newer move has taken over, or the network is away: the list stays as it was. */
    }
  }
}
