/**
 * <vetovoima-sites municipality="kuhmo" lang="fi" base="https://..."></vetovoima-sites>
 * Shows a region's published sites on any page. Reads /feeds/sites.json of `base` (default: where this script came from), needs
 * no cookie, sends nothing. Everything from the feed becomes text nodes. Attributes: lang, base, limit, and every parameter of
 * the search by its own name: kind="plot,premises" min_area="20" rail_km="5" sort="area" (see ASKED below).
 * Colours follow the page: --vetovoima-text, --vetovoima-link, --vetovoima-line.
 */
(() => {
  type Words = { heading: string; updated: string; example: string; none: string; failed: string; source: string; readiness: string; known: string; code: string };
  type Labelled = { value?: string; label?: string } | string | null | undefined;
  type Named = { text?: string; name?: string; language?: string } | string | null | undefined;
  type Item = Record<string, unknown>;

  const WORDS: Record<string, Words> = {
    fi: { heading: "Vapaat kohteet", updated: "päivitetty", example: "ESIMERKKI", none: "Julkaistuja kohteita ei ole juuri nyt.", failed: "Kohteita ei saatu haettua. Katso ne täältä:", source: "Kaikki kohteet", readiness: "valmius", known: "tiedossa", code: "fi" },
    en: { heading: "Available sites", updated: "updated", example: "EXAMPLE", none: "No published sites just now.", failed: "The sites could not be fetched. See them here:", source: "All sites", readiness: "readiness", known: "known", code: "en" },
    sv: { heading: "Lediga objekt", updated: "uppdaterad", example: "EXEMPEL", none: "Inga publicerade objekt just nu.", failed: "Objekten kunde inte hämtas. Se dem här:", source: "Alla objekt", readiness: "beredskap", known: "känt", code: "sv" },
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

  const STYLE = `
:host{display:block;font:inherit;line-height:1.5;color:var(--vetovoima-text,inherit);min-height:8rem}
ul{list-style:none;margin:0;padding:0;border-top:2px solid}
li{padding:.75em 0;border-bottom:1px solid var(--vetovoima-line,#8a8a8a80)}
a{color:var(--vetovoima-link,LinkText);font-weight:600;text-underline-offset:.18em;display:inline-block;padding:2px 0}
p{margin:.15em 0 0}
.example{display:inline-block;margin-left:.5em;padding:0 .4em;border:1px dashed;font-size:.75em;font-weight:700}
.facts,.foot{font-size:.9em}
.foot{display:flex;flex-wrap:wrap;gap:.25em 1.5em;justify-content:space-between;padding-top:.5em}
:focus-visible{outline:3px solid;outline-offset:2px}`;

  const script = document.currentScript ?? document.querySelector('script[src*="/embed.js"]');
  const here = script instanceof HTMLScriptElement && script.src ? new URL(script.src).origin : location.origin;
  const word = (value: Labelled | Named): string =>
    typeof value === "string" ? value
      : value && typeof value === "object" ? (("label" in value && value.label) || ("text" in value && value.text) || ("name" in value && value.name) || "") : "";

  function element<K extends keyof HTMLElementTagNameMap>(name: K, text = "", className = ""): HTMLElementTagNameMap[K] {
    const made = document.createElement(name);
    if (text) made.append(document.createTextNode(text));
    if (className) made.className = className;
    return made;
  }

  /** Only addresses of the web are followed; anything else in the feed stays text. */
  function address(value: unknown, base: string): string {
    try {
      const url = new URL(String(value ?? ""), base);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : "";
    } catch {
      return "";
    }
  }

  class VetovoimaSites extends HTMLElement {
    static observedAttributes = ["lang", "base", ...ASKED];
    #root = this.attachShadow({ mode: "open" });
    #asked = 0;

    connectedCallback(): void { void this.load(); }
    attributeChangedCallback(): void { if (this.isConnected) void this.load(); }

    get language(): string {
      const asked = (this.getAttribute("lang") ?? this.closest("[lang]")?.getAttribute("lang") ?? "en").slice(0, 2);
      return asked in WORDS ? asked : "en";
    }

    async load(): Promise<void> {
      const turn = ++this.#asked;
      const base = this.getAttribute("base") ?? here;
      const feed = new URL("/feeds/sites.json", base);
      feed.searchParams.set("lang", this.language);
      for (const name of ASKED) {
        const value = this.getAttribute(name);
        if (value) feed.searchParams.set(name, value);
      }
      try {
        const answer = await fetch(feed, { credentials: "omit", referrerPolicy: "no-referrer", headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const read = (await answer.json()) as { items?: Item[]; updated_at?: string };
        if (turn === this.#asked) this.show(read.items ?? [], base);
      } catch {
        if (turn === this.#asked) this.fail(base);
      }
    }

    /** The styles go in through the CSSOM, so a strict style-src on the host page is no hindrance. */
    begin(): HTMLElement {
      const box = element("div");
      box.lang = this.language;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      this.#root.adoptedStyleSheets = [sheet];
      this.#root.replaceChildren(box);
      return box;
    }

    show(items: Item[], base: string): void {
      const words = WORDS[this.language]!;
      const box = this.begin();
      if (!items.length) box.append(element("p", words.none));
      else box.append(this.list(items, base, words));
      box.append(this.foot(items, base, words));
    }

    list(items: Item[], base: string, words: Words): HTMLElement {
      const list = element("ul");
      list.setAttribute("aria-label", words.heading);
      for (const item of items) {
        const extra = (item._vetovoima ?? item) as Item;
        const row = element("li");
        const name = word((extra.name ?? item.title) as Named) || String(extra.code ?? "");
        const link = address(item.url ?? extra.url, base);
        const title = link ? element("a", name) : element("strong", name);
        if (link) (title as HTMLAnchorElement).href = link;
        row.append(title);
        if (extra.is_example) row.append(element("span", words.example, "example"));
        const place = word(extra.municipality as Named);
        const facts = [word(extra.kind as Labelled), place, this.area(extra), word(extra.availability as Labelled)].filter(Boolean);
        row.append(element("p", facts.join(" · "), "facts"));
        const quality = this.quality(extra, words);
        if (quality) row.append(element("p", quality, "facts"));
        list.append(row);
      }
      return list;
    }

    /** How ready the site is and how much of what is expected is known. */
    quality(item: Item, words: Words): string {
      const level = (item.readiness as Item | undefined)?.level;
      if (typeof level !== "number" || typeof item.completeness !== "number") return "";
      return `${words.readiness} ${level}/5, ${item.completeness} % ${words.known}`;
    }

    /** Premises are measured by floor, land by hectares from one hectare on. */
    area(item: Item): string {
      const facts = Array.isArray(item.key_facts) ? (item.key_facts as Item[]) : [];
      const find = (name: string) => Number(facts.find((fact) => fact.field === name)?.value ?? item[name] ?? 0);
      const land = find("area_m2");
      const figure = find("floor_area_m2") || land;
      if (!Number.isFinite(figure) || figure <= 0) return "";
      const hectares = figure === land && land >= 10_000;
      const form = new Intl.NumberFormat(this.language === "en" ? "en-GB" : `${this.language}-FI`, { maximumFractionDigits: hectares ? 1 : 0 });
      return `${form.format(hectares ? figure / 10_000 : figure)} ${hectares ? "ha" : "m²"}`;
    }

    foot(items: Item[], base: string, words: Words): HTMLElement {
      const foot = element("p", "", "foot");
      const moments = items.map((item) => Date.parse(String(item.date_modified ?? (item._vetovoima as Item | undefined)?.updated_at ?? item.updated_at ?? ""))).filter(Number.isFinite);
      if (moments.length) {
        const form = new Intl.DateTimeFormat(this.language === "en" ? "en-GB" : `${this.language}-FI`, { dateStyle: "long" });
        foot.append(element("span", `${words.updated} ${form.format(Math.max(...moments))}`));
      }
      foot.append(this.more(base, words));
      return foot;
    }

    more(base: string, words: Words): HTMLElement {
      const all = element("a", words.source);
      const url = new URL(`/${words.code}/sites/`, base);
      for (const name of ASKED) {
        const value = this.getAttribute(name);
        if (value && !["limit", "examples"].includes(name)) url.searchParams.set(name, value);
      }
      all.href = url.href;
      return all;
    }

    fail(base: string): void {
      const words = WORDS[this.language]!;
      const box = this.begin();
      const line = element("p", `${words.failed} `);
      line.append(this.more(base, words));
      box.append(line);
    }
  }

  if (!customElements.get("vetovoima-sites")) customElements.define("vetovoima-sites", VetovoimaSites);
})();
