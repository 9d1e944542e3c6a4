/**
 * Hands the kind of source of this visit on from page to page, in the address alone: nothing is stored in the browser.
 * The server says it once with the first page (Server-Timing: via); whoever is not to be counted is told nothing.
 */
const NAME = "via";

function source(): string {
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return page?.serverTiming?.find((one) => one.name === NAME)?.description ?? "";
}

function isOurPage(link: HTMLAnchorElement): boolean {
  return link.origin === location.origin && /^\/(fi|en|sv)\/(?:.*\/)?$/.test(link.pathname);
}

/** The address that people see and share says nothing of where this visitor came from. */
function tidy(): void {
  const address = new URL(location.href);
  const names = [...address.searchParams.keys()].filter((name) => name === NAME || name.startsWith("utm_"));
  if (!names.length) return;
  for (const name of names) address.searchParams.delete(name);
  history.replaceState(history.state, "", address);
}

export function visits(): void {
  tidy();
  const via = source();
  if (!via) return;
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.<HTMLAnchorElement>("a[href]");
    if (!link || !isOurPage(link) || link.hasAttribute("download")) return;
    const plain = link.href;
    const address = new URL(plain);
    address.searchParams.set(NAME, via);
    link.href = address.href;
    // For this click alone: a link that is copied later is plain again.
    setTimeout(() => { link.href = plain; });
  });
  document.addEventListener("formdata", (event) => {
    const form = event.target as HTMLFormElement;
    // Search and finder read their own forms to keep list and address in step.
    if (form.method === "get" && !form.matches("[data-search], [data-finder], [hx-get], [data-hx-get]")) event.formData.set(NAME, via);
  });
}
