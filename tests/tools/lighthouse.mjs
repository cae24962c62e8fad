// Serves a folder on the loopback address, grades pages of it with Lighthouse, and prints what it finds as one line of
// JSON.
//
//     node lighthouse.mjs FOLDER PAGE…
//
// CHROMIUM names the browser. The result is { "faults": ["…"] }: no fault means that each page has all points for
// accessibility, best practices and SEO. How fast it is, is not asked: that depends on the machine.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";
import lighthouse from "lighthouse";

const KINDS = ["accessibility", "best-practices", "seo"];
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

const [folder, ...names] = process.argv.slice(2);
if (!folder || names.length === 0) {
  console.error("usage: node lighthouse.mjs FOLDER PAGE…");
  process.exit(2);
}

const server = createServer(async (request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  try {
    const bytes = await readFile(join(folder, path));
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
const listen = (server) => new Promise((done) => server.listen(0, "127.0.0.1", () => done(server.address().port)));
const port = await listen(server);
// A port that is free now is given to the browser, through which Lighthouse speaks to it.
const other = createServer();
const debugging = await listen(other);
await new Promise((done) => other.close(done));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: [
    `--remote-debugging-port=${debugging}`,
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ],
});
const faults = [];
try {
  for (const name of names) {
    const address = `http://127.0.0.1:${port}/${name.split("/").map(encodeURIComponent).join("/")}`;
    const { lhr } = await lighthouse(address, { port: debugging, onlyCategories: KINDS, logLevel: "silent" });
    for (const kind of KINDS) {
      const { score, auditRefs } = lhr.categories[kind];
      if (score === 1) continue;
      const failed = auditRefs.map(({ id }) => lhr.audits[id]).filter((audit) => audit.score !== null && audit.score < 1);
      faults.push(`${name}: ${kind} is ${score}: ${failed.map((audit) => `${audit.id} (${audit.title})`).join(", ")}`);
    }
  }
  console.log(JSON.stringify({ faults }));
} finally {
  await browser.close();
  server.close();
}
