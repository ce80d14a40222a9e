"""Measure the warehouse at size: `python bench/warehouse.py [--reports 1000000] [--folder DIR]`.

Makes a warehouse of N reports, 3 N claims and 0.4 N incidents by SQL, then prints medians: the questions that readers
ask (with the ratio to the same question on plain pre-aggregated Parquet), a run's append of 2,000 reports here and at
10,000 reports, the resolver's look into the past, and a publish, this also of a fifth of the reports with their texts,
which are most of a real file. Targets stand beside the figures.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from warehouse_world import make_memory, make_run, opening_batch  # noqa: E402 - after the path is set

from model.incident import Lookup  # noqa: E402
from model.run import RunBatch  # noqa: E402
from warehouse import Writer, open_snapshot, open_writer  # noqa: E402
from warehouse.rollback import rebuild_state  # noqa: E402

N_SMALL = 10_000
N_RUN = 2_000
N_REPEATS = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a reader; where there is a target, that and the same on pre-aggregated Parquet."""

    name: str
    query: str
    target_ms: float | None = None
    parquet: str | None = None


QUESTIONS = (
    Question("new_incidents, last day", "FROM pub.new_incidents('2017-12-30'::TIMESTAMPTZ)", 50,
             "FROM '{folder}/incident.parquet' WHERE detected_at >= '2017-12-30'::TIMESTAMPTZ ORDER BY detected_at"),
    Question("changes_after, last 500", "FROM pub.changes_after((SELECT max(change_id) - 500 FROM pub.change))", 50,
             "FROM '{folder}/change.parquet' WHERE change_id > "
             "(SELECT max(change_id) - 500 FROM '{folder}/change.parquet') ORDER BY change_id"),
    Question("incident_asof, one", "FROM pub.incident_asof('2016-06-01'::TIMESTAMPTZ) WHERE incident_id = '{incident}'",
             100, "FROM '{folder}/then.parquet' WHERE incident_id = '{incident}'"),
    Question("incident_asof, all", "SELECT count(*), sum(n_articles) FROM pub.incident_asof('2016-06-01'::TIMESTAMPTZ)",
             3000, "SELECT count(*), sum(n_articles) FROM '{folder}/then.parquet'"),
    Question("trend by week, five years", "FROM pub.trend('week')", 500,
             "SELECT date_trunc('week', day), sum(n) FROM '{folder}/trend.parquet' GROUP BY 1 ORDER BY 1"),
    Question("trend by week, one country", "FROM pub.trend('week', country := 'SY')", 500,
             "SELECT date_trunc('week', day), sum(n) FROM '{folder}/trend.parquet' WHERE country_code = 'SY' GROUP BY 1"
             " ORDER BY 1"),
    Question("claims_of one incident", "FROM pub.claims_of('{incident}')"),
    Question("articles of one incident", "SELECT * FROM pub.report WHERE incident_id = '{incident}'"),
    Question("incidents_near a point", "FROM pub.incidents_near(35.3, 35.29, 25)"),
    Question("spikes by week", "FROM pub.spikes('week', since := DATE '2017-10-01')"),
    Question("search, a common word", "FROM pub.search('clash river') LIMIT 20"),
    Question("search, a rare word", "FROM pub.search('headline 777777') LIMIT 20"),
    Question("search near a point", "FROM pub.search('clash river', lat := 35.3, lon := 35.29, km := 25) LIMIT 20"),
    Question("disputes", "FROM pub.disputes LIMIT 20"),
    Question("outlet_profile", "FROM pub.outlet_profile"),
    Question("actor_pairs", "FROM pub.actor_pairs LIMIT 20"),
)  # fmt: skip


# Sentences of words as frequent as words are (Zipf), 25 of them a text, so that they pack about as well as news does.
TEXTS = """
    CREATE TEMP TABLE _word AS
    SELECT range AS i, left(md5('w' || range), 2 + (hash(range) % 9)::INTEGER) AS word FROM range(20000);
    CREATE TEMP TABLE _sentence AS
    SELECT s, string_agg(word, ' ') || '.' AS sentence
    FROM (
        SELECT s, exp(ln(20000) * (hash(s * 20 + k) % 1000000) / 1e6)::BIGINT - 1 AS i
        FROM range(100000) t(s), range(20) u(k)
    )
    JOIN _word USING (i) GROUP BY s;
    INSERT INTO core.article_text
    SELECT article_no, string_agg(sentence, ' ')
    FROM (SELECT article_no, (hash(article_no * 25 + k) % 100000)::BIGINT AS s FROM core.article, range(25) u(k))
    JOIN _sentence USING (s) GROUP BY article_no ORDER BY article_no
"""


