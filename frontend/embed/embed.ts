/**
 * <vetovoima-sites municipality="kuhmo" lang="fi" mode="list"></vetovoima-sites>
 * Shows a region's published sites on any page, as `mode` says: list, map, search, record (with `code`), figures.
 * Reads /embed/data.json of `base` (default: where this script came from), needs no cookie, stores nothing. What is read
 * becomes text nodes. Attributes beside these: lang, theme, height, channel, and every parameter of the search by its own
 * name: kind="plot,premises" min_area="20" sort="area" (see ASKED below). Events: vetovoima-ready, -select, -search, -error.
 * It also fits the height of our frames on the page to what they show. All of it: docs/integrations/embeds.md.
 */
(() => {
  interface Fact { label: string; value: string }
  interface Item {
    code: string; name: string; name_language: string; is_example: boolean; kind: string; availability: string; municipality: string;
    facts: Fact[]; summary: string; summary_language: string; quality: string; place: string; updated: string; url: string; link: string;
  }
  interface Drawn {
    width: number; height: number; credit: string; shapes: { path: string; is_here: boolean }[];
    places: { name: string; x: number; y: number }[]; points: { code: string; x: number; y: number; is_exact: boolean }[];
  }
  interface Answer {
    version: string; heading: string; count: string; total: number; items: Item[]; updated: string; more: string; source: string;
    source_link: string; licence: string; map?: Drawn; figures?: Fact[]; texts: Record<string, string>;
  }
  type Tags = HTMLElementTagNameMap;

  const MODES = ["list", "map", "search", "record", "figures"];
  /** What is said before the service has said anything; all other words come from it. */
  const WORDS: Record<string, { failed: string; all: string }> = {
    fi: { failed: "Kohteita ei saatu haettua. Katso ne täältä:", all: "Kaikki kohteet" },
    en: { failed: "The sites could not be fetched. See them here:", all: "All sites" },
    sv: { failed: "Objekten kunde inte hämtas. Se dem här:", all: "Alla objekt" },
  };
  /** What may be asked: the parameters of the feed, each an attribute of the element. */
  const ASKED = [
    "municipality", "sector", "kind", "availability", "q", "sort", "bbox", "examples", "limit",
    "min_area", "max_area", "min_floor", "max_floor", "min_power", "power_year",
    "min_voltage", "min_water", "max_price", "min_investment", "max_investment", "rail_km",
    "port_km", "airport_km", "substation_km", "near", "radius", "area",
    "queue", "max_lead", "flexible", "redundant", "firm", "grid_confirmed",
    "min_readiness", "rail",
  ];
  /** What the door is told beside that, and what stays here. */
  const BESIDE = ["mode", "channel", "code"];
  const HERE = ["lang", "base", "height", "theme"];
  /** Room that is kept from the start, so that nothing on the page moves when the answer comes; `height` says it exactly. */
  const ROOM: Record<string, number> = { list: 320, map: 480, search: 400, record: 240, figures: 120 };
  const AGAIN_AFTER = 30_000, EVERY = 300_000;

  const STYLE = `
:host{display:block;box-sizing:border-box;font:var(--vetovoima-font,inherit);line-height:1.5;overflow-wrap:anywhere;color:var(--vetovoima-text,var(--_text,inherit));background:var(--vetovoima-paper,var(--_paper,transparent))}
:host([hidden]){display:none}
:host([theme]){padding:1rem}
:host([theme=light]),:host([theme=auto]){--_text:#10231f;--_paper:#f8f6f0;--_link:#0b4f6c;color-scheme:light}
:host([theme=dark]){--_text:#e8efee;--_paper:#0c1517;--_link:#8ccbe6;color-scheme:dark}
@media(prefers-color-scheme:dark){:host([theme=auto]){--_text:#e8efee;--_paper:#0c1517;--_link:#8ccbe6;color-scheme:dark}}
ul{list-style:none;margin:0;padding:0;border-top:2px solid}
li{padding:.75em 0;border-bottom:1px solid var(--vetovoima-line,#8a8a8a80)}
a{color:var(--vetovoima-link,var(--_link,LinkText));font-weight:600;text-underline-offset:.18em;display:inline-block;padding:3px 0}
p{margin:.15em 0 0}
.example{display:inline-block;margin-left:.5em;padding:0 .4em;border:1px dashed;font-size:.75em;font-weight:700}
.facts,.foot{font-size:.9em}
.foot{display:flex;flex-wrap:wrap;gap:.25em 1.5em;justify-content:space-between;padding-top:.5em}
dl{display:grid;gap:.5em 1.5em;grid-template-columns:repeat(auto-fill,minmax(min(100%,11em),1fr));margin:.5em 0 0}
dd{margin:0;font-weight:600}
.figures dd{font-size:1.6em;line-height:1.2}
form{display:flex;flex-wrap:wrap;gap:.5em 1em;align-items:end;margin:0 0 .75em}
label{display:grid;gap:.15em;flex:1 1 12em}
input,button{font:inherit;color:inherit;background:transparent;border:1px solid;border-radius:4px;min-height:44px;min-width:0;padding:.3em .7em;box-sizing:border-box}
button{font-weight:600;cursor:pointer}
svg{display:block;width:100%;height:auto;max-height:30em;color:var(--vetovoima-link,var(--_link,LinkText));margin:0 0 .5em}
svg text{fill:var(--vetovoima-text,var(--_text,CanvasText));font-size:18px;text-anchor:middle}
circle{cursor:pointer}
:focus-visible{outline:3px solid;outline-offset:2px}`;

  const script = document.currentScript ?? document.querySelector('script[src*="/embed.js"]');
  const here = script instanceof HTMLScriptElement && script.src ? new URL(script.src).origin : location.origin;
  /** What this page has told already: once for each version is enough. */
  const told = new Set<string>();

  function element<K extends keyof Tags>(name: K, text = "", className = ""): Tags[K] {
    const made = document.createElement(name);
    if (text) made.append(document.createTextNode(text));
    if (className) made.className = className;
    return made;
  }

  function drawn(name: string, attributes: Record<string, string | number>, text = ""): SVGElement {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    if (text) made.append(document.createTextNode(text));
    return made;
  }

  /** Only addresses of the web are followed; anything else stays text. */
  function address(value: unknown, base: string): string {
    try {
      const url = new URL(String(value ?? ""), base);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : "";
    } catch {
      return "";
    }
  }

  /** Tell which version this page shows. Our own pages need not: they are always what is published. */
  function tell(base: string, said: Record<string, string>): void {
    const body = JSON.stringify({ ...said, page: location.origin + location.pathname });
    if (location.origin === base || told.has(body)) return;
    told.add(body);
    void fetch(new URL("/embed/shown/", base), {
      method: "POST", body, mode: "no-cors", credentials: "omit", keepalive: true, referrerPolicy: "origin", headers: { "Content-Type": "text/plain" },
    }).catch(() => undefined);
  }

  class VetovoimaSites extends HTMLElement {
    static observedAttributes = [...HERE, ...BESIDE, ...ASKED];
    #root = this.attachShadow({ mode: "open" });
    #room = new CSSStyleSheet();
    #turn = 0;
    #waits = false;
    #askedAt = 0;
    #shown = "";
    #words: string | undefined;
    #results: HTMLElement | undefined;

    connectedCallback(): void {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      // through the CSSOM, so that a strict style-src on the page is no hindrance
      this.#root.adoptedStyleSheets = [sheet, this.#room];
      this.reserve();
      this.change();
    }

    attributeChangedCallback(name: string, before: string | null, after: string | null): void {
      if (before === after || !this.isConnected) return;
      if (name === "height" || name === "mode") this.reserve();
      if (name === "q") this.#words = undefined;
      if (name !== "height" && name !== "theme") this.change();
    }

    /** Several attributes that change together are one change. */
    change(): void {
      if (this.#waits) return;
      this.#waits = true;
      queueMicrotask(() => {
        this.#waits = false;
        this.#shown = "";
        this.#results = undefined;
        void this.load();
      });
    }

    get language(): string {
      const asked = (this.getAttribute("lang") ?? this.closest("[lang]")?.getAttribute("lang") ?? "en").slice(0, 2);
      return asked in WORDS ? asked : "en";
    }

    get mode(): string {
      const asked = this.getAttribute("mode") ?? "";
      return MODES.includes(asked) ? asked : "list";
    }

    get base(): string {
      return address(this.getAttribute("base") ?? here, location.href) ? new URL(this.getAttribute("base") ?? here, location.href).origin : here;
    }

    reserve(): void {
      const height = Number(this.getAttribute("height"));
      const exact = Number.isFinite(height) && height > 0;
      this.#room.replaceSync(exact ? `:host{height:${Math.round(height)}px;overflow:auto}` : `:host{min-height:${ROOM[this.mode]}px}`);
    }

    /** The question as the door and our own search page take it. */
    asked(): URLSearchParams {
      const found = new URLSearchParams({ lang: this.language });
      for (const name of [...BESIDE, ...ASKED]) {
        const value = name === "mode" ? this.mode : name === "q" ? (this.#words ?? this.getAttribute("q")) : this.getAttribute(name);
        if (value) found.set(name, value);
      }
      return found;
    }

    /** Fetch and show. `quietly`: what is shown already stays when nothing newer is there, or nothing comes. */
    async load(quietly = false): Promise<void> {
      const turn = ++this.#turn, base = this.base, asked = this.asked();
      this.#askedAt = Date.now();
      try {
        const answer = await fetch(new URL(`/embed/data.json?${asked}`, base), {
          cache: "no-cache", credentials: "omit", referrerPolicy: "no-referrer", headers: { Accept: "application/json" },
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const read = (await answer.json()) as Answer;
        if (turn !== this.#turn || !this.isConnected) return;
        if (quietly && read.version === this.#shown) return;
        this.show(read, base);
        this.#shown = read.version;
        this.setAttribute("data-vetovoima-version", read.version);
        tell(base, {
          channel: this.getAttribute("channel") ?? "", way: "component", municipality: this.getAttribute("municipality") ?? "",
          language: this.language, version: read.version,
        });
        this.say("ready", { mode: this.mode, version: read.version, total: read.total });
      } catch (error) {
        if (turn !== this.#turn || quietly) return;
        this.fail(base);
        this.say("error", { reason: error instanceof Error ? error.message : "" });
      }
    }

    /** Once more, when the page is looked at again or has been open for long. */
    again(): void {
      if (Date.now() - this.#askedAt > AGAIN_AFTER) void this.load(Boolean(this.#shown));
    }

    say(what: string, detail: object, cancelable = false): boolean {
      return this.dispatchEvent(new CustomEvent(`vetovoima-${what}`, { detail, bubbles: true, composed: true, cancelable }));
    }

    begin(label: string): HTMLElement {
      const box = element("div");
      box.lang = this.language;
      if (label) box.setAttribute("aria-label", label);
      box.setAttribute("role", "group");
      if (this.hasAttribute("height")) box.tabIndex = 0; // it scrolls, also for those who have no mouse
      this.#root.replaceChildren(box);
      return box;
    }

    show(read: Answer, base: string): void {
      if (!this.#results) {
        const box = this.begin(read.heading);
        if (this.mode === "search") box.append(this.form(read));
        this.#results = element("div");
        box.append(this.#results);
      }
      const parts: Node[] = [];
      if (this.mode === "search") {
        const status = this.#root.querySelector("[role=status]");
        if (status) status.textContent = read.count;
      }
      if (read.map) parts.push(...this.picture(read, read.map));
      if (read.figures) parts.push(this.facts(read.figures, "figures"), element("p", read.texts.not_counted, "facts"));
      else if (!read.items.length) parts.push(element("p", this.mode === "record" ? read.texts.no_record : read.texts.none));
      else parts.push(this.list(read, base));
      parts.push(this.foot(read, base));
      this.#results.replaceChildren(...parts);
    }

    list(read: Answer, base: string): HTMLElement {
      const list = element("ul");
      list.setAttribute("aria-label", read.heading);
      for (const item of read.items) {
        const row = element("li");
        const link = address(item.link, base);
        const title = element(link ? "a" : "strong", item.name || item.code);
        title.lang = item.name_language;
        if (title instanceof HTMLAnchorElement) {
          title.href = link;
          title.dataset.code = item.code;
          title.addEventListener("click", (event) => {
            if (!this.say("select", { code: item.code, name: item.name, url: item.url }, true)) event.preventDefault();
          });
        }
        row.append(title);
        if (item.is_example) row.append(element("span", read.texts.example, "example"));
        row.append(...(this.mode === "record" ? this.whole(item) : this.short(item)));
        list.append(row);
      }
      return list;
    }

    short(item: Item): HTMLElement[] {
      const facts = [item.kind, item.municipality, item.availability, ...item.facts.map((fact) => `${fact.label} ${fact.value}`)].filter(Boolean);
      return [element("p", facts.join(" · "), "facts"), element("p", item.quality, "facts")];
    }

    whole(item: Item): HTMLElement[] {
      const summary = element("p", item.summary);
      summary.lang = item.summary_language;
      return [
        element("p", [item.kind, item.municipality, item.availability].join(" · "), "facts"), summary, this.facts(item.facts),
        element("p", [item.quality, item.place, item.updated].join(" · "), "facts"),
      ];
    }

    facts(facts: Fact[], className = ""): HTMLElement {
      const list = element("dl", "", className);
      for (const fact of facts) {
        const pair = element("div");
        pair.append(element("dt", fact.label), element("dd", fact.value));
        list.append(pair);
      }
      return list;
    }

    /** The picture is for eyes; the list below it says the same to everybody. */
    picture(read: Answer, map: Drawn): Node[] {
      const svg = drawn("svg", { viewBox: `0 0 ${map.width} ${map.height}`, width: map.width, height: map.height, role: "img", "aria-label": read.texts.map ?? "", fill: "none", stroke: "currentColor" });
      for (const shape of map.shapes) svg.append(drawn("path", { d: shape.path, "stroke-opacity": 0.5, fill: "currentColor", "fill-opacity": shape.is_here ? 0.12 : 0.04 }));
      for (const place of map.places) svg.append(drawn("text", { x: place.x, y: place.y, stroke: "none", "fill-opacity": 0.75 }, place.name));
      for (const point of map.points) {
        const circle = drawn("circle", { cx: point.x, cy: point.y, r: 9, "stroke-width": 3, fill: "currentColor", "fill-opacity": point.is_exact ? 1 : 0.25 });
        circle.append(drawn("title", {}, read.items.find((item) => item.code === point.code)?.name ?? point.code));
        circle.addEventListener("click", () => this.#root.querySelector<HTMLElement>(`a[data-code="${CSS.escape(point.code)}"]`)?.focus());
        svg.append(circle);
      }
      return map.credit ? [svg, element("p", map.credit, "facts")] : [svg];
    }

    form(read: Answer): HTMLElement {
      const form = element("form"), label = element("label", read.texts.words), field = element("input"), status = element("p");
      form.setAttribute("role", "search");
      field.type = "search";
      field.maxLength = 200;
      field.value = this.#words ?? this.getAttribute("q") ?? "";
      label.append(field);
      status.setAttribute("role", "status");
      form.append(label, element("button", read.texts.search), status);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#words = field.value.trim();
        this.say("search", { words: this.#words });
        void this.load();
      });
      return form;
    }

    foot(read: Answer, base: string): HTMLElement {
      const foot = element("p", "", "foot");
      if (read.updated) foot.append(element("span", read.texts.updated));
      foot.append(this.link(read.texts.all ?? "", read.more, base), this.link(read.source, read.source_link, base));
      return foot;
    }

    link(text: string, to: string, base: string): HTMLElement {
      const made = element("a", text);
      made.href = address(to, base) || base;
      return made;
    }

    fail(base: string): void {
      const words = WORDS[this.language]!, line = element("p", `${words.failed} `);
      const asked = this.asked();
      for (const name of [...BESIDE, "lang", "limit", "examples"]) asked.delete(name);
      line.append(this.link(words.all, `/${this.language}/sites/?${asked}`, base));
      this.#results = undefined;
      this.begin("").append(line);
    }
  }

  /** Our frames say how high they are. Believed are only frames of this page that show ours, and only a sensible height. */
  function frames(): HTMLIFrameElement[] {
    return [...document.querySelectorAll("iframe")].filter((one) => {
      const to = one.src && address(one.src, location.href);
      return to !== "" && new URL(to).origin === here;
    });
  }
  addEventListener("message", (event: MessageEvent<unknown>) => {
    const said = event.data as { type?: unknown; height?: unknown } | null;
    if (event.origin !== here || !said || said.type !== "vetovoima:height") return;
    const height = said.height;
    if (typeof height !== "number" || !Number.isInteger(height) || height < 1 || height > 20_000) return;
    const frame = frames().find((one) => one.contentWindow === event.source);
    if (frame && !("fixed" in frame.dataset)) frame.style.height = `${height}px`;
  });

  /** What a server has put into the page is told too: no script of its own does. */
  function begin(): void {
    for (const frame of frames()) frame.contentWindow?.postMessage({ type: "vetovoima:ask" }, here);
    for (const one of document.querySelectorAll<HTMLElement>("section[data-vetovoima-version]")) {
      const { vetovoimaVersion = "", municipality = "", channel = "" } = one.dataset;
      tell(here, { channel, way: "fragment", municipality, language: one.lang, version: vetovoimaVersion });
    }
  }

  if (customElements.get("vetovoima-sites")) return;
  customElements.define("vetovoima-sites", VetovoimaSites);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
  const again = () => {
    if (document.hidden) return;
    for (const one of document.querySelectorAll<VetovoimaSites>("vetovoima-sites")) one.again();
  };
  document.addEventListener("visibilitychange", again);
  setInterval(again, EVERY);
})();
