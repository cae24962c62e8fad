#!/usr/bin/env python3
"""Makes a ledger of a million rows, computes its measures with pandas, and compares them with `okr measure`.

    cargo build --release
    python3 benches/ledger.py target/release/okr

The ledger is the same on every machine. It has part payments, credit notes, invoices that were paid after the
period's end, and rows of all ages. What pandas computes is written after docs/measures.md and shares nothing with
okr: amounts are whole cents there. Times are of this machine; the most memory is that of the process.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from decimal import ROUND_HALF_UP, Decimal

FROM, TO = "2026-07-01", "2026-09-30"
HEADINGS = (
    "Invoice,Customer,Type,Invoice date,Due date,Amount,Currency,Paid on,Amount paid,"
    "Delivered,Disputed on,Resolved on,Corrects"
)


NAMES = (
    "dso dpo paid-on-time collection-rate overdue overdue-share over-30 over-60 over-90 billing-accuracy "
    "invoice-cycle-time dispute-time"
).split()


class Numbers:
    """A generator that gives the same numbers everywhere (a linear congruence of 64 bits, upper half)."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
        return (self.state >> 33) % limit


def days(count):
    import datetime

    first = datetime.date(2025, 7, 1)
    return [(first + datetime.timedelta(days=at)).isoformat() for at in range(count)]


def make(path, rows):
    numbers, calendar = Numbers(20261122), days(1200)
    below = numbers.below
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(HEADINGS + "\n")
        lines = []
        for at in range(rows):
            issued = below(500)
            cents = 100 + below(2_000_000)
            kind, paid, amount_paid, corrects = "Invoice", "", "", ""
            due = calendar[issued + (14, 30, 60)[below(3)]]
            if below(50) == 0:
                kind, due = "Credit note", ""
                corrects = f"R{below(rows):07}"
                if below(2):
                    paid = calendar[issued + below(20)]
            elif below(5):
                paid = calendar[issued + below(110)]
                if below(12) == 0:
                    amount_paid = f"{cents // 2 / 100:.2f}"
            delivered = calendar[max(issued - below(9), 0)]
            disputed = settled = ""
            if below(40) == 0:
                start = issued + below(30)
                disputed = calendar[start]
                if below(4):
                    settled = calendar[start + below(60)]
            lines.append(
                f"R{at:07},Customer {below(5000)},{kind},{calendar[issued]},{due},{cents // 100}.{cents % 100:02},"
                f"EUR,{paid},{amount_paid},{delivered},{disputed},{settled},{corrects}\n"
            )
            if len(lines) == 10_000:
                file.writelines(lines)
                lines.clear()
        file.writelines(lines)


def reference(path):
    """Computes every measure with pandas; each is a pair of whole numbers and what to multiply by."""
    import pandas

    table = pandas.read_csv(path, dtype=str, keep_default_na=False)
    cents = lambda name: (table[name].str.replace(".", "", regex=False).replace("", "0").astype("int64"))
    date = lambda name: pandas.to_datetime(table[name].replace("", None), format="%Y-%m-%d")
    first, last = pandas.Timestamp(FROM), pandas.Timestamp(TO)
    period = (last - first).days + 1
    credit = table["Type"] == "Credit note"
    sign = 1 - 2 * credit.astype("int64")
    amount = cents("Amount") * sign
    issued, due, paid = date("Invoice date"), date("Due date"), date("Paid on")
    part = table["Amount paid"] != ""
    received = amount.where(~part, cents("Amount paid") * sign).where(paid.notna(), 0)

    def at(day):
        return received.where(paid <= day, 0)

    known = issued <= last
    open_at = (amount - at(last)).where(known, 0)
    owed = open_at.clip(lower=0).where(~credit, 0)
    inside = (issued >= first) & known
    ages = (last - due).dt.days
    over = lambda limit: int(owed.where((ages > limit) & known, 0).sum())
    falls_due = ~credit & (due >= first) & (due <= last)
    in_time = at(due)
    sent = ~credit & inside
    corrected = table["Invoice"].isin(set(table["Corrects"]) - {""})
    length = (issued - date("Delivered")).dt.days
    disputed, settled = date("Disputed on"), date("Resolved on")
    closed = disputed.notna() & (settled >= first) & (settled <= last)
    sales = int(amount.where(inside, 0).sum())
    count = lambda mask: int(mask.sum())
    return {
        "dso": (int(open_at.sum()), sales, period),
        "dpo": (int(open_at.sum()), sales, period),
        "paid-on-time": (count(falls_due & (in_time >= amount)), count(falls_due), 100),
        "collection-rate": (
            int(in_time.clip(upper=amount).where(falls_due, 0).sum()),
            int(amount.where(falls_due, 0).sum()),
            100,
        ),
        "overdue": (over(0), 100, 1),
        "overdue-share": (over(0), int(owed.sum()), 100),
        "over-30": (over(30), 100, 1),
        "over-60": (over(60), 100, 1),
        "over-90": (over(90), 100, 1),
        "billing-accuracy": (count(sent & ~corrected), count(sent), 100),
        "invoice-cycle-time": (int(length.where(sent, 0).sum()), count(sent), 1),
        "dispute-time": (
            int((settled - disputed).dt.days.where(closed, 0).sum()),
            count(closed),
            1,
        ),
    }


def measured(okr, path, name):
    """Runs `okr measure`; returns the exact value, the seconds it took, and the most memory in MiB."""
    import json

    command = [okr, "measure", name, "--invoices", path, "--from", FROM, "--to", TO, "--json"]
    best, memory = None, 0
    for _ in range(3):
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            out = child.stdout.read()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - start
        best = took if best is None else min(best, took)
        memory = max(memory, usage.ru_maxrss / 1024)
        if child.returncode != 0:
            sys.exit(f"{' '.join(command)}: exit status {child.returncode}\n{out.decode()[:2000]}")
    return Decimal(json.loads(out)["exact"]), best, memory


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("okr", help="the program, as cargo build --release makes it")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--keep", help="where to keep the ledger; it is made anew when it is not there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or os.path.join(folder, "ledger.csv")
        if not os.path.exists(path):
            make(path, given.rows)
        print(f"{path}: {given.rows} rows, {os.path.getsize(path) / 2**20:.1f} MiB")
        # A process is born with the memory of its parent, so that pandas comes last.
        found = {name: measured(given.okr, path, name) for name in NAMES}
        start = time.perf_counter()
        expected = reference(path)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"pandas computes all in {time.perf_counter() - start:.2f} s with {memory:.0f} MiB")
        wrong = 0
        for name, (numerator, denominator, times) in expected.items():
            exact = Decimal(numerator) * times / Decimal(denominator)
            value, seconds, memory = found[name]
            # Both are exact up to the last of 28 digits.
            is_same = abs(value - exact) <= abs(exact) * Decimal("1e-24")
            wrong += not is_same
            shown = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
            verdict = "equal" if is_same else f"DIFFERS: okr says {value}, pandas {exact}"
            print(f"{name:20} {shown:>18} {seconds:6.2f} s {memory:6.1f} MiB  {verdict}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
