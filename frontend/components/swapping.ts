/**
 * Putting a part of a page anew from a fresh answer of the server, without taking anything away from the reader: the focus
 * stays where it was, what was unfolded stays open, what was ticked for another form stays ticked.
 */

/** What had the focus, so that its successor can have it again. */
function focusKeeper(part: HTMLElement): () => void {
  const had = document.activeElement;
  if (!(had instanceof HTMLElement) || !part.contains(had)) return () => undefined;
  const field = had instanceof HTMLInputElement || had instanceof HTMLSelectElement ? had : undefined;
  const typed = field instanceof HTMLInputElement && !["checkbox", "radio"].includes(field.type) ? field.value : undefined;
  const value = field instanceof HTMLInputElement && typed === undefined ? `[value="${CSS.escape(field.value)}"]` : "";
  const unfolds = had.tagName === "SUMMARY" && had.parentElement?.id ? `#${CSS.escape(had.parentElement.id)} > summary` : "";
  const selector = had.id ? `#${CSS.escape(had.id)}` : unfolds || (field ? `[name="${CSS.escape(field.name)}"]${value}` : "");
  return () => {
    const again = selector ? part.querySelector<HTMLElement>(selector) : null;
    (again ?? part.querySelector<HTMLElement>("[data-focus]"))?.focus({ preventScroll: again !== null });
    if (typed !== undefined && again instanceof HTMLInputElement) again.value = typed;
  };
}

/** Ticks that belong to another form than the one that is answered: sites to compare, sites to ask about. */
function tickKeeper(part: HTMLElement, asking: HTMLFormElement): () => void {
  const boxes = () => [...part.querySelectorAll<HTMLInputElement>("input[type=checkbox]")].filter((box) => box.form !== asking);
  const key = (box: HTMLInputElement) => `${box.name}=${box.value}`;
  const ticked = new Set(boxes().filter((box) => box.checked).map(key));
  return () => { for (const box of boxes()) if (ticked.has(key(box))) box.checked = true; };
}

function foldKeeper(part: HTMLElement): () => void {
  const folds = () => [...part.querySelectorAll<HTMLDetailsElement>("details[id]")];
  const open = new Set(folds().filter((one) => one.open).map((one) => one.id));
  return () => { for (const one of folds()) one.open ||= open.has(one.id); };
}

/** This will put the children of `fresh` into `part`; `asking` is the form whose answer it is. */
export function put(part: HTMLElement, fresh: Element, asking: HTMLFormElement): void {
  const keepers = [foldKeeper(part), tickKeeper(part, asking), focusKeeper(part)];
  part.replaceChildren(...fresh.childNodes);
  for (const again of keepers) again();
}

/** The parts of a page, and the address that they stand at: the server may have read the one asked for as another. */
export interface Parts {
  parts: Document;
  address: URL;
}

/** This will ask for a page's parts; an answer that is no page of ours throws. */
export async function askForParts(address: URL, fragment: string, signal: AbortSignal): Promise<Parts> {
  const asked = new URL(address);
  asked.searchParams.set("fragment", fragment);
  const answer = await fetch(asked, { signal, headers: { Accept: "text/html" } });
  if (![200, 400].includes(answer.status)) throw new Error(String(answer.status));
  const found = new URL(answer.redirected ? answer.url : address);
  found.searchParams.delete("fragment");
  return { parts: new DOMParser().parseFromString(await answer.text(), "text/html"), address: found };
}
