declare module "virtual:land" {
  const geojson: string;
  export default geojson;
}
declare module "topojson-client";
