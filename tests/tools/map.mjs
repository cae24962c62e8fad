// Looks at what `okr map` draws, and prints what is there as one line of JSON.
//
//     node map.mjs svg FILE         what is wrong with the drawing, and what it shows
//     node map.mjs mermaid FILE     the boxes and lines that Mermaid draws of FILE
//     node map.mjs dot FILE         the boxes and lines of FILE, an SVG of Graphviz
//
// CHROMIUM names the browser. A program that refuses its file makes this one end with an error.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const kinds = { svg, mermaid, dot };
const [kind, path] = process.argv.slice(2);
if (!Object.hasOwn(kinds, kind) || !path) {
  console.error(`usage: node map.mjs ${Object.keys(kinds).join("|")} FILE`);
  process.exit(2);
}

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
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console error: ${message.text()}`);
  });
  page.on("dialog", async (dialog) => {
    complaints.push(`opens a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  const seen = await kinds[kind](page);
  seen.faults = [...(seen.faults ?? []), ...complaints];
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
}

/** The drawing of okr itself: in the letters that it asks for, and in wide ones. */
async function svg(page) {
  await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
  const seen = await page.evaluate(shown);
  const faults = [];
  for (const font of ["", "sans-serif", '"DejaVu Sans", Verdana, sans-serif']) {
    const found = await page.evaluate(look, font);
    faults.push(...found.map((fault) => (font ? `in ${font}: ${fault}` : fault)));
  }
  // The tab key goes through all links in the order of the columns.
  const order = [];
  for (let at = 0; at < Math.min(seen.links, 40); at += 1) {
    await page.keyboard.press("Tab");
    order.push(await page.evaluate(() => [...document.querySelectorAll(".map a")].indexOf(document.activeElement)));
  }
  if (order.some((place, at) => place !== at)) faults.push(`the tab key goes ${order.join(" ")}`);
  return { ...seen, faults };
}

/** Returns what a drawing shows. This and the next function run within the page. */
function shown() {
  const goals = [...document.querySelectorAll(".goal")];
  const { width, height } = document.documentElement.viewBox.baseVal;
  return {
    size: [width, height],
    columns: document.querySelectorAll(".heading").length,
    links: document.querySelectorAll(".map a").length,
    bonds: document.querySelectorAll(".bond").length,
    titles: goals.map((goal) => goal.querySelector("title").textContent),
    lines: goals.map((goal) => goal.querySelectorAll(".title").length),
  };
}

function look(font) {
  const faults = [];
  const root = document.documentElement;
  root.style.fontFamily = font;
  const box = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY };
  };
  // Letters stand on a line; of the room for signs above and below them a part may be shared.
  const NEAR = 3;
  const overlap = (one, other, by = 0.5) =>
    one.left + by < other.right && other.left + by < one.right && one.top + by < other.bottom && other.top + by < one.bottom;
  const within = (inner, outer, by = 0.5) =>
    inner.left > outer.left - by && inner.right < outer.right + by && inner.top > outer.top - by && inner.bottom < outer.bottom + by;
  const { width, height } = root.viewBox.baseVal;
  const whole = { left: 0, top: 0, right: width, bottom: height };
  const words = (text) => `"${text.textContent.slice(0, 40)}"`;
  const cards = [...document.querySelectorAll(".goal")].map((goal) => {
    const card = box(goal.querySelector(".card"));
    const texts = [...goal.querySelectorAll("text, .sign, .track")].map((part) => [part, box(part)]);
    for (const [at, [part, place]] of texts.entries()) {
      if (!within(place, card)) faults.push(`${part.classList} ${words(part)} leaves its card`);
      for (const [other, beside] of texts.slice(0, at)) {
        if (overlap(place, beside, NEAR)) faults.push(`${words(part)} lies over ${words(other)}`);
      }
    }
    if (!within(card, whole)) faults.push(`a card leaves the drawing: ${words(goal.querySelector("title"))}`);
    return card;
  });
  for (const [at, card] of cards.entries()) {
    if (cards.slice(0, at).some((other) => overlap(card, other))) faults.push(`card ${at} lies over another`);
  }
  const labels = [...document.querySelectorAll(".heading, .legend")].map((text) => [text, box(text)]);
  for (const [at, [text, place]] of labels.entries()) {
    if (!within(place, whole)) faults.push(`${words(text)} leaves the drawing`);
    const others = [...cards, ...labels.slice(0, at).map(([, other]) => other)];
    if (others.some((other) => overlap(place, other, 1))) faults.push(`${words(text)} lies over something`);
  }
  for (const bond of document.querySelectorAll(".bond")) {
    const length = bond.getTotalLength();
    for (let at = 0; at <= length; at += Math.max(3, length / 2000)) {
      const { x, y } = bond.getPointAtLength(at);
      const point = { left: x, top: y, right: x, bottom: y };
      const through = cards.some((card) => overlap(point, card, 1.5));
      if (through || !within(point, whole)) {
        faults.push(`a line runs ${through ? "through a card" : "out of the drawing"} at ${Math.round(x)},${Math.round(y)}`);
        break;
      }
    }
  }
  return faults;
}

/** Returns what Mermaid draws, as code hosts have it draw what people write. */
async function mermaid(page) {
  await page.setContent("<!DOCTYPE html><title>Map</title><body></body>");
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve("mermaid/dist/mermaid.min.js") });
  return page.evaluate(async (text) => {
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict", maxTextSize: 5_000_000, maxEdges: 10_000 });
    const { svg } = await mermaid.render("map", text);
    document.body.innerHTML = svg;
    const words = (element) => element.innerText.replace(/\s+/g, " ").trim();
    return {
      boxes: [...document.querySelectorAll(".node")].map((node) => words(node.querySelector(".nodeLabel"))),
      lines: document.querySelectorAll(".edgePaths path").length,
      elements: document.querySelectorAll("#map :is(script, a, img, iframe, b)").length,
    };
  }, readFileSync(path, "utf8"));
}

/** Returns what Graphviz drew. */
async function dot(page) {
  await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
  return page.evaluate(() => {
    const words = (node) => [...node.querySelectorAll("text")].map((text) => text.textContent).join(" ");
    return {
      boxes: [...document.querySelectorAll("g.node")].map((node) => words(node).replace(/\s+/g, " ").trim()),
      lines: document.querySelectorAll("g.edge").length,
      elements: document.querySelectorAll("script, a, image").length,
    };
  });
}
