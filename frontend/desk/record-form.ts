/**
 * The form of a record. What is typed goes to the server after a pause and on leaving, and the answer says what is
 * wrong so far. Ctrl+S saves the part that one is in, Alt with the arrows goes from part to part. Without script the
 * form is sent whole; the server keeps what was not saved just as well.
 */
type Answer = { kept: string; errors?: Record<string, string>; suspicions?: string };

const PAUSE = 1500;

export function recordForm(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-autosave]");
  if (!form) return;
  const waiting = new Map<string, number>();

  const section = (from: EventTarget | null) => (from as Element | null)?.closest?.<HTMLElement>(".record-group") ?? null;
  const sections = () => [...form.querySelectorAll<HTMLElement>(".record-group")];
  const shown = () => sections().find((one) => one.offsetParent !== null);

  form.addEventListener("input", (event) => later(section(event.target)));
  form.addEventListener("change", (event) => later(section(event.target)));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") for (const id of waiting.keys()) void keep(document.getElementById(id), true);
  });
  document.addEventListener("keydown", keys);
  window.addEventListener("hashchange", () => mark());
  document.addEventListener("htmx:configRequest", (event) => only(event as CustomEvent));
  document.addEventListener("htmx:afterSwap", (event) => opened(section(event.target)));
  form.addEventListener("submit", () => { for (const id of waiting.keys()) forget(id); });
  mark();

  function later(part: HTMLElement | null): void {
    if (!part) return;
    forget(part.id);
    waiting.set(part.id, window.setTimeout(() => void keep(part, false), PAUSE));
  }

  function forget(id: string): void {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
  }

  /** The names that a part sends: its own, the revision and the token. */
  function names(part: HTMLElement): Set<string> {
    const found = new Set(["revision", "csrfmiddlewaretoken"]);
    for (const one of part.querySelectorAll<HTMLInputElement>("input[name], select[name], textarea[name]")) found.add(one.name);
    return found;
  }

  async function keep(part: HTMLElement | null, leaving: boolean): Promise<void> {
    if (!part?.dataset.draft) return;
    forget(part.id);
    const own = names(part);
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form!)) if (own.has(name) && typeof value === "string") body.append(name, value);
    const headers = { "X-CSRFToken": body.get("csrfmiddlewaretoken") ?? "" };
    try {
      const answer = await fetch(part.dataset.draft, { method: "POST", body, headers, keepalive: leaving });
      show(part, await answer.json() as Answer);
    } catch {
      show(part, { kept: form!.dataset.notKept ?? "" });
    }
  }

  function show(part: HTMLElement, answer: Answer): void {
    const state = part.querySelector(".draft-state");
    if (state) state.textContent = answer.kept;
    if (answer.suspicions !== undefined) {
      const place = part.querySelector('[data-part="suspicions"]');
      if (place) place.innerHTML = answer.suspicions;
    }
    for (const place of answer.errors ? part.querySelectorAll<HTMLElement>(".error-message[id$='_error']") : []) {
      const name = place.id.slice("id_".length, -"_error".length);
      const words = answer.errors![name] ?? "";
      place.textContent = words;
      place.hidden = !words;
      place.closest(".field")?.classList.toggle("has-error", !!words);
      const input = document.getElementById(`id_${name}`);
      if (words) input?.setAttribute("aria-invalid", "true");
      else input?.removeAttribute("aria-invalid");
    }
  }

  function keys(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      (section(document.activeElement) ?? shown())?.querySelector<HTMLButtonElement>("[data-saves]")?.click();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.altKey || document.body.dataset.keys === "off" || event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    const all = sections();
    const here = section(document.activeElement) ?? shown();
    const next = all[(all.indexOf(here!) + step + all.length) % all.length];
    if (!next) return;
    location.hash = next.id;
    next.focus({ preventScroll: true });
  }

  /** htmx sends the whole form; a part sends itself. */
  function only(event: CustomEvent<{ elt: Element; parameters: Record<string, unknown> }>): void {
    const part = section(event.detail.elt);
    if (!part) return;
    forget(part.id);
    const own = names(part).add("checked");
    for (const name of Object.keys(event.detail.parameters)) if (!own.has(name)) delete event.detail.parameters[name];
  }

  /** A part that was swapped stays the one that is shown; what has to be mended takes the focus. */
  function opened(part: HTMLElement | null): void {
    const now = part && document.getElementById(part.id);
    if (!now) return;
    for (const one of sections()) one.classList.toggle("is-opened", one === now);
    history.replaceState(null, "", location.pathname + location.search);
    location.replace(`#${now.id}`);
    (document.querySelector<HTMLElement>("#saved .error-summary") ?? now).focus({ preventScroll: true });
    mark();
  }

  /** The index says which part is shown. */
  function mark(): void {
    const id = location.hash.slice(1);
    const current = section(id ? document.getElementById(id) : null)?.id ?? shown()?.id;
    for (const link of document.querySelectorAll<HTMLElement>(".record-nav a")) {
      if (link.dataset.group === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
}

/** `data-checks="codes"` ticks every box of that name in its form. */
export function chooseAll(): void {
  const ready = () => document.querySelectorAll<HTMLElement>("[data-checks][hidden]").forEach((one) => { one.hidden = false; });
  document.addEventListener("htmx:load", ready);
  document.addEventListener("change", (event) => {
    const all = event.target as HTMLInputElement;
    if (!all.dataset?.checks) return;
    all.form?.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(all.dataset.checks)}"]`).forEach((one) => { one.checked = all.checked; });
  });
  ready();
}
