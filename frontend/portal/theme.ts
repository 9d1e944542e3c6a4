/* Runs before the first paint, so that neither the chosen colours nor the folded parts flash. Small on purpose; no import. */
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const sheet = (document.currentScript as HTMLScriptElement | null)?.dataset.headings;
  const letters = (): void => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = sheet ?? "";
    document.head.append(link);
  };
  let known = false;
  try {
    const chosen = localStorage.getItem("vetovoima-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
    known = sessionStorage.getItem("vetovoima-letters") === sheet;
    if (sheet) sessionStorage.setItem("vetovoima-letters", sheet);
  } catch {
    /* Storage is closed: the system's setting stands. */
  }
  // On a slow line the first page is read in the stand-in; from the second on the letters of the headings are at hand.
  if (!sheet) return;
  if (known) letters();
  else addEventListener("load", letters);
})();
