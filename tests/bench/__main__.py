"""`make bench`: the figures of the README, as ratios within one run. Machines are noisy; ratios are what to compare."""

import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from tests.bench.autosave import autosave
from tests.bench.caseload import caseload
from tests.bench.floor import SECONDS, Row, bare, ratio
from tests.bench.history import history
from tests.bench.leading import leading
from tests.bench.load import get, post, requests_per_second
from tests.bench.talks import talks
from tests.bench.writers import writers
from tests.conftest import PASSWORD, TOTP
from tests.journeys.conftest import ARGUMENTS
from tests.serving import served
from tools.machine import NODE_MODULES, ROOT, chromium, node

LIGHTHOUSE_PAGES = {"first screen": "/", "catalogue": "/self-tests/", "test": "/self-tests/djg6"}
WIDTH = 52
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SELFHELP = Path(sys.executable).parent / "selfhelp"


def main() -> None:
    """Print the table; end with 1 if a target is missed."""
    quick = "--without-lighthouse" in sys.argv
    logging.disable(logging.INFO)  # of the applications that are measured in this process: a line per request
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "SELFHELP_MODE": "demo", "SELFHELP_FOLDER": name, "SELFHELP_DEMO_PASSWORD": PASSWORD}
        environment["SELFHELP_DEMO_TOTP"] = TOTP
        subprocess.run([SELFHELP, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
        rows = [starting(environment), serving(folder), on_the_device(folder), history(folder), writers(folder)]
        rows += [autosave(folder), caseload(folder), talks(folder), leading()]
        if not quick:
            rows.append(lighthouse(folder))
        has_missed = False
        for what, figure, target, good in chain.from_iterable(rows):  # each is told as soon as it is measured
            print(f"{'ok  ' if good else 'MISS'} {what:{WIDTH}}  {figure:>44}  target {target}", flush=True)
            has_missed |= not good
    sys.exit(has_missed)


def starting(environment: dict[str, str]) -> Iterator[Row]:
    """Time whole processes: the best of five, because anything above it is the machine."""
    yield timed("selfhelp instruments check", [SELFHELP, "instruments", "check"], environment, 1.0)
    yield timed("process start (selfhelp check)", [SELFHELP, "check"], environment, 2.0)


def timed(what: str, command: list[object], environment: dict[str, str], limit: float) -> Row:
    """Return the row of one command."""
    found = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run(
            [str(part) for part in command],
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        found.append(time.perf_counter() - began)
    return (what, f"{min(found):.2f} s (median {statistics.median(found):.2f})", f"< {limit} s", min(found) < limit)


def serving(folder: Path) -> Iterator[Row]:
    """Compare requests per second with the bare application, in alternating rounds, and weigh the workers."""
    with served(folder, workers=2) as ours:
        host = ours.removeprefix("http://")
        pages = folder / "pages"
        pages.mkdir()
        for name, path in (("start", "/"), ("catalogue", "/self-tests/"), ("test", "/self-tests/djg6")):
            (pages / f"{name}.html").write_bytes(urlopen(ours + path).read())
        fields = urlencode({f"q{number}": "2" for number in range(1, 7)}).encode()
        (pages / "outcome.html").write_bytes(urlopen(ours + "/self-tests/djg6", fields).read())
        with bare("tests.bench.bare:app", BARE_PAGES=str(pages)) as floor:
            page = [get("/self-tests/djg6", host)]
            journey = [
                get("/", host),
                get("/self-tests/", host),
                get("/self-tests/djg6", host),
                post("/self-tests/djg6", host),
            ]
            for what, requests, target in (
                ("GET /self-tests/djg6 / bare page of that size", page, 0.8),
                ("server-scored journey / bare journey, no insert", journey, 0.7),
            ):
                mine, theirs = (partial(requests_per_second, each, requests, SECONDS) for each in (ours, floor))
                yield ratio(what, mine, theirs, target)
        master, *workers = proportional_memory(int(host.rpartition(":")[2]))
        told = f"{sum(workers):.0f} MB (their master {master:.0f})"
        yield ("memory of two web workers (PSS)", told, "<= 120 MB", len(workers) == 2 and sum(workers) <= 120)


def proportional_memory(port: int) -> list[float]:
    """Return the proportional set size (MB) of each process that serves a port, the master first: it began them."""
    listing = subprocess.run(["pgrep", "-f", f"{SELFHELP} web"], capture_output=True, text=True, check=True).stdout.split()
    found: list[float] = []
    for process in sorted(listing, key=int):
        environment = Path(f"/proc/{process}/environ").read_bytes()
        if f"SELFHELP_PORT={port}".encode() in environment:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
            found.append(next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1000)
    return found


SCORE = """async (slug) => {
  const { score } = await import(document.querySelector('script[type=module]').src.replace(/js\\/.*/, "js/scoring.js"));
  const spec = await (await fetch(`/self-tests/${slug}.json`)).json();
  const answers = spec.items.map(({ codes }) => codes[0]);
  const times = [];
  for (let round = 0; round < 200; round += 1) {
    const began = performance.now();
    for (let each = 0; each < 10; each += 1) score(spec, answers, {});
    times.push((performance.now() - began) / 10);
  }
  return times.sort((a, b) => a - b)[100];
}"""


def on_the_device(folder: Path) -> Iterator[Row]:
    """Score every instrument in a browser with a processor six times as slow."""
    with served(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page()
        page.goto(address)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
        slugs = sorted(path.parent.name for path in (ROOT / "selftests").glob("*/instrument.yaml"))
        found = {slug: float(page.evaluate(SCORE, slug)) for slug in slugs}
        browser.close()
    slowest = max(found, key=lambda slug: found[slug])
    yield (
        "scoring on the device, 6x slower, slowest median",
        f"{found[slowest]:.3f} ms ({slowest})",
        "< 1 ms",
        found[slowest] < 1,
    )


def lighthouse(folder: Path) -> Iterator[Row]:
    """Run Lighthouse (mobile) three times per page and keep the best of each category."""
    targets = {"performance": 0.98}
    with served(folder, workers=2) as address:
        for name, path in LIGHTHOUSE_PAGES.items():
            runs = [one_lighthouse(address + path, folder / "lighthouse.json") for _ in range(3)]
            for category in CATEGORIES:
                best, target = max(run[category] for run in runs), targets.get(category, 1.0)
                yield (f"Lighthouse {category}, {name}", f"{best:.2f}", f">= {target}", best >= target)


def one_lighthouse(url: str, report_file: Path) -> dict[str, float]:
    """Return the scores of one run."""
    flags = " ".join(["--headless", *ARGUMENTS])
    command = [
        node(),
        str(NODE_MODULES / "lighthouse" / "cli" / "index.js"),
        url,
        "--quiet",
        "--output=json",
        # To a file: into a pipe it may stop in the middle.
        f"--output-path={report_file}",
        f"--chrome-flags={flags}",
    ]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env={**os.environ, "CHROME_PATH": chromium()})
    report = json.loads(report_file.read_text(encoding="utf-8"))
    if "runtimeError" in report:
        raise RuntimeError(report["runtimeError"]["message"])
    return {category: report["categories"][category]["score"] for category in CATEGORIES}


if __name__ == "__main__":
    main()
