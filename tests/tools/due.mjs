// Reads what `okr due` writes with programs that know nothing of okr, and prints what they found as JSON.
//
//     node due.mjs ics FILE
//     node due.mjs ical FILE        with one parser alone
//     node due.mjs md FILE
//
// A parser that refuses the file makes this one end with an error.

import { readFileSync } from "node:fs";

const [kind, path] = process.argv.slice(2);
const text = readFileSync(path, "utf8");
const seen = kind === "md" ? await markdown() : await calendar();
console.log(JSON.stringify(seen));

// Returns the events of a calendar as two parsers see them.
async function calendar() {
  const { default: ICAL } = await import("ical.js");
  const { convertIcsCalendar } = await import("ts-ics");
  const one = new ICAL.Component(ICAL.parse(text));
  const first = one.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      stamp: component.getFirstPropertyValue("dtstamp").toString(),
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      isDate: event.startDate.isDate,
      summary: event.summary,
      description: event.description,
    };
  });
  if (kind === "ical") {
    return { first };
  }
  const two = convertIcsCalendar(undefined, text);
  const day = (date) => date.toISOString().slice(0, 10);
  const second = (two.events ?? []).map((event) => ({
    uid: event.uid,
    stamp: event.stamp.date.toISOString().replace(".000", ""),
    start: day(event.start.date),
    end: day(event.end.date),
    isDate: event.start.type === "DATE",
    summary: event.summary,
    description: event.description,
  }));
  return { version: one.getFirstPropertyValue("version"), prodid: two.prodId, first, second };
}

// Returns the blocks of a document, with the words of each as they are shown, and the kinds of its inline parts.
async function markdown() {
  const { marked } = await import("marked");
  const kinds = new Set();
  const unescape = (words) =>
    words
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&");
  const words = (tokens) =>
    tokens
      .map((token) => {
        kinds.add(token.type);
        return token.tokens ? words(token.tokens) : unescape(token.escaped === false ? token.text : token.text);
      })
      .join("");
  const blocks = marked.lexer(text, { gfm: true }).flatMap((token) => {
    switch (token.type) {
      case "space":
        return [];
      case "list":
        return token.items.map((item) => ({ type: "item", words: words(item.tokens) }));
      case "heading":
        return [{ type: `h${token.depth}`, words: words(token.tokens) }];
      default:
        return [{ type: token.type, words: words(token.tokens ?? []) }];
    }
  });
  return { blocks, kinds: [...kinds].sort() };
}
