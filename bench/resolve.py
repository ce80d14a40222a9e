"""Time a run's new reports against records of many sizes: reading, the look into the past, placing.

    nice -n -10 python bench/resolve.py [--new 2000] [--sizes 10000,100000,1000000]

The press is made up by `resolve.sql`: common words by the shares of `word_rates.csv`, the others and the towns by
Zipf's law, tolls and ages by chance, 2.5 reports an incident within two days, one in ten a copy, one in ten with a
wrong town, one in seven with a wrong day; 550 reports a day, so that a million are five years. The past is written
straight into a warehouse in a temporary folder (`resolve_past.sql`); the new reports have texts of 300 words. Building
and running have a process each. Printed for each size: processor seconds of the run, its reports per second, the parts,
what the look reached, and the most memory that the run's process held.
Beside them the payloads of made-up memories and of those of the new reports, so that one can see that they are alike.
"""

from __future__ import annotations

import argparse
import csv
import pickle
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import resolution  # noqa: E402 - the path comes first
from model.article import Article, TextQuality, TimePrecision  # noqa: E402
from model.incident import ArticleReport, Known, Resolution  # noqa: E402
from model.report import DatePrecision, DateSpan, Place, PlacePrecision, Report, Role, Toll  # noqa: E402
from resolution.idf import word_rates  # noqa: E402
from resolution.words import STOP_WORDS  # noqa: E402
from warehouse import Writer, open_writer  # noqa: E402
from warehouse.columns import key_hash  # noqa: E402

REPORTS_A_DAY = 550
KINDS = ["shooting", "battle", "air_strike", "shelling", "protest", "road_accident", "explosion"]
N_TEXT_WORDS = 300
N_KEYS_AT_ONCE = 500_000
MAX_RATIO, MIN_RATE = 1.5, 200.0


def statements(name: str, **values: int) -> list[str]:
    """The statements of a file beside this one, with numbers in place of its `$names`."""
    text = (ROOT / "bench" / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"${key}", str(value))
    return [s for s in text.split(";\n") if s.strip()]


def build(writer: Writer, n_reports: int, n_new: int, folder: Path) -> list[ArticleReport]:
    """Write a past of `n_reports` and return the reports that come next."""
    con = writer._con
    con.execute("SET threads = 2")
    con.execute("SET memory_limit = '6GB'")
    common = [word for word, rate in word_rates().items() for _ in range(max(1, round(rate * 200)))]
    con.execute("SET VARIABLE common = ?", [common])
    con.execute("SET VARIABLE kinds = ?", [KINDS])
    for file in ("resolve.sql", "resolve_past.sql"):
        for statement in statements(file, n_reports=n_reports, n_new=n_new, n_a_day=REPORTS_A_DAY):
            con.execute(statement)
    write_keys(writer, folder / "keys.csv")
    fresh = con.execute("SELECT * FROM _report WHERE i >= ? ORDER BY i", [n_reports])
    names, rng = [column[0] for column in fresh.description], Random(n_reports)
    article_reports = [make_article_report(dict(zip(names, row, strict=True)), common, rng) for row in fresh.fetchall()]
    for table in ("_incident", "_report", "_kept"):
        con.execute(f"DROP TABLE {table}")
    con.execute("CHECKPOINT")
    return article_reports


def write_keys(writer: Writer, path: Path) -> None:
    """Store the keys of the memories by their hashes, which only Python makes."""
    con = writer._con
    found = con.execute("SELECT DISTINCT unnest(keys) FROM _kept")
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        while chunk := found.fetchmany(N_KEYS_AT_ONCE):
            table.writerows((key, key_hash(key)) for (key,) in chunk)
    con.read_csv(str(path), header=False, names=["key", "key_hash"], dtype=["VARCHAR", "BIGINT"]).create("_hash")
    con.execute(
        "INSERT INTO core.memory_key SELECT h.key_hash, k.report_no"
        " FROM (SELECT unnest(keys) AS key, i + 1 AS report_no FROM _kept) k JOIN _hash h USING (key)"
    )
    con.execute("DROP TABLE _hash")
    path.unlink()


