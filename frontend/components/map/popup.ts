import type { Labels } from "./base";
import type { InfrastructurePlace } from "./infrastructure";
import type { SitePoint } from "./points";

const MOST = 12;

function part(name: string, text: string, className = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function siteLine(site: SitePoint): HTMLElement {
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.href = site.url;
  link.textContent = site.name;
  row.append(link);
  if (site.example) row.append(" ", part("span", site.example, "badge-example"));
  row.append(part("div", [site.place, site.precision_label].filter(Boolean).join(" · ")));
  if (site.quality) row.append(part("div", site.quality));
  return row;
}

function placeLine(place: InfrastructurePlace): HTMLElement {
  const row = document.createElement("li");
  row.append(part("strong", place.name), part("div", [place.label, place.precision_label].filter(Boolean).join(" · ")));
  if (place.status) row.append(part("div", place.status));
  return row;
}

/** What was chosen on the map, in words, with a button that puts it away. */
export function popup(sites: SitePoint[], places: InfrastructurePlace[], labels: Labels, close: () => void): HTMLElement {
  const box = document.createElement("div");
  box.className = "map-popup";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", labels.chosen ?? "");
  const button = part("button", "×", "map-tool map-close") as HTMLButtonElement;
  button.type = "button";
  button.setAttribute("aria-label", labels.close ?? "");
  button.addEventListener("click", close);
  const list = document.createElement("ul");
  list.append(...sites.slice(0, MOST).map(siteLine), ...places.map(placeLine));
  box.append(button, list);
  if (sites.length > MOST) box.append(`+ ${sites.length - MOST}`);
  return box;
}
