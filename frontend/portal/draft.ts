/** Forms with `data-draft` keep what is typed: in this tab by itself, on the device for seven days only when asked to. */

interface Draft { at: number; values: Record<string, string> }
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const DAYS = 7;
const NAME = (form: string) => `vetovoima-draft-${form}`;

/** Storage may be closed (private windows, policies): a form works without. */
function tried<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function fields(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((one): one is Field =>
    one.matches("input:not([type=hidden]):not([type=checkbox]), textarea, select") && !one.closest(".not-for-people"));
}

function read(name: string): Draft | undefined {
  const text = tried(() => sessionStorage.getItem(name)) ?? tried(() => localStorage.getItem(name));
  const draft = text ? tried(() => JSON.parse(text) as Draft) : undefined;
  if (draft && Date.now() - draft.at < DAYS * 86_400_000) return draft;
  forget(name);
  return undefined;
}

function forget(name: string): void {
  tried(() => sessionStorage.removeItem(name));
  tried(() => localStorage.removeItem(name));
}

/** What the page brought along stays; what was typed before comes back into empty fields, a text beside a text. */
function restore(form: HTMLFormElement, draft: Draft): boolean {
  let changed = false;
  for (const field of fields(form)) {
    const kept = draft.values[field.name];
    if (!kept || field.value === kept) continue;
    if (field instanceof HTMLTextAreaElement && field.value && !form.querySelector(".has-error")) {
      if (field.value.includes(kept) || kept.includes(field.value)) field.value = kept.length > field.value.length ? kept : field.value;
      else field.value = `${field.value.trimEnd()}\n\n${kept}`;
    } else if (!field.value) field.value = kept;
    else continue;
    field.closest("details")?.setAttribute("open", "");
    changed = true;
  }
  return changed;
}

function keepDraft(form: HTMLFormElement): void {
  const note = form.querySelector<HTMLElement>("[data-draft-note]");
  const state = note?.querySelector<HTMLElement>("[data-draft-state]");
  const long = note?.querySelector<HTMLInputElement>("[data-draft-long]");
  if (!note || !state || !long) return;
  const name = NAME(form.dataset.draft ?? "");
  const say = (words: string | undefined) => { if (state.textContent !== words) state.textContent = words ?? ""; };
  note.hidden = false;
  long.checked = tried(() => localStorage.getItem(name)) != null;
  const draft = read(name);
  say(draft && restore(form, draft) ? state.dataset.restored : "");

  const store = () => {
    const values = Object.fromEntries(fields(form).filter((one) => one.value).map((one) => [one.name, one.value]));
    const text = JSON.stringify({ at: Date.now(), values } satisfies Draft);
    tried(() => sessionStorage.setItem(name, text));
    tried(() => long.checked ? localStorage.setItem(name, text) : localStorage.removeItem(name));
    say(long.checked ? state.dataset.keptLong : state.dataset.kept);
  };
  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = window.setTimeout(store, 400); });
  long.addEventListener("change", store);
  note.querySelector("[data-draft-clear]")?.addEventListener("click", () => {
    clearTimeout(waiting);
    forget(name);
    form.reset();
    for (const field of fields(form)) if (!(field instanceof HTMLSelectElement)) field.value = "";
    long.checked = false;
    say(state.dataset.cleared);
  });
}

export function drafts(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-draft]").forEach(keepDraft);
  for (const sent of document.querySelectorAll<HTMLElement>("[data-draft-sent]")) {
    for (const form of (sent.dataset.draftSent ?? "").split(" ")) forget(NAME(form));
  }
}
