/* In the frame: it tells its height to the page around it, says once what it shows, and loads itself anew when something
   newer is published. Without this script the frame scrolls. It stores nothing and sends no cookie. */
(() => {
  "use strict";
  const root = document.documentElement;
  const { vetovoimaVersion: version, municipality, channel, mark } = root.dataset;
  if (window.top === window) return;

  const tell = () => parent.postMessage({ type: "vetovoima:height", height: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
  new ResizeObserver(tell).observe(document.body);
  // the page's own script may come later than we do, and asks
  addEventListener("message", (event) => {
    if (event.source === parent && event.data && event.data.type === "vetovoima:ask") tell();
  });
  tell();

  /** The page around us as far as its own rules let us know it; without what may stand behind a question mark. */
  const around = () => {
    try {
      const page = new URL(document.referrer);
      return page.origin === location.origin ? "" : page.origin + page.pathname;
    } catch {
      return "";
    }
  };
  const page = around();
  if (page) {
    const body = JSON.stringify({ channel, page, way: "frame", municipality, language: root.lang, version });
    fetch("/embed/shown/", { method: "POST", body, mode: "no-cors", credentials: "omit", keepalive: true, headers: { "Content-Type": "text/plain" } }).catch(() => {});
  }

  // One that stays open grows old, and a browser that goes back shows what it has kept.
  const arrival = performance.getEntriesByType("navigation")[0];
  let asked = arrival && arrival.type === "reload" ? Date.now() : 0;
  const look = async () => {
    if (document.hidden || Date.now() - asked < 30_000) return;
    asked = Date.now();
    try {
      const answer = await fetch(mark, { cache: "no-cache", credentials: "omit" });
      if (answer.ok && (await answer.json()).version !== version) location.reload();
    } catch {
      /* no network now: what is shown stays */
    }
  };
  void look();
  document.addEventListener("visibilitychange", look);
  setInterval(look, 300_000);
})();
