// Looks at one page in headless Chromium and prints what it finds as one line of JSON.
//
//     node page.mjs CHECK PAGE FOLDER
//
// CHECK is a key of `checks` below. CHROMIUM names the browser. FOLDER takes what a check writes.
// The result is { "faults": ["…"], … }: no fault means that the page passes.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };

const checks = { axe, alone, width, print };

const [check, path, folder] = process.argv.slice(2);
if (!Object.hasOwn(checks, check) || !path || !folder) {
  console.error(`usage: node page.mjs ${Object.keys(checks).join("|")} PAGE FOLDER`);
  process.exit(2);
}

const address = pathToFileURL(path).href;
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
try {
  console.log(JSON.stringify(await checks[check]()));
} finally {
  await browser.close();
}

/** Opens the page in a context of its own, hands it to `look`, and closes the context. */
async function visit(options, look, prepare = () => {}) {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await prepare(page);
    await page.goto(address, { waitUntil: "load" });
    return await look(page);
  } finally {
    await context.close();
  }
}

/** Accessibility rules, all that axe runs by itself, on phone and desktop, by day and by night. */
async function axe() {
  const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const faults = [];
  const unsure = [];
  let passes = 0;
  for (const viewport of [PHONE, DESKTOP]) {
    for (const colorScheme of ["light", "dark"]) {
      const view = `${viewport.width}x${viewport.height} ${colorScheme}`;
      const results = await visit({ viewport, colorScheme }, async (page) => {
        // Scripts given this way run beside the page's policy, which stays in force for the page.
        await page.evaluate(source);
        return page.evaluate(() => axe.run(document, { resultTypes: ["violations", "incomplete"] }));
      });
      passes += results.passes.length;
      const told = (rule) =>
        rule.nodes.map((node) => `${view}: ${rule.id} (${rule.impact}) at ${node.target.join(" ")}: ${oneLine(node.failureSummary)}`);
      faults.push(...results.violations.flatMap(told));
      unsure.push(...results.incomplete.flatMap(told));
    }
  }
  // A run that checked nothing finds nothing either.
  if (passes === 0) faults.push("axe ran no rule");
  return { faults, unsure, passes };
}

/** Whether the page needs nothing but itself: no request, no complaint, no script to be read. */
async function alone() {
  const faults = [];
  const requests = [];
  const text = async (page) => {
    // The days that are left are the one thing that only a reader's browser knows.
    const words = await page.evaluate(() => {
      const copy = document.body.cloneNode(true);
      for (const part of copy.querySelectorAll("script, [data-last]")) part.remove();
      return copy.textContent;
    });
    return words.replace(/\s+/g, " ");
  };
  const listen = (page) => {
    page.on("request", (request) => {
      requests.push(request.url());
      if (request.url() !== address) faults.push(`requests ${short(request.url())}`);
    });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) faults.push(`console ${message.type()}: ${oneLine(message.text())}`);
    });
    page.on("pageerror", (error) => faults.push(`script error: ${oneLine(error.message)}`));
    page.on("popup", () => faults.push("opens a window"));
    page.on("dialog", async (dialog) => {
      faults.push(`opens a dialog: ${oneLine(dialog.message())}`);
      await dialog.dismiss();
    });
  };
  const withScript = await visit({ viewport: DESKTOP }, async (page) => {
    const danger = await page.evaluate(() => {
      const found = [];
      for (const element of document.querySelectorAll("*")) {
        for (const { name, value } of element.attributes) {
          if (name.startsWith("on")) found.push(`${element.localName} has ${name}="${value}"`);
          if (["href", "src", "action", "formaction", "data", "xlink:href"].includes(name)) {
            const { protocol } = new URL(value, document.baseURI);
            if (!["file:", "http:", "https:", "mailto:"].includes(protocol)) found.push(`${element.localName} leads to ${protocol}`);
          }
        }
      }
      for (const name of ["iframe", "object", "embed", "form", "base", "link", "img", "meta[http-equiv=refresh]"]) {
        const count = document.querySelectorAll(name).length;
        if (count > 0) found.push(`has ${count} of ${name}`);
      }
      for (const script of document.scripts) {
        if (!script.nonce || script.src) found.push(`has a script of someone else: ${script.text.slice(0, 60)}`);
      }
      return found;
    });
    faults.push(...danger);
    // Late requests, and scripts that wait, have half a second to show.
    await page.waitForTimeout(500);
    return text(page);
  }, listen);
  const without = await visit({ viewport: DESKTOP, javaScriptEnabled: false }, text, listen);
  if (withScript !== without) faults.push(`reads differently without scripts ${difference(withScript, without)}`);
  if (without.trim() === "") faults.push("shows no text");
  if (requests.length !== 2) faults.push(`made ${requests.length} requests in two visits`);
  return { faults, requests };
}

