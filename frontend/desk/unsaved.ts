/** A form with `data-guard` asks before its changes are left behind. */
export function guardUnsaved(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-guard]")) {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  }
}