def build(path: Path, n_reports: int, *, has_texts: bool = False) -> None:
    """Make a warehouse of `n_reports` reports at `path`, with texts of 3,000 characters where they are asked for."""
    text = (Path(__file__).with_suffix(".sql")).read_text("utf-8").replace("$n_reports", str(n_reports))
    with open_writer(path) as writer:
        con = writer._con
        con.execute(text)
        if has_texts:
            con.execute(TEXTS)
        con.execute("BEGIN")
        rebuild_state(con)
        con.execute("COMMIT")
        con.execute("CHECKPOINT warehouse")


class Clock:
    """Wall and processor time of what was measured: on a busy machine the second tells what an idle one would take."""

    def __init__(self) -> None:
        self.wall_ms: list[float] = []
        self.cpu_ms: list[float] = []

    def time(self, action: Callable[[], object]) -> None:
        """Run an action once and keep its times."""
        wall, cpu = time.perf_counter(), time.process_time()
        action()
        self.wall_ms.append((time.perf_counter() - wall) * 1000)
        self.cpu_ms.append((time.process_time() - cpu) * 1000)

    @property
    def median_ms(self) -> float:
        """Median of the wall times."""
        return statistics.median(self.wall_ms)

    @property
    def words(self) -> str:
        """Median of the processor times (all threads) in words."""
        return f"{statistics.median(self.cpu_ms):.0f} ms of processor"


def timed(action: Callable[[], object], n_repeats: int = N_REPEATS) -> Clock:
    """Run once to warm up, then time `n_repeats`."""
    action()
    clock = Clock()
    for _ in range(n_repeats):
        clock.time(action)
    return clock


def big_batch(number: int) -> RunBatch:
    """A run of 2,000 new reports with eight keys each and 20,000 terms."""
    batch = opening_batch(number, n_reports=N_RUN)
    if batch.resolution is None:
        raise TypeError("an opening batch has a resolution")
    memories = tuple(
        replace(
            make_memory(report, report.report_id, *(f"{i}|{k}" for k in range(8))), payload='{"w": "' + "x" * 400 + '"}'
        )
        for i, report in enumerate(batch.reports)
    )
    terms = {f"term{number}-{i}" if i % 10 == 0 else f"term{i}": 1 for i in range(20_000)}
    return replace(batch, resolution=replace(batch.resolution, memories=memories, term_counts=terms))


def measure_append(writer: Writer, first: int) -> Clock:
    """Time the append of runs of 2,000 reports."""
    clock = Clock()
    for number in range(first, first + N_REPEATS):
        batch = replace(big_batch(number), run=replace(make_run(number), run_id=f"append-{number}"))
        clock.time(lambda batch=batch: writer.append(batch))
    return clock


def measure_past(writer: Writer) -> Clock:
    """Time one look into the past: 16,000 keys of 2,000 reports, most of them new, and 20,000 terms."""
    con = writer._con
    some = [
        row[0]
        for row in con.execute("SELECT article_id FROM state.article ORDER BY article_no DESC LIMIT 200").fetchall()
    ]
    keys = frozenset(f"{i}|{k}" for i in range(N_RUN) for k in range(8))
    lookup = Lookup(keys, frozenset(f"term{i}" for i in range(20_000)), frozenset(some))
    return timed(lambda: writer.known(lookup), 3)


def report_line(name: str, value: float, unit: str, target: str, extra: str = "") -> None:
    """Print one figure beside its target."""
    print(f"{name:34} {value:10.1f} {unit:6} {target:>16}  {extra}", flush=True)


