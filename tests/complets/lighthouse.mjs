// Lighthouse on pages that are served, in a Chromium that listens to a port: `lighthouse.mjs PORT RUNS URL…` prints a line of JSON for
// each run: the address, the four scores (0 to 100), and the audits that are not full in those that must be.
import lighthouse from "lighthouse";

const ASKED = ["performance", "accessibility", "best-practices", "seo"];
const [port, runs, ...urls] = process.argv.slice(2);

for (const url of urls) {
  for (let run = 0; run < Number(runs); run++) {
    const { lhr } = await lighthouse(url, { port: Number(port), onlyCategories: ASKED, logLevel: "silent", output: "json" });
    const scores = Object.fromEntries(ASKED.map((name) => [name, Math.round(100 * lhr.categories[name].score)]));
    const whole = ASKED.slice(1).flatMap((name) => lhr.categories[name].auditRefs.filter((ref) => ref.weight > 0));
    const missed = whole.map((ref) => lhr.audits[ref.id]).filter((audit) => audit.score !== null && audit.score < 1);
    console.log(JSON.stringify({ url, scores, missed: missed.map((audit) => audit.id) }));
  }
}
process.exit(0);
