/** The few behaviours every page shares. Each one makes a working page better; none is needed to read it or to use it. */

/** Buttons with `data-folds="id"` open and close that part on small screens. */
function folding(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-folds]")) {
    const part = document.getElementById(button.dataset.folds ?? "");
    if (!part) continue;
    button.addEventListener("click", () => {
      const open = part.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(open));
    });
  }
}

/** The parts of the menu close on Escape, with a click elsewhere, and when the focus moves on. */
function menuParts(): void {
  const parts = [...document.querySelectorAll<HTMLDetailsElement>(".main-fold")];
  if (!parts.length) return;
  const wide = matchMedia("(min-width: 64rem)");
  const closeOthers = (kept: EventTarget | null) => {
    if (!wide.matches) return;
    for (const part of parts) if (!(kept instanceof Node && part.contains(kept))) part.open = false;
  };
  document.addEventListener("click", (event) => closeOthers(event.target));
  document.addEventListener("focusin", (event) => closeOthers(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = parts.find((part) => part.open && part.contains(document.activeElement));
    if (!open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
  });
}

/** `[data-theme-switch]` holds three buttons: system, light, dark. Remembered in this browser only. */
function themeSwitch(): void {
  for (const group of document.querySelectorAll<HTMLElement>("[data-theme-switch]")) {
    group.hidden = false;
    const buttons = [...group.querySelectorAll<HTMLButtonElement>("button[value]")];
    const show = () => {
      const current = document.documentElement.dataset.theme ?? "system";
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === current));
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        if (button.value === "system") delete document.documentElement.dataset.theme;
        else document.documentElement.dataset.theme = button.value;
        try {
          if (button.value === "system") localStorage.removeItem("vetovoima-theme");
          else localStorage.setItem("vetovoima-theme", button.value);
        } catch {
          /* Not remembered, still applied. */
        }
        show();
      });
    }
    show();
  }
}

/** Selects and inputs with `data-sends` send their form when changed. */
function sendingOnChange(): void {
  document.addEventListener("change", (event) => {
    const target = event.target as HTMLElement;
    if (target.matches("[data-sends]")) target.closest("form")?.requestSubmit();
  });
}

/** A search form leaves out what is empty, so that the address that people share says only what they chose. */
function shortAddresses(): void {
  document.addEventListener("formdata", (event) => {
    if ((event.target as HTMLFormElement).method !== "get") return;
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
}

/** The error summary takes the focus, as the reader's next step is there. */
function errorSummary(): void {
  document.querySelector<HTMLElement>(".error-summary[tabindex]")?.focus();
}

/** Maps load their code when they come near the screen. */
function maps(): void {
  const elements = document.querySelectorAll("vv-map, vv-place");
  if (!elements.length) return;
  const load = () => void import("./map/index");
  if (!("IntersectionObserver" in window)) return load();
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    load();
  }, { rootMargin: "300px" });
  elements.forEach((element) => watch.observe(element));
}

export function start(): void {
  folding();
  menuParts();
  themeSwitch();
  sendingOnChange();
  shortAddresses();
  errorSummary();
  maps();
}