def ask_questions(published: Path, folder: Path) -> None:
    """Print the medians of the readers' questions and their ratios to Parquet."""
    plain = duckdb.connect()
    with open_snapshot(published) as reader:
        incident = reader.sql("SELECT incident_id FROM pub.incident ORDER BY n_articles DESC, 1 LIMIT 1").rows[0][0]
        for question in QUESTIONS:
            query = question.query.format(incident=incident)
            taken = timed(lambda q=query: reader.sql(q))
            ratio = ""
            if question.parquet:
                text = question.parquet.format(folder=folder, incident=incident)
                ratio = f"{taken.median_ms / timed(lambda q=text: plain.execute(q).fetchall()).median_ms:.1f} x Parquet"
            target = f"<= {question.target_ms:.0f}" if question.target_ms else ""
            report_line(question.name, taken.median_ms, "ms", target, f"{taken.words}  {ratio}")


def write_parquet(path: Path, folder: Path) -> None:
    """Write the pre-aggregated files that the questions are compared with."""
    con = duckdb.connect(str(path), read_only=True)
    con.execute(f"COPY (FROM pub.incident) TO '{folder}/incident.parquet'")
    con.execute(f"COPY (FROM pub.change ORDER BY change_id) TO '{folder}/change.parquet'")
    con.execute(f"COPY (FROM pub.incident_asof('2016-06-01'::TIMESTAMPTZ)) TO '{folder}/then.parquet'")
    con.execute(
        "CREATE TEMP VIEW _trend AS "
        "SELECT date_start AS day, country_code, count(*) AS n FROM pub.incident GROUP BY ALL"
    )
    con.execute(f"COPY (FROM _trend) TO '{folder}/trend.parquet'")
    con.close()


def measure_writing(path: Path, n_reports: int) -> Clock:
    """Print what a run costs at this size; returns the times of its append."""
    with open_writer(path) as writer:
        past = measure_past(writer)
        append = measure_append(writer, 100_000)
    size_gb = path.stat().st_size / 1e9
    print(f"\n{n_reports:,} reports: {size_gb:.2f} GB, {size_gb * 1e6 / n_reports:.2f} MB per 1,000 articles, no texts")
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    report_line("append of 2,000 reports", append.median_ms, "ms", "<= 1000", append.words)
    report_line("the resolver's past", past.median_ms, "ms", "", past.words)
    return append


def measure_publish(name: str, path: Path, published: Path) -> None:
    """Print what a publish takes, data tests included, and how much of it by gigabyte; the copy waits for the disk."""
    size_gb = path.stat().st_size / 1e9
    with open_writer(path) as writer:
        clock = timed(lambda: writer.publish(published), 3)
    took_s = clock.median_ms / 1000
    report_line(
        name, took_s, "s", f"<= {2 * size_gb:.2f}", f"{took_s / size_gb:.2f} s per GB of {size_gb:.2f}; {clock.words}"
    )


def measure_reading(path: Path, folder: Path) -> None:
    """Publish, and print what readers wait for."""
    published = folder / "published" / "incidents.duckdb"
    measure_publish("publish, no texts", path, published)
    write_parquet(path, folder)
    ask_questions(published, folder)


def run(folder: Path, n_reports: int) -> None:
    """Build what is not there yet, measure, print."""
    paths = {n: folder / f"w{n}.duckdb" for n in (N_SMALL, n_reports)}
    for n, path in paths.items():
        if not path.exists():
            start = time.perf_counter()
            build(path, n)
            print(f"built {n:,} reports in {time.perf_counter() - start:.0f} s", flush=True)
    measure_reading(paths[n_reports], folder)
    with_texts = folder / f"w{n_reports // 5}-texts.duckdb"
    if not with_texts.exists():
        build(with_texts, n_reports // 5, has_texts=True)
    measure_publish("publish, with texts", with_texts, folder / "published-texts" / "incidents.duckdb")
    small, large = (measure_writing(path, n) for n, path in paths.items())
    report_line("append, large by small", large.median_ms / small.median_ms, "x", "<= 1.5")
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report_line("peak memory of this process", peak_mb, "MB", "")


def main() -> None:
    """Read the options; a folder that is named is kept, and what was built in it is used again."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=None)
    options = parser.parse_args()
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        run(options.folder, options.reports)
        return
    with tempfile.TemporaryDirectory() as name:
        run(Path(name), options.reports)


if __name__ == "__main__":
    main()
