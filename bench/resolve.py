"""Time the resolver against memories of many sizes, with an index in memory in place of the warehouse.

    python bench/resolve.py [--new 300] [--sizes 10000,100000]

Made-up years of reports: a vocabulary by Zipf's law, days, towns, tolls and names drawn at random, one to five reports
an incident, in step with their number: a larger store is a longer past at the same rate, 300 reports a day. For each
size it prints the CPU seconds of one run of new reports, lookup included, the reports per second, the memories that
the lookup reached, and the largest payload in bytes. CPU seconds, since other work may share the machine.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from model import ids
from model.article import Article, TextQuality, TimePrecision
from model.incident import Known, Memory, Told
from model.report import DatePrecision, DateSpan, Place, PlacePrecision, Report, Role, Toll
from resolution import lookup, resolve
from resolution.blocking import stored_keys
from resolution.origins import signature
from resolution.rarity import Rarity
from resolution.sketch import encode, make_sketch

N_WORDS = 60_000
REPORTS_A_DAY = 300
LAST_DAY = date(2020, 1, 1)
WORDS = [f"w{n:x}q" for n in range(N_WORDS)]


def make_told(number: int, day: date, rng: Random) -> Told:
    """One made-up report."""
    town = rng.randrange(2000)
    words = [WORDS[min(N_WORDS - 1, int(1.0005 ** rng.uniform(0, 22_000)))] for _ in range(180)]
    name = f"{WORDS[rng.randrange(4000)].title()} {WORDS[rng.randrange(N_WORDS)].title()}"
    killed = min(60, int(rng.expovariate(0.4)))
    text = f"{' '.join(words[:20])}. {name}, {rng.randrange(4, 80)}, was hurt. {' '.join(words[20:])}"
    at = datetime.combine(day, datetime.min.time(), UTC)
    key = ids.article_id(f"https://bench.example/{number}")
    article = Article(
        key, 1, str(number), f"https://bench.example/{number}", f"outlet {number % 90}", None, " ".join(words[:8]),
        text, None, "en", at, TimePrecision.DAY, "UTC", None, at, at, None, TextQuality.FULL,
    )  # fmt: skip
    span = DateSpan(day, day, DatePrecision.DAY, "", "weekday")
    place = Place(
        f"t{town}", town, f"a{town // 20}", f"{town // 200}C", -60 + (town % 50) * 2.4, -170 + (town // 50) * 8.5,
        PlacePrecision.TOWN, "", "bench",
    )  # fmt: skip
    toll = Toll(killed, killed, killed)
    report = Report(
        ids.report_id(key, 1, 0), key, 1, Role.MAIN, "shooting", None, span, place, (), (), toll, Toll(), 0.8, "bench"
    )
    return Told(article, report)


def remembered(n_reports: int, rng: Random) -> tuple[dict[str, list[int]], list[Memory], Counter[str]]:
    """The memories of a past of `n_reports`, by key, and the frequencies of its words."""
    rarity = Rarity({}, 0)
    by_key: dict[str, list[int]] = defaultdict(list)
    memories: list[Memory] = []
    for number in range(n_reports):
        day = LAST_DAY - timedelta(days=(n_reports - number) // REPORTS_A_DAY)
        told = make_told(number, day, rng)
        sketch = make_sketch(told, True, rarity, signature(told.article.text))
        rarity.add(sketch.terms)
        keys = stored_keys(sketch, rarity)
        incident = ids.incident_id(sketch.report_id)
        at = told.article.published_at
        memories.append(
            Memory(sketch.report_id, sketch.article_id, incident, sketch.article_id, keys, encode(sketch), at)
        )
        for key in keys:
            by_key[key].append(number)
    return by_key, memories, rarity.added


def main() -> None:
    """Fill, time, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--new", type=int, default=300)
    parser.add_argument("--sizes", default="3000,30000")
    options = parser.parse_args()
    for size in (int(s) for s in options.sizes.split(",")):
        rng = Random(size)
        by_key, memories, counts = remembered(size, rng)
        batch = [make_told(10**9 + n, LAST_DAY, rng) for n in range(options.new)]
        begin = time.process_time()
        asked = lookup(batch)
        reached = sorted({n for key in asked.keys for n in by_key.get(key, ())})
        frequencies = {t: counts[t] for t in asked.terms if t in counts}
        resolve(batch, Known(tuple(memories[n] for n in reached), frequencies, size), datetime(2020, 1, 2, tzinfo=UTC))
        spent = time.process_time() - begin
        largest = max(len(m.payload.encode()) for m in memories)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{size:>9} known  {spent:6.2f} s CPU  {options.new / spent:5.0f} reports/s  {len(reached):>7} reached"
            f"  payload at most {largest} bytes  peak {peak} MB"
        )


if __name__ == "__main__":
    main()