/** Whether everything stands within the width of the window. */
async function width() {
  const faults = [];
  for (const viewport of [NARROW, PHONE, DESKTOP]) {
    const found = await visit({ viewport }, (page) =>
      page.evaluate(() => {
        const room = document.documentElement.clientWidth;
        const wide = document.documentElement.scrollWidth;
        const found = wide > room ? [`is ${wide} px wide`] : [];
        // A page that hides what sticks out has no wide document, yet its words are cut off.
        const scrolls = (element) => {
          for (let at = element; at && at !== document.body; at = at.parentElement) {
            if (["auto", "scroll"].includes(getComputedStyle(at).overflowX)) return true;
          }
          return false;
        };
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        while (walker.nextNode() && found.length < 8) {
          const element = walker.currentNode.parentElement;
          if (!walker.currentNode.data.trim() || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
          range.selectNodeContents(walker.currentNode);
          const right = Math.round(range.getBoundingClientRect().right);
          if (right > room + 1 && !scrolls(element)) {
            const place = [element.localName, ...element.classList].join(".");
            found.push(`${place} reaches ${right} px: ${walker.currentNode.data.trim().slice(0, 40)}`);
          }
        }
        return found;
      }),
    );
    faults.push(...found.map((fault) => `at ${viewport.width} px: ${fault}`));
  }
  return { faults };
}

/** Prints the page to FOLDER/A4.pdf and FOLDER/Letter.pdf and tells what must stand together. */
async function print() {
  return visit({ viewport: DESKTOP }, async (page) => {
    await page.emulateMedia({ media: "print" });
    // About what stands between the margins of a sheet.
    await page.setViewportSize({ width: 665, height: 900 });
    const { cards, headings } = await page.evaluate(() => {
      // Words for the ear alone are not on paper.
      const words = (element) => {
        const found = [];
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const style = getComputedStyle(walker.currentNode.parentElement);
          const isShown = style.visibility === "visible" && !walker.currentNode.parentElement.closest(".unseen, svg title");
          if (isShown) found.push(walker.currentNode.data);
        }
        return found.join(" ").replace(/\s+/g, " ").trim();
      };
      // A card that is higher than a sheet has to be cut.
      const HIGHEST = 800;
      const cards = [...document.querySelectorAll(".key-result, .initiatives li")]
        .filter((element) => getComputedStyle(element).breakInside === "avoid")
        .filter((element) => element.getBoundingClientRect().height < HIGHEST)
        .map(words);
      const headings = [...document.querySelectorAll("main h2, main h3")].map(words).filter(Boolean);
      return { cards, headings };
    });
    for (const format of ["A4", "Letter"]) {
      await page.pdf({ path: join(folder, `${format}.pdf`), format, preferCSSPageSize: true });
    }
    return { faults: [], cards, headings };
  });
}

function difference(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const around = (text) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 60));
  return `(${around(one)}, without: ${around(other)})`;
}

function oneLine(text) {
  return short(String(text ?? "").replace(/\s+/g, " ").trim());
}

function short(text) {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
