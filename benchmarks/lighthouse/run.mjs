// Lighthouse, mobile, on the addresses of the command line; writes one JSON array to standard output.
// CHROME_PATH names the browser; LIGHTHOUSE_RUNS how often each page is measured (the median by performance counts).
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const runs = Number(process.env.LIGHTHOUSE_RUNS ?? "1");
const categories = ["performance", "accessibility", "best-practices", "seo"];

/** What costs points: audits of a category that weigh something and are not whole, the heaviest first. */
function holding(report, category) {
  return report.categories[category].auditRefs
    .map(({ id, weight }) => ({ id, lost: weight * (1 - (report.audits[id].score ?? 1)), said: report.audits[id].displayValue ?? "" }))
    .filter(({ lost }) => lost > 0.01)
    .sort((a, b) => b.lost - a.lost)
    .map(({ id, said }) => (said ? `${id} (${said})` : id));
}

function summary(report) {
  const files = report.audits["network-requests"].details.items;
  const bytes = (wanted) => files.filter(wanted).reduce((sum, one) => sum + one.transferSize, 0);
  const images = ["Image"], maps = files.filter((one) => one.resourceType === "Fetch" || one.resourceType === "XHR");
  const element = report.audits["largest-contentful-paint-element"]?.details?.items?.[0]?.items?.[0]?.node?.selector ?? "";
  return {
    url: report.finalDisplayedUrl,
    scores: Object.fromEntries(categories.map((name) => [name, Math.round(report.categories[name].score * 100)])),
    lcpMs: Math.round(report.audits["largest-contentful-paint"].numericValue),
    fcpMs: Math.round(report.audits["first-contentful-paint"].numericValue),
    tbtMs: Math.round(report.audits["total-blocking-time"].numericValue),
    cls: Math.round(report.audits["cumulative-layout-shift"].numericValue * 1000) / 1000,
    lcpElement: element,
    bytes: bytes((one) => !images.includes(one.resourceType)),
    imageBytes: bytes((one) => images.includes(one.resourceType)),
    scriptBytes: bytes((one) => one.resourceType === "Script"),
    requests: files.length,
    fetched: maps.length,
    holding: Object.fromEntries(categories.map((name) => [name, holding(report, name)]).filter(([, list]) => list.length)),
  };
}

/** One run that measured all it was asked: a browser that painted nothing, because the machine was away, is asked again. */
async function measure(url, port) {
  for (let attempt = 1; ; attempt += 1) {
    const { lhr } = await lighthouse(url, { port, onlyCategories: categories, output: "json", logLevel: "error" });
    const found = summary(lhr);
    const figures = [...Object.values(found.scores), found.lcpMs, found.fcpMs, found.tbtMs, found.cls];
    if (!lhr.runtimeError && figures.every(Number.isFinite)) return found;
    if (attempt === 3) throw new Error(`${url}: ${lhr.runtimeError?.message ?? "Lighthouse measured it in part only, three times"}`);
  }
}

const chrome = await launch({ chromeFlags: ["--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
const results = [];
try {
  for (const url of process.argv.slice(2)) {
    const measured = [];
    for (let run = 0; run < runs; run += 1) {
      measured.push(await measure(url, chrome.port));
    }
    measured.sort((a, b) => a.scores.performance - b.scores.performance);
    results.push(measured[Math.floor(measured.length / 2)]);
    process.stderr.write(".");
  }
} finally {
  await chrome.kill();
}
process.stderr.write("\n");
process.stdout.write(JSON.stringify(results));