def make_article_report(facts: dict, common: list[str], rng: Random) -> ArticleReport:
    """A new report with an article of 300 words that tells its facts."""
    fill = [rng.choice(common if rng.random() < 0.6 else STOPS) for _ in range(N_TEXT_WORDS - len(facts["words"]))]
    words = facts["words"]
    person = " ".join(name.title() for name in facts["person"].split())
    story = [*words[:20], f"{person}, {facts['age']}, was hurt.", *words[20:], *fill]
    text = ". ".join(" ".join(story[n : n + 20]).capitalize() for n in range(0, len(story), 20))
    published = date.fromordinal(facts["published"])
    at = datetime.combine(published, datetime.min.time(), UTC)
    address = f"https://outlet{facts['outlet']}.example/{facts['i']}"
    article = Article(
        facts["article_id"], 1, str(facts["i"]), address, f"Outlet {facts['outlet']}", None, " ".join(words[:8]),
        text, None, "en", at, TimePrecision.DAY, "UTC", None, at, at, None, TextQuality.FULL,
    )  # fmt: skip
    day = date.fromordinal(facts["start"])
    span = DateSpan(day, day, DatePrecision.DAY, "", "weekday")
    town = facts["town"]
    place = Place(
        f"t{town}", town, f"A{town % 3000}", f"C{town % 150}", facts["lat"], facts["lon"], PlacePrecision.TOWN, "", "b"
    )
    killed, injured = (Toll(facts[n], facts[n], facts[n]) for n in ("killed", "injured"))
    kind = KINDS[facts["kind"]]
    report = Report(
        facts["report_id"], article.article_id, 1, Role.MAIN, kind, None, span, place, (), (), killed, injured, 0.8, "b"
    )
    return ArticleReport(article, report)


STOPS = sorted(STOP_WORDS)


def run_once(article_reports: list[ArticleReport], writer: Writer) -> tuple[dict[str, float], Known, Resolution]:
    """Read, look up and place a batch; returns the processor seconds of each part."""
    moments = [time.process_time()]
    readings = resolution.Readings(article_reports)
    moments.append(time.process_time())
    known = writer.known(resolution.lookup(article_reports, readings))
    moments.append(time.process_time())
    found = resolution.resolve(article_reports, known, readings=readings)
    moments.append(time.process_time())
    parts = ("reading", "past", "placing")
    return dict(zip(parts, (b - a for a, b in pairwise(moments)), strict=True)), known, found


def make_record(n_reports: int, n_new: int, folder: Path) -> float:
    """Build a record and keep the reports that come next beside it; returns the seconds that it took."""
    begin = time.perf_counter()
    with open_writer(folder / "w.duckdb") as writer:
        article_reports = build(writer, n_reports, n_new, folder)
    (folder / "told.pickle").write_bytes(pickle.dumps(article_reports))
    return time.perf_counter() - begin


def run_record(folder: Path) -> tuple[dict[str, float], list[str]]:
    """Run twice, the first time with a few; returns the processor seconds of the second, and what there is to say."""
    article_reports: list[ArticleReport] = pickle.loads((folder / "told.pickle").read_bytes())  # noqa: S301 - a file of our own making
    with open_writer(folder / "w.duckdb") as writer:
        writer._con.execute("SET threads = 1")
        run_once(article_reports[:50], writer)  # reads the tables of the package once
        parts, known, found = run_once(article_reports, writer)
    n_joined = sum(not a.is_new for a in found.assignments)
    words = [
        f"{len(known.memories):,} memories reached, {n_joined:,} of {len(article_reports):,} reports joined an incident"
    ]
    for who, memories in (("made up", known.memories), ("new", found.memories)):
        n_bytes = sum(len(m.payload.encode()) for m in memories) / max(1, len(memories))
        words.append(f"payload of those {who}: {n_bytes:,.0f} bytes")
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return parts, [*words, f"peak memory of the run's process: {peak_mb:,} MB"]


def measure(n_reports: int, n_new: int) -> float:
    """Build and run, each in a process of its own, and print; returns the processor seconds of the run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as alone:
            built = alone.submit(make_record, n_reports, n_new, folder).result()
            size_gb = (folder / "w.duckdb").stat().st_size / 1e9
            parts, words = alone.submit(run_record, folder).result()
    spent = sum(parts.values())
    told_parts = ", ".join(f"{name} {seconds:.2f}" for name, seconds in parts.items())
    print(f"{n_reports:>9,} known ({size_gb:.2f} GB, built in {built:.0f} s)")
    print(f"          {spent:6.2f} s of processor  {n_new / spent:5.0f} reports/s  ({told_parts})")
    print(*(f"          {line}" for line in words), sep="\n", flush=True)
    return spent


def main() -> None:
    """Measure each size, and compare the last with the first."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--new", type=int, default=2_000)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    options = parser.parse_args()
    spent = [measure(int(size), options.new) for size in options.sizes.split(",")]
    print(f"largest by smallest {spent[-1] / spent[0]:.2f} (at most {MAX_RATIO})")
    print(f"slowest {options.new / max(spent):.0f} reports/s (at least {MIN_RATE:.0f})")


if __name__ == "__main__":
    main()
