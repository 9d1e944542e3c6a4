/**
 * The site finder puts the sites in another order in place when a weight changes: the same form and the same address as
 * without script. Whoever changes a weight stays at it, and is told the new order. Limits wait for the button.
 */
import { askForParts, put } from "./swapping";

/** A weight that is tried out with the arrow keys changes several times before anybody looks at the list. */
const PAUSE = 300;

const page = document.querySelector<HTMLElement>("[data-finder-results]");
let pending: AbortController | undefined;
let waiting = 0;

/** The address that a form stands for, without what is empty. */
function addressOf(form: HTMLFormElement): URL {
  const address = new URL(form.action, location.href);
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value.trim()) address.searchParams.append(name, value.trim());
  return address;
}

/** The same weight stands in the whole form and beside the list. */
function repeat(changed: HTMLSelectElement): void {
  for (const other of document.querySelectorAll<HTMLSelectElement>(`select[data-reorders][name="${CSS.escape(changed.name)}"]`)) {
    if (other !== changed) other.selectedIndex = changed.selectedIndex;
  }
}

async function reorder(form: HTMLFormElement): Promise<void> {
  pending?.abort();
  const mine = (pending = new AbortController());
  const address = addressOf(form);
  page?.setAttribute("aria-busy", "true");
  try {
    const { parts: answer } = await askForParts(address, "parts", mine.signal);
    const parts = [...document.querySelectorAll<HTMLElement>("[data-part]")].map((part) => ({ part, fresh: answer.querySelector(`[data-part="${part.dataset.part}"]`) }));
    if (mine.signal.aborted) return;
    for (const { part, fresh } of parts) {
      if (!fresh) throw new Error(part.dataset.part);
      // The weights that somebody is at say already what the answer says.
      if (part === page || !part.contains(document.activeElement)) put(part, fresh, form);
    }
  } catch {
    if (!mine.signal.aborted) location.assign(address); // the plain way shows what is wrong
    return;
  }
  page?.removeAttribute("aria-busy");
  history.replaceState(history.state, "", address);
  const told = document.querySelector("[data-results-told]");
  const title = page?.querySelector<HTMLElement>("[data-results-count]");
  if (told && title) told.textContent = [title.textContent.trim(), title.dataset.order].filter(Boolean).join(". ");
}

document.addEventListener("change", (event) => {
  const field = event.target;
  if (!page || !(field instanceof HTMLSelectElement) || !field.matches("form[data-finder] [data-reorders]")) return;
  repeat(field);
  const form = field.form;
  clearTimeout(waiting);
  if (form) waiting = window.setTimeout(() => void reorder(form), PAUSE);
});
export {};
