// Looks at the pages of a site in headless Chromium, opened from their folder, and prints what it finds as one line of
// JSON.
//
//     node site.mjs FOLDER RULES PAGE…
//
// Each PAGE of FOLDER is opened with scripts and without. RULES is "axe" to hold the pages against axe's rules as well,
// on phone and desktop, by day and by night; "none" leaves that out. CHROMIUM names the browser.
// The result is { "faults": ["…"], "pages": 3, "passes": 120, "hits": 2 }: no fault means that the site passes.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };

const [folder, rules, ...names] = process.argv.slice(2);
if (!folder || !["axe", "none"].includes(rules) || names.length === 0) {
  console.error("usage: node site.mjs FOLDER axe|none PAGE…");
  process.exit(2);
}
const root = pathToFileURL(folder + "/").href;

// The flags keep Chromium from calling home, and no name outside this machine can be resolved.
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
  ],
});
const faults = [];
let passes = 0;
let hits = 0;
try {
  for (const javaScriptEnabled of [true, false]) {
    await open({ viewport: DESKTOP, javaScriptEnabled }, async (page, name) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) faults.push(`${name}: is ${wide} px too wide on a desktop`);
      if (name === "search.html" && javaScriptEnabled) hits = await search(page);
      await leaves(page, name);
      if (javaScriptEnabled) await slides(page, name);
      if (name === "map.html") await map(page, javaScriptEnabled);
    });
  }
  await open({ viewport: PHONE }, async (page, name) => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) faults.push(`${name}: is ${wide} px too wide on a phone`);
  });
  if (rules === "axe") await axe();
  console.log(JSON.stringify({ faults, pages: names.length, passes, hits }));
} finally {
  await browser.close();
}

/** Opens every page in one context, hands each to `look`, and tells of requests and complaints. */
async function open(options, look) {
  const context = await browser.newContext(options);
  try {
    for (const name of names) {
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on("request", (request) => {
        if (!request.url().startsWith(root) && !request.url().startsWith("data:")) faults.push(`${name}: requests ${request.url()}`);
      });
      page.on("requestfailed", (request) => faults.push(`${name}: did not get ${request.url()}`));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) faults.push(`${name}: console ${message.type()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => faults.push(`${name}: script error: ${error.message}`));
      page.on("dialog", async (dialog) => {
        faults.push(`${name}: opens a dialog: ${dialog.message()}`);
        await dialog.dismiss();
      });
      await page.goto(pathToFileURL(join(folder, name)).href, { waitUntil: "load" });
      const title = await page.title();
      if (!title.trim()) faults.push(`${name}: has no title`);
      await look(page, name);
      await page.close();
    }
  } finally {
    await context.close();
  }
}

/** In a file with many pages in it, goes to each place that its head leads to: one page is shown, the one of the place. */
async function leaves(page, name) {
  const shown = () =>
    page.evaluate(() => [...document.querySelectorAll(".leaf")].filter((leaf) => leaf.getClientRects().length).map((leaf) => leaf.id));
  if ((await page.locator(".leaf").count()) === 0) return;
  const links = await page.locator("header a, .leaf:first-child a[href^='#']").evaluateAll((all) => all.map((link) => link.hash));
  for (const hash of ["", ...new Set(links)]) {
    await page.evaluate((hash) => (location.hash = hash), hash);
    const ids = (await shown()).join(" ");
    const wanted = hash === "" ? "p0" : hash.slice(1).split(".")[0];
    if (ids !== wanted) faults.push(`${name}: ${hash || "at first it"} shows ${ids || "nothing"}`);
  }
}

/** Turns slides over with the keyboard, to the last and back: each begins where the window does. */
async function slides(page, name) {
  const tops = () => page.evaluate(() => [...document.querySelectorAll(".slide")].map((slide) => Math.round(slide.getBoundingClientRect().top)));
  const count = (await tops()).length;
  if (count === 0) return;
  for (const [key, wanted] of [["Home", 0], ["ArrowRight", 1], ["PageDown", 2], ["ArrowLeft", 1], ["End", count - 1]]) {
    await page.keyboard.press(key);
    const top = (await tops())[wanted];
    if (Math.abs(top) > 2) faults.push(`${name}: after ${key}, slide ${wanted + 1} of ${count} stands at ${top}`);
  }
}

/** Filters the map by the name on its first card, and makes it smaller; without scripts there is nothing to press. */
async function map(page, hasScript) {
  const tools = page.locator(".map-tools");
  if ((await tools.isVisible()) !== hasScript) faults.push("map.html: its tools are there without scripts, or not with them");
  if (!hasScript) return;
  const nodes = await page.locator(".map .node").count();
  const faded = () => page.locator(".map .node.faded").count();
  const owner = await page.locator(".map .node .owner").first().textContent();
  // A long name is cut on its card.
  await tools.getByRole("searchbox").fill(owner.replace(/…$/, ""));
  const hidden = await faded();
  if (hidden === 0 || hidden === nodes) faults.push(`map.html: ${hidden} of ${nodes} fade for ${owner}`);
  await tools.getByRole("searchbox").fill("");
  if ((await faded()) !== 0) faults.push("map.html: some stay faded");
  const width = () => page.locator("svg.map").evaluate((map) => map.getBoundingClientRect().width);
  const before = await width();
  await tools.getByRole("button", { name: "Smaller" }).click();
  if ((await width()) >= before) faults.push("map.html: does not shrink");
}

/** Looks for a word as somebody would who types it, and returns how many goals were found. */
async function search(page) {
  await page.getByRole("searchbox").fill("cash");
  const found = await page.locator("#hits li a").all();
  for (const link of found) {
    const href = await link.getAttribute("href");
    if (/^[a-z]+:/i.test(href)) faults.push(`search.html: finds ${href}`);
  }
  return found.length;
}

async function axe() {
  const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const viewport of [PHONE, DESKTOP]) {
    for (const colorScheme of ["light", "dark"]) {
      const view = `${viewport.width}x${viewport.height} ${colorScheme}`;
      await open({ viewport, colorScheme }, async (page, name) => {
        // Scripts given this way run beside the page's policy, which stays in force for the page.
        await page.evaluate(source);
        const results = await page.evaluate(() => axe.run(document, { preload: false, resultTypes: ["violations"] }));
        passes += results.passes.length;
        for (const rule of results.violations) {
          for (const node of rule.nodes) {
            faults.push(`${name} ${view}: ${rule.id} at ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`);
          }
        }
      });
    }
  }
  // A run that checked nothing finds nothing either.
  if (passes === 0) faults.push("axe ran no rule");
}
