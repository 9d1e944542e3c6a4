/**
 * The search page answers in place: the same form and the same addresses as without script, but only the parts that change are
 * put anew (`[data-part]`). The focus stays, the number of results is told, and the way back works.
 */
import { askForParts, put } from "./swapping";

/** What the map asks: changes of the address, and whether that is a step of its own in the history. */
interface MapWish {
  changes: Record<string, string>;
  isStep: boolean;
}

type Step = "push" | "replace" | "none";
const REMEMBERED = "vetovoima-map";

/** On small screens the filters are a sheet over the page: what lies under it cannot be reached until it closes. */
function sheet(): void {
  const opener = document.querySelector<HTMLButtonElement>("button[data-sheet]");
  const box = document.getElementById(opener?.dataset.sheet ?? "");
  if (!opener || !box) return;
  const under = () => [...document.querySelectorAll<HTMLElement>("body > header, body > footer, .skip-link, .search-head, .search-main")];
  const set = (open: boolean) => {
    if (open === box.classList.contains("is-sheet")) return;
    box.classList.toggle("is-sheet", open);
    opener.setAttribute("aria-expanded", String(open));
    box.setAttribute("role", open ? "dialog" : "group");
    if (open) box.setAttribute("aria-modal", "true");
    else box.removeAttribute("aria-modal");
    document.documentElement.classList.toggle("has-sheet", open);
    for (const part of under()) part.inert = open;
    (open ? box : opener).focus();
  };
  opener.addEventListener("click", () => set(true));
  box.addEventListener("click", (event) => { if ((event.target as HTMLElement).closest("[data-sheet-close]")) set(false); });
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") set(false); });
  matchMedia("(min-width: 64rem)").addEventListener("change", (wide) => { if (wide.matches) set(false); });
}

class SearchPage {
  #pending: AbortController | undefined;
  readonly #form: HTMLFormElement;
  readonly #map: HTMLDetailsElement | null;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#map = document.querySelector<HTMLDetailsElement>("details[data-map-view]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.go(this.asked(), "push");
    });
    form.addEventListener("change", (event) => {
      if ((event.target as HTMLElement).matches("[data-refreshes-on-change]")) void this.go(this.asked(), "push");
    });
    form.addEventListener("click", (event) => this.follow(event));
    document.addEventListener("vv:search", (event) => this.fromMap((event as CustomEvent<MapWish>).detail));
    addEventListener("popstate", () => {
      this.readBack(new URL(location.href));
      void this.go(new URL(location.href), "none");
    });
    this.rememberMap();
  }

  /** The address that the form stands for, without what is empty. */
  asked(): URL {
    const address = new URL(this.#form.action, location.href);
    for (const [name, value] of new FormData(this.#form)) if (typeof value === "string" && value.trim()) address.searchParams.append(name, value.trim());
    return address;
  }

  /** A link of the results that leads to another search is followed here. */
  follow(event: MouseEvent): void {
    const link = (event.target as HTMLElement).closest<HTMLAnchorElement>("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const address = new URL(link.href);
    if (address.pathname !== new URL(this.#form.action, location.href).pathname || address.origin !== location.origin) return;
    if (address.hash && address.search === location.search) return; // a place on this page
    event.preventDefault();
    this.readBack(address);
    void this.go(address, "push").then(() => { if (link.rel) document.getElementById("results")?.scrollIntoView({ block: "start" }); });
  }

  fromMap({ changes, isStep }: MapWish): void {
    const address = this.asked();
    for (const [name, value] of Object.entries(changes)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    void this.go(address, isStep ? "push" : "replace");
  }

  /** Fields that are not put anew take over what an address says. */
  readBack(address: URL): void {
    for (const field of this.#form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-read-back]")) field.value = address.searchParams.get(field.name) ?? "";
  }

  async go(asked: URL, step: Step): Promise<void> {
    this.#pending?.abort();
    const pending = (this.#pending = new AbortController());
    if (this.#map?.open) asked.searchParams.set("view", "map");
    else asked.searchParams.delete("view");
    const results = document.getElementById("results");
    results?.setAttribute("aria-busy", "true");
    let title = "";
    let address = asked;
    try {
      const answer = await askForParts(asked, "parts", pending.signal);
      // Words that were read as filters have left their field.
      if (answer.address.href !== asked.href) this.readBack(answer.address);
      this.put(answer.parts);
      title = answer.parts.title;
      address = answer.address;
    } catch {
      if (!pending.signal.aborted) location.assign(asked); // the plain way shows what is wrong
      return;
    }
    results?.removeAttribute("aria-busy");
    if (step === "push" && address.href !== location.href) history.pushState(null, "", address);
    else if (step !== "none") history.replaceState(history.state, "", address);
    if (title) document.title = title; // after the step: what lies behind it keeps its own
  }

  put(answer: Document): void {
    for (const part of document.querySelectorAll<HTMLElement>("[data-part]")) {
      const fresh = answer.querySelector<HTMLElement>(`[data-part="${part.dataset.part}"]`);
      if (fresh) put(part, fresh, this.#form);
    }
    const told = document.querySelector("[data-results-told]");
    const said = document.querySelectorAll("#results [data-results-count], #results [data-results-page], #results [data-results-reading]");
    if (told) told.textContent = [...said].map((one) => one.textContent.trim()).join(". ");
    const points = document.querySelector<HTMLElement>("#results [data-points-url]")?.dataset.pointsUrl;
    const map = document.querySelector<HTMLElement>("vv-map[data-results]");
    if (points && map && map.dataset.points !== points) map.dataset.points = points;
  }

  /** Whoever opened the map finds it open again; that it is open stands in the address. */
  rememberMap(): void {
    const map = this.#map;
    if (!map) return;
    try {
      if (localStorage.getItem(REMEMBERED) === "open") map.open = true;
    } catch {
      /* Storage is closed: the map waits to be opened. */
    }
    map.addEventListener("toggle", () => {
      try {
        if (map.open) localStorage.setItem(REMEMBERED, "open");
        else localStorage.removeItem(REMEMBERED);
      } catch {
        /* Not remembered, still open. */
      }
      const address = new URL(location.href);
      if (map.open) address.searchParams.set("view", "map");
      else address.searchParams.delete("view");
      if (address.href !== location.href) history.replaceState(history.state, "", address);
    });
  }
}

const form = document.querySelector<HTMLFormElement>("form[data-search]");
if (form) {
  new SearchPage(form);
  sheet();
}
export {};
