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
  try {
    const chosen = localStorage.getItem("vetovoima-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {
    /* Storage is closed: the system's setting stands. */
  }
  // A slow line shows the page in the stand-in first. Nothing is stored to know whether the letters are at hand already.
  if (sheet) addEventListener("load", letters);
})();
