#!/usr/bin/env python3
"""Times okr beside what people use in Python, on the same data and in one run.

    $ cargo build --release
    $ python3 -m pip install pandas openpyxl xlsxwriter
    $ python3 benches/beside.py

Each line of the table is a process of its own, run several times in turn with the others.
`whole` is the median from its start to its end, `CPU` what it computed in that time on all cores,
`memory` the most that it held, and `work` the median without the start of Python and its imports.

okr does more than the others in that time: it finds out what the columns mean, and makes and prints a plan.
"""

import argparse
import csv
import datetime
import importlib.util
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

NEEDED = ["pandas", "openpyxl", "xlsxwriter"]

ROWS = 100_000
HEADINGS = ["Objective", "Key result", "Owner", "Start", "Target", "Current", "Unit", "Due", "Status", "Comment"]
KEY_RESULTS = 1_000
WEEKS = 52

# What is timed in Python; `path` and `aside` are set before.
PANDAS_CSV = "import pandas|pandas.read_csv(path)"
PANDAS_XLSX = "import pandas, openpyxl|pandas.read_excel(path)"
OPENPYXL = """from openpyxl import load_workbook|
for row in load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True):
    pass"""
XLSXWRITER = """import json, xlsxwriter
sheets = json.load(open(aside))|
book = xlsxwriter.Workbook(path)
ruled = book.add_format({"bottom": 1, "text_wrap": True})
for name, rows in sheets:
    sheet = book.add_worksheet(name)
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value is not None:
                sheet.write(row, column, value, ruled)
book.close()"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    program = Path(__file__).parent.parent / "target" / "release" / "okr"
    arguments.add_argument("--okr", type=Path, default=program, help="the program [default: %(default)s]")
    arguments.add_argument("--runs", type=int, default=5, help="how often each is run [default: %(default)s]")
    arguments = arguments.parse_args()
    okr = arguments.okr.resolve()
    refuse_without(okr)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        # In a process of its own: what this one holds would count as memory of those that it starts.
        maker = multiprocessing.Process(target=make_data, args=(okr,))
        maker.start()
        maker.join()
        if maker.exitcode != 0:
            sys.exit("the data could not be made")
        lines = [
            ("read CSV", "okr import", [okr, "import", "sheet.csv", "-o", "plan.md", "--force"]),
            ("read CSV", "pandas", python(PANDAS_CSV, "sheet.csv")),
            ("read XLSX", "okr import", [okr, "import", "sheet.xlsx", "-o", "plan.md", "--force"]),
            ("read XLSX", "pandas", python(PANDAS_XLSX, "sheet.xlsx")),
            ("read XLSX", "openpyxl", python(OPENPYXL, "sheet.xlsx")),
            ("write XLSX", "okr render", [okr, "render", "company.md", "-o", "okr.xlsx", "--force"]),
            ("write XLSX", "XlsxWriter", python(XLSXWRITER, "theirs.xlsx", "cells.json")),
        ]
        runs = [[] for _ in lines]
        for _ in range(arguments.runs):
            for (_, _, command), results in zip(lines, runs):
                results.append(run(command))
    print(f"{ROWS:,} rows of {len(HEADINGS)} columns; {KEY_RESULTS:,} key results with {WEEKS} check-ins each\n")
    print(f"{'what':<12}{'with':<12}{'whole':>9}{'CPU':>9}{'work':>9}{'memory':>9}")
    for (what, tool, _), results in zip(lines, runs):
        whole, cpu, memory, work = zip(*results)
        seconds = "".join(f"{statistics.median(times):>7.2f} s" for times in (whole, cpu, work))
        print(f"{what:<12}{tool:<12}{seconds}{max(memory):>6.0f} MB")


def refuse_without(okr):
    """Ends with status 2 where something is missing, and says what."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        print(f"NOT RUN: Python has no {', '.join(missing)}", file=sys.stderr)
        print(f"    {sys.executable} -m pip install {' '.join(missing)}", file=sys.stderr)
    if not okr.is_file():
        print(f"NOT RUN: there is no {okr}\n    cargo build --release", file=sys.stderr)
    if missing or not okr.is_file():
        sys.exit(2)


def make_data(okr):
    """Writes the files that all read: the same bytes every time."""
    from openpyxl import load_workbook
    import xlsxwriter

    # It says that it drops colours and sparklines; only values are wanted.
    warnings.simplefilter("ignore")
    with open("sheet.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADINGS, *map(row, range(ROWS))])
    book = xlsxwriter.Workbook("sheet.xlsx", {"constant_memory": True})
    sheet = book.add_worksheet("OKRs")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADINGS)
    for number in range(ROWS):
        for column, value in enumerate(row(number)):
            form = [day] if isinstance(value, datetime.date) else []
            sheet.write(number + 1, column, value, *form)
    book.close()
    Path("company.md").write_text(company(), encoding="utf-8")
    run([okr, "render", "company.md", "-o", "okr.xlsx"])
    book = load_workbook("okr.xlsx", data_only=True)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    cells = [[sheet.title, list(sheet.iter_rows(values_only=True))] for sheet in shown]
    Path("cells.json").write_text(json.dumps(cells, default=str), encoding="utf-8")


def row(number):
    """Returns a row of the sheet; four key results to an objective."""
    objective = number // 4
    return [
        f"Get region {objective} paid sooner without chasing",
        f"Settle batch {number} before it is overdue",
        ["Dana Reyes", "Sam Ortiz", "Kim Park", "Ada Lovett", "Ben Okafor"][number % 5],
        10 + number % 50,
        60 + number % 40,
        20 + number % 60,
        ["days", "%", "invoices", "EUR", "hours"][objective % 5],
        datetime.date(2026, 9 + number % 4, 1 + number % 28),
        ["On track", "At risk", "Off track", "Not started", "Done"][number % 5],
        f"Steady week {number % 52}",
    ]


def company():
    """Returns a plan of many key results, each with a check-in a week for a year."""
    statements = [
        "Increase on-time payments from 60% to 80% of invoices",
        "Cut DSO from 52 to 44 days by the end of the year",
        "Keep credit notes at or below 2% of billings",
    ]
    first = datetime.date(2026, 1, 9)
    parts = ["---\nplan: Accounts\nperiod: 2026\ncadence: weekly\n---\n"]
    for number in range(KEY_RESULTS):
        if number % 3 == 0:
            parts.append(f"\n## Objective: Get region {number // 3} paid without chasing\n\n- Owner: Dana Reyes\n")
        parts.append(f"\n### Key result: {statements[number % 3]} in region {number // 3}\n\n- Owner: Sam Ortiz\n")
        parts.append("- [ ] Call the oldest accounts each Monday\n\n")
        parts.append("| Date | Value | Status | Confidence | Note |\n| --- | --- | --- | --- | --- |\n")
        for week in range(WEEKS):
            day = first + datetime.timedelta(weeks=week)
            parts.append(f"| {day} | {60 + week // 5}.{week % 10} | on track | 7 | Steady week |\n")
    return "".join(parts)


def python(code, path, aside=""):
    """Returns a command that prints how long the work takes, without what stands before the stroke."""
    before, work = code.split("|")
    lines = [
        "import time",
        f"path, aside = {path!r}, {aside!r}",
        before,
        "start = time.perf_counter()",
        work,
        "print(time.perf_counter() - start)",
    ]
    return [sys.executable, "-c", "\n".join(lines)]


def run(command):
    """Returns seconds from start to end, seconds of CPU, megabytes, and seconds of the work alone."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    whole = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}: {command[1:]}")
    work = float(said) if said else whole
    return whole, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, work


if __name__ == "__main__":
    main()
