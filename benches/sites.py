#!/usr/bin/env python3
"""Times `okr publish` beside programs that make sites of Markdown, on the same files and in one run.

    $ cargo build --release
    $ python3 benches/sites.py --eleventy ../node_modules/.bin/eleventy

What is not there is left out and named: Hugo, Zola and mdBook are looked for among the commands of the machine,
Eleventy where `--eleventy` says. Each gets the least that it needs: one template that puts the text into a page, and
nothing that it would make beside pages, such as feeds or a search. `okr` makes what it always makes of a folder:
pages with charts, a page for each person, a map, a search, a feed, and the data.

Each line of the table is the median of several runs into an empty folder, in turn with the others. `whole` is the
time from start to end, `CPU` what was computed in it on all cores, `memory` the most that the process held. The last
lines are of `okr` alone: the same again with nothing changed, and with one plan changed.
"""

import argparse
import datetime
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGE = "<!DOCTYPE html><html><head><title>{title}</title></head><body>{content}</body></html>\n"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    program = Path(__file__).parent.parent / "target" / "release" / "okr"
    arguments.add_argument("--okr", type=Path, default=program, help="the program [default: %(default)s]")
    arguments.add_argument("--eleventy", type=Path, help="the command of Eleventy, where there is one")
    arguments.add_argument("--plans", type=int, default=1000, help="how many plans there are [default: %(default)s]")
    arguments.add_argument("--runs", type=int, default=5, help="how often each is run [default: %(default)s]")
    arguments = arguments.parse_args()
    if not arguments.okr.is_file():
        print(f"NOT RUN: there is no {arguments.okr}\n    cargo build --release", file=sys.stderr)
        sys.exit(2)
    okr = arguments.okr.resolve()
    eleventy = arguments.eleventy and arguments.eleventy.absolute()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for number in range(arguments.plans):
            write(f"plans/t{number // 50:03}/plan{number:05}.md", plan(number))
        lines = [("okr publish", Path("plans"), [okr, "publish", ".", "-o", "../site", "--at", "2026-11-06"])]
        others = [("Hugo", hugo), ("Zola", zola), ("mdBook", mdbook), ("Eleventy", lambda: made_by_eleventy(eleventy))]
        for name, prepare in others:
            found = prepare()
            if found:
                lines.append((name, *found))
            else:
                print(f"NOT RUN: {name} is not there", file=sys.stderr)
        runs = [[] for _ in lines]
        for _ in range(arguments.runs):
            for (_, place, command), results in zip(lines, runs):
                results.append(run(command, place))
                put_away("site")
        _, place, command = lines[0]
        run(command, place)
        again = [run(command, place) for _ in range(arguments.runs)]
        changed = []
        for _ in range(arguments.runs):
            with open("plans/t000/plan00000.md", "a", encoding="utf-8") as file:
                file.write("\nMore was said.\n")
            changed.append(run(command, place))
        size = sum(path.stat().st_size for path in Path("plans").rglob("*.md"))
    print(f"{arguments.plans:,} plans of 12 key results with 12 check-ins each, {size / 1e6:.1f} MB of Markdown\n")
    print(f"{'with':<24}{'whole':>9}{'CPU':>9}{'memory':>9}")
    names = [name for name, *_ in lines] + ["okr publish, unchanged", "okr publish, one plan"]
    for name, results in zip(names, [*runs, again, changed]):
        whole, cpu, memory = zip(*results)
        seconds = "".join(f"{statistics.median(times):>7.2f} s" for times in (whole, cpu))
        print(f"{name:<24}{seconds}{max(memory):>6.0f} MB")


def put_away(folder):
    """Makes place for the next run. Nothing is removed before the end: after that, some file systems are slow to
    make files for several seconds."""
    Path(folder).rename(tempfile.mkdtemp(prefix="old-", dir="."))


