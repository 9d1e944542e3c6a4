/** Buttons with `data-copies="id"` copy that field's text. Without script they stay hidden: the text can be selected. */
export function copying(): void {
  const show = (root: ParentNode) => {
    for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copies]")) button.hidden = false;
  };
  show(document);
  document.addEventListener("htmx:afterSettle", () => show(document));
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-copies]");
    const field = button && document.getElementById(button.dataset.copies ?? "");
    if (!button || !(field instanceof HTMLTextAreaElement)) return;
    field.select();
    const done = () => {
      button.textContent = button.dataset.copied ?? button.textContent;
      const status = document.getElementById("desk-status");
      if (status) status.textContent = button.textContent;
    };
    if (navigator.clipboard) void navigator.clipboard.writeText(field.value.trimEnd()).then(done, () => undefined);
    else if (document.execCommand("copy")) done();
  });
}
