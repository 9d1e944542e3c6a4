import "./desk.css";
import htmx from "htmx.org";
import { start } from "../components/behaviour";
import { copying } from "./copying";
import { keyboard } from "./keyboard";
import { chooseAll, recordForm } from "./record-form";
import { guardUnsaved } from "./unsaved";

// The content security policy forbids evaluated code and inline styles; htmx must not try.
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0; // nothing confidential stays in the browser
htmx.config.selfRequestsOnly = true;
htmx.config.scrollBehavior = "auto";

/** Django's CSRF token travels with every htmx request; the page carries it in `<meta name="csrf-token">` or in a form. */
document.addEventListener("htmx:configRequest", (event) => {
  const detail = (event as CustomEvent<{ headers: Record<string, string> }>).detail;
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content
    ?? document.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')?.value;
  if (token) detail.headers["X-CSRFToken"] = token;
});

/** A request that fails says so in the live region `#desk-status`; nothing vanishes silently. */
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const status = document.getElementById("desk-status");
    if (status) status.textContent = status.dataset.failed ?? "";
  });
}

start();
keyboard();
copying();
guardUnsaved();
recordForm();
chooseAll();
