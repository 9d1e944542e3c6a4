import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { feature } from "topojson-client";
import { defineConfig, type Plugin } from "vite";

type Ring = [number, number][];
type Bounds = [west: number, south: number, east: number, north: number];

/** West, south, east, north of the land drawn behind the map. Another part of the world: set VETOVOIMA_LAND_BOUNDS at build time. */
const LAND_BOUNDS = (process.env.VETOVOIMA_LAND_BOUNDS ?? "4,54,42,72").split(",").map(Number) as Bounds;

/** Cut a ring to a box (Sutherland–Hodgman: one half-plane after the other). */
function cut(ring: Ring, [west, south, east, north]: Bounds): Ring {
  const edges: [axis: 0 | 1, limit: number, sign: 1 | -1][] = [[0, west, 1], [0, east, -1], [1, south, 1], [1, north, -1]];
  return edges.reduce<Ring>((points, [axis, limit, sign]) => {
    const inside = (p: [number, number]) => (p[axis] - limit) * sign >= 0;
    return points.flatMap((current, index) => {
      const previous = points[(index + points.length - 1) % points.length]!;
      const share = (limit - previous[axis]) / (current[axis] - previous[axis]);
      const crossing: [number, number] = [
        previous[0] + share * (current[0] - previous[0]),
        previous[1] + share * (current[1] - previous[1]),
      ];
      if (inside(current)) return inside(previous) ? [current] : [crossing, current];
      return inside(previous) ? [crossing] : [];
    });
  }, ring);
}

/** Leave out points nearer than this many degrees to the last one kept: half a pixel at the scale where the outline is the whole map. */
const LAND_DETAIL = 0.02;

function thin(ring: Ring): Ring {
  let last: [number, number] | undefined;
  return ring.filter((point) => {
    if (last && Math.hypot((point[0] - last[0]) / 2, point[1] - last[1]) < LAND_DETAIL) return false;
    last = point;
    return true;
  });
}

/** `virtual:land`: the country outlines of world-atlas, cut to LAND_BOUNDS and thinned, as one GeoJSON text. */
function landOutline(): Plugin {
  return {
    name: "land-outline",
    resolveId: (id) => (id === "virtual:land" ? "\0virtual:land" : undefined),
    load(id) {
      if (id !== "\0virtual:land") return undefined;
      const atlas = JSON.parse(readFileSync(resolve(import.meta.dirname, "node_modules/world-atlas/countries-10m.json"), "utf8"));
      const countries = feature(atlas, atlas.objects.countries) as unknown as GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon>;
      const features = countries.features.flatMap((country) => {
        const polygons = country.geometry.type === "Polygon" ? [country.geometry.coordinates] : country.geometry.coordinates;
        const coordinates = polygons
          .map((rings) => rings.map((ring) => thin(cut(ring as Ring, LAND_BOUNDS))).filter((ring) => ring.length > 4)
            .map((ring) => [...ring, ring[0]!].map(([x, y]) => [Math.round(x * 100) / 100, Math.round(y * 100) / 100])))
          .filter((rings) => rings.length > 0);
        return coordinates.length
          ? [{ type: "Feature", properties: { country: country.id }, geometry: { type: "MultiPolygon", coordinates } }]
          : [];
      });
      return `export default ${JSON.stringify(JSON.stringify({ type: "FeatureCollection", features }))}`;
    },
  };
}

/** htmx carries one `eval`, which the content security policy would stop anyway: it goes out at build time. */
function withoutEval(): Plugin {
  return {
    name: "without-eval",
    transform: (code, id) => (id.includes("/htmx.org/") ? code.replace(/return eval\(str\)/, 'throw new Error("evaluated code is off")') : undefined),
  };
}

/** Files read by a name that never changes; the rest is found through manifest.json. */
const STABLE = new Set(["embed"]);

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  plugins: [landOutline(), withoutEval()],
  build: {
    outDir: resolve(import.meta.dirname, "../src/vetovoima/static/build"),
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    target: ["chrome111", "firefox113", "safari16.4"],
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        portal: resolve(import.meta.dirname, "portal/portal.ts"),
        desk: resolve(import.meta.dirname, "desk/desk.ts"),
        map: resolve(import.meta.dirname, "components/map/index.ts"),
        theme: resolve(import.meta.dirname, "portal/theme.ts"),
        headings: resolve(import.meta.dirname, "tokens/headings.css"),
        embed: resolve(import.meta.dirname, "embed/embed.ts"),
      },
      output: {
        entryFileNames: (chunk) => (STABLE.has(chunk.name) ? "[name].js" : "assets/[name]-[hash].js"),
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
});
