import Feature from "ol/Feature";
import Point from "ol/geom/Point";
import { fromLonLat } from "ol/proj";
import { Circle, Fill, Stroke, Style, Text } from "ol/style";
import { once, token } from "./base";

/** What the list's twin on the map needs to know of one site. */
export interface SitePoint {
  code: string;
  name: string;
  url: string;
  latitude: number | null;
  longitude: number | null;
  precision: "exact" | "settlement" | "municipality";
  place: string;
  precision_label: string;
  example?: string;
  quality?: string;
}

/** Sites at the very same place (often a municipality's centre) become one mark with their number. */
export function gather(points: SitePoint[]): Feature<Point>[] {
  const groups = new Map<string, SitePoint[]>();
  for (const point of points) {
    if (typeof point.latitude !== "number" || typeof point.longitude !== "number") continue;
    const key = `${point.latitude.toFixed(4)} ${point.longitude.toFixed(4)} ${point.precision}`;
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  return [...groups.values()].map((sites) => {
    const [first] = sites as [SitePoint];
    return new Feature({ geometry: new Point(fromLonLat([first.longitude!, first.latitude!])), sites });
  });
}

/** The places that a mark stands for: one, or several that lie too close together to be told apart. */
export function membersOf(mark: Feature | undefined): Feature[] {
  return (mark?.get("features") as Feature[] | undefined) ?? (mark ? [mark] : []);
}

/** Every site that a mark stands for. */
export function sitesOf(mark: Feature | undefined): SitePoint[] {
  return membersOf(mark).flatMap((one) => (one.get("sites") as SitePoint[] | undefined) ?? []);
}

/** One place by how exactly it is known, several as a disc with their number. */
export function markStyle(mark: Feature, lit: string | undefined): Style[] {
  const members = membersOf(mark);
  const sites = sitesOf(mark);
  const isLit = sites.some((site) => site.code === lit);
  const number = numberOf(sites);
  if (members.length > 1) return once(`cluster ${number} ${isLit}`, () => clusterStyle(number, sites.length, isLit));
  const precision = sites[0]?.precision ?? "municipality";
  const said = sites.length > 1 ? number : "";
  return once(`point ${precision} ${said} ${isLit}`, () => pointStyle(precision, said, isLit));
}

/** How many a mark stands for, as beside the filters: the real ones, and after a plus sign the examples. */
function numberOf(sites: SitePoint[]): string {
  const examples = sites.filter((site) => site.example).length;
  const real = sites.length - examples;
  return examples ? `${real || ""}+${examples}` : String(real);
}

function clusterStyle(number: string, count: number, isLit: boolean): Style[] {
  const radius = 13 + Math.min(9, Math.log2(count) * 1.6) + (isLit ? 3 : 0);
  return [new Style({
    image: new Circle({ radius, fill: new Fill({ color: token("action") }), stroke: new Stroke({ color: isLit ? token("ink") : token("surface"), width: isLit ? 4 : 2 }) }),
    text: new Text({ text: number, font: "600 13px 'Source Sans 3 Variable', sans-serif", fill: new Fill({ color: token("on-action") }) }),
    zIndex: isLit ? 12 : 5,
  })];
}

/** Exact: filled. Settlement: a ring. Municipality: a wide dashed ring. The number, where there is one, says how many share the place. */
function pointStyle(precision: SitePoint["precision"], number: string, isLit: boolean): Style[] {
  const colour = token("action");
  const width = isLit ? 4 : 2;
  const radius = { exact: 7, settlement: 9, municipality: 14 }[precision] + (isLit ? 2 : 0);
  const fill = precision === "exact" ? colour : isLit ? token("tint") : "rgba(255,255,255,0.01)";
  const stroke = new Stroke({ color: precision === "exact" && !isLit ? token("surface") : colour, width, lineDash: precision === "municipality" ? [4, 4] : undefined });
  const styles = [new Style({ image: new Circle({ radius, fill: new Fill({ color: fill }), stroke }), zIndex: isLit ? 10 : precision === "exact" ? 2 : 1 })];
  if (number) {
    styles.push(new Style({
      text: new Text({
        text: number, font: "600 13px 'Source Sans 3 Variable', sans-serif", fill: new Fill({ color: token("ink") }),
        stroke: new Stroke({ color: token("surface"), width: 3 }), offsetY: precision === "exact" ? -16 : 0,
      }),
      zIndex: 11,
    }));
  }
  return styles;
}
