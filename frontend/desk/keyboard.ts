/**
 * Keys for the workspace. `?` opens the `<dialog id="keys">` of the page; `g` then a letter goes to the link with
 * `data-key="g <letter>"`; `/` goes to the field with `data-key="/"`. Silent while somebody types, and switched off by
 * `data-keys="off"` on the body (WCAG 2.1.4).
 */
export function keyboard(): void {
  let waiting = false;
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (document.body.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest("input, textarea, select, [contenteditable], vv-place .map")) return;
    if (event.key === "?") {
      document.querySelector<HTMLDialogElement>("dialog#keys")?.showModal();
      return;
    }
    if (event.key === "g") {
      waiting = true;
      setTimeout(() => { waiting = false; }, 1200);
      return;
    }
    const name = waiting ? `g ${event.key}` : event.key;
    waiting = false;
    const goal = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(name)}"]`);
    if (!goal) return;
    event.preventDefault();
    if (goal instanceof HTMLInputElement) goal.focus();
    else goal.click();
  });
}
