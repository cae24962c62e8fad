// Reads a workbook with SheetJS and prints what it found as JSON: node readers.mjs FILE

import { readFileSync } from "node:fs";
import * as XLSX from "@e965/xlsx";

const book = XLSX.read(readFileSync(process.argv[2]), { cellFormula: true, cellNF: true, WTF: true });
let formulas = 0;
const sheets = {};
for (const name of book.SheetNames) {
  const cells = {};
  for (const [place, cell] of Object.entries(book.Sheets[name])) {
    if (place.startsWith("!")) {
      continue;
    }
    formulas += cell.f === undefined ? 0 : 1;
    if (cell.v !== undefined && cell.v !== "" && cell.t !== "z") {
      cells[place] = cell.v;
    }
  }
  sheets[name] = cells;
}
console.log(JSON.stringify({ sheets, formulas }));
