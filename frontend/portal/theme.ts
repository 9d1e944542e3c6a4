/* Runs before the first paint, so that neither the chosen colours nor the folded parts flash. Small on purpose; no import. */
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const chosen = localStorage.getItem("vetovoima-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {
    /* Storage is closed: the system's setting stands. */
  }
})();