def plan(number):
    """Returns the plan of a team: four objectives that serve those of another, and twelve key results."""
    parts = [
        f"---\nplan: Team {number}\ntitle: Team {number}\nteam: Team {number}\nowner: Person {number % 97}\n"
        f"period: 2026-Q4\ncadence: weekly\n---\n\n# Team {number}, 2026-Q4\n\nWhy we do this.\n"
    ]
    first = datetime.date(2026, 10, 2)
    for objective in range(1, 5):
        words = f"Get paid sooner part {objective} of team"
        parts.append(f"\n## Objective {objective}: {words} {number}\n\n- Owner: Person {(number + objective) % 97}\n")
        if number:
            above = (number - 1) // 20
            anchor = f"objective-{objective}-{words.lower().replace(' ', '-')}-{above}"
            parts.append(f"- Supports: [Goal](../t{above // 50:03}/plan{above:05}.md#{anchor})\n")
        parts.append("\nCustomers pay late and we ask late.\n")
        for key_result in range(1, 4):
            start = 40 + (number * 7 + key_result * 11) % 30
            target = start + 10 + (number + objective * 5) % 20
            parts.append(
                f"\n### Key result {objective}.{key_result}: Raise the collection rate of area {key_result} from {start}% "
                f"to {target}%\n\n- Owner: Person {(number + key_result) % 97}\n- Measure: collected / due\n"
                f"- Baseline: {start}%\n- Target: {target}%\n- Due: 2026-12-31\n"
                "- [ ] Call the ten largest (@anna, due 2026-11-30)\n\n"
                "| Date | Value | Status | Confidence | Note |\n| --- | --- | --- | --- | --- |\n"
            )
            for week in range(12):
                day = first + datetime.timedelta(weeks=week)
                value = start + (target - start) * week / 12
                parts.append(f"| {day} | {value:.1f}% | on track | 7 | week {week} went as planned here |\n")
    return "".join(parts)


def hugo():
    """Returns where Hugo is run, and how; nothing where it is not there."""
    if not shutil.which("hugo"):
        return None
    kinds = '["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", "home", "section"]'
    write("hugo/hugo.toml", f'contentDir = "../plans"\npublishDir = "../site"\ndisableKinds = {kinds}\n')
    write("hugo/layouts/_default/single.html", PAGE.format(title="{{ .Title }}", content="{{ .Content }}"))
    return Path("hugo"), ["hugo", "--config", "hugo.toml"]


def zola():
    """Returns where Zola is run, and how; nothing where it is not there.

    It wants front matter in TOML, and no other keys than its own outside of `extra`.
    """
    if not shutil.which("zola"):
        return None
    write("zola/config.toml", 'base_url = "/"\ngenerate_feeds = false\ncompile_sass = false\n')
    write("zola/templates/page.html", PAGE.format(title="{{ page.title }}", content="{{ page.content | safe }}"))
    write("zola/templates/section.html", "")
    write("zola/templates/index.html", "")
    for path in Path("plans").rglob("*.md"):
        text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        # A link that it does not know as its own is an error to it.
        write(Path("zola/content") / path.relative_to("plans"), f'+++\ntitle = "{path.stem}"\n+++\n{text}')
    return Path("zola"), ["zola", "build", "--force", "--output-dir", "../site"]


def mdbook():
    """Returns where mdBook is run, and how; nothing where it is not there."""
    if not shutil.which("mdbook"):
        return None
    book = '[book]\ntitle = "Plans"\n[build]\nbuild-dir = "../site"\n'
    write("book/book.toml", book + "[output.html.search]\nenable = false\n[output.html.print]\nenable = false\n")
    paths = sorted(path.relative_to("plans") for path in Path("plans").rglob("*.md"))
    shutil.copytree("plans", "book/src")
    write("book/src/SUMMARY.md", "# Summary\n\n" + "".join(f"- [{path.stem}]({path})\n" for path in paths))
    return Path("book"), ["mdbook", "build"]


def made_by_eleventy(command):
    """Returns where Eleventy is run, and how; nothing where it is not there."""
    if not command or not command.is_file():
        return None
    page = PAGE.format(title="{{ title }}", content="{{ content }}")
    write("eleventy/includes/page.liquid", page)
    config = (
        "module.exports = (config) => {\n  config.addGlobalData('layout', 'page.liquid');\n"
        "  return { markdownTemplateEngine: false,\n"
        "    dir: { input: '../plans', includes: '../eleventy/includes', output: '../site' } };\n};\n"
    )
    write("eleventy/eleventy.config.cjs", config)
    return Path("eleventy"), [command, "--config=eleventy.config.cjs", "--quiet"]


def write(path, text):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(command, place):
    """Returns seconds from start to end, seconds of CPU, and megabytes."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    whole = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}: {said.decode(errors='replace')}")
    return whole, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
