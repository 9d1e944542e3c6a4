/**
 * The shortlist on pages that are the same for everybody: what is on it is read from its cookie and shown beside each
 * site. Without script every button still works: it sends a form, and the service sets the same cookie.
 */

const COOKIE = "vetovoima_shortlist";
const KEPT_SECONDS = 180 * 24 * 3600;
const MOST = 40;
const MOST_COMPARED = 6;
const NOTES = "vetovoima-notes";

function codes(): string[] {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${COOKIE}=`));
  return (found?.slice(COOKIE.length + 1) ?? "").replaceAll('"', "").split(/[.,]/).filter(Boolean);
}

function keep(list: string[]): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const life = list.length ? KEPT_SECONDS : 0;
  document.cookie = `${COOKIE}=${list.join(".")}; Path=/; Max-Age=${life}; SameSite=Lax${secure}`;
}

function say(what: "added" | "removed" | "full" | "copied" | "ticked", n: number): void {
  const line = document.querySelector<HTMLElement>("[data-shortlist-says]");
  if (line) line.textContent = (line.dataset[what] ?? "").replace("{n}", String(n));
}

/** Whether each site is on the list, and how many there are. */
function show(): void {
  const list = codes();
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-shortlist]")) {
    button.setAttribute("aria-pressed", String(list.includes(button.dataset.shortlist ?? "")));
  }
  for (const count of document.querySelectorAll<HTMLElement>("[data-shortlist-count]")) {
    count.textContent = String(list.length);
    count.hidden = list.length === 0;
  }
}

function toggle(code: string): void {
  const list = codes();
  const at = list.indexOf(code);
  if (at < 0 && list.length >= MOST) return say("full", MOST);
  if (at < 0) list.push(code);
  else list.splice(at, 1);
  keep(list);
  show();
  say(at < 0 ? "added" : "removed", list.length);
}

/** Where cookies are off the form is sent after all: the service then says so in its own words. */
function picking(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>("button[data-shortlist]");
    if (!button || !navigator.cookieEnabled) return;
    event.preventDefault();
    toggle(button.dataset.shortlist ?? "");
  });
  // Rows that the search or the map brings later show their state too.
  const results = document.getElementById("results");
  if (results) new MutationObserver(() => { show(); showTicked(); }).observe(results, { childList: true, subtree: false });
  window.addEventListener("pageshow", show);
  show();
}

/** What is ticked to compare, on this page of the results or on one that was looked at before. */
const ticked = new Set<string>();

/** No more than six can be ticked; those that the list no longer shows go along hidden. */
function showTicked(): void {
  const boxes = [...document.querySelectorAll<HTMLInputElement>("input[data-compare]")];
  for (const box of boxes) {
    box.checked = ticked.has(box.value);
    box.disabled = !box.checked && ticked.size >= MOST_COMPARED;
  }
  const form = document.getElementById("compare-form");
  const elsewhere = [...ticked].filter((code) => !boxes.some((box) => box.value === code));
  form?.replaceChildren(...elsewhere.map((code) => Object.assign(document.createElement("input"), { type: "hidden", name: "sites", value: code })));
  if (ticked.size) for (const note of document.querySelectorAll<HTMLElement>("[data-compare-count]")) note.textContent = `${ticked.size} / ${MOST_COMPARED}`;
}

function comparing(): void {
  const read = () => {
    for (const box of document.querySelectorAll<HTMLInputElement>("input[data-compare]:checked")) ticked.add(box.value);
    showTicked();
  };
  document.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (!box.matches("[data-compare]")) return;
    if (box.checked) ticked.add(box.value);
    else ticked.delete(box.value);
    showTicked();
    say("ticked", ticked.size);
  });
  // A browser that goes back fills in what was ticked.
  window.addEventListener("pageshow", read);
}

function copying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const field = document.getElementById(button.dataset.copy ?? "") as HTMLInputElement | null;
    if (!field) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      field.select();
      const done = () => {
        say("copied", 0);
        button.textContent = document.querySelector<HTMLElement>("[data-shortlist-says]")?.dataset.copied ?? button.textContent;
      };
      if (navigator.clipboard) void navigator.clipboard.writeText(field.value).then(done, () => undefined);
      else if (document.execCommand("copy")) done();
    });
  }
}

/** Notes beside the sites: on this device alone. */
function notes(): void {
  let kept: Record<string, string> = {};
  try {
    kept = JSON.parse(localStorage.getItem(NOTES) ?? "{}") as Record<string, string>;
  } catch {
    return; // No storage, no notes: the fields stay hidden.
  }
  for (const part of document.querySelectorAll<HTMLElement>("[data-note]")) {
    const field = part.querySelector("textarea");
    const code = part.dataset.note ?? "";
    if (!field) continue;
    part.hidden = false;
    field.value = kept[code] ?? "";
    field.addEventListener("input", () => {
      if (field.value.trim()) kept[code] = field.value;
      else delete kept[code];
      try {
        localStorage.setItem(NOTES, JSON.stringify(kept));
      } catch {
        /* The note stays on the page until it is closed. */
      }
    });
  }
}

export function shortlist(): void {
  picking();
  comparing();
  copying();
  notes();
}
