"""Blocking: the keys under which a report is remembered and looked for, so that pairs are never all compared.

Specification. A memory is kept under few keys, a lookup asks for their neighbours, so that the cost of a report does
not grow with the warehouse:

| key | remembered for | looked up |
|---|---|---|
| `c:day:cell` | each day of the interval and the half-degree cell of an exact place | one day and one cell around |
| `r:day:country:admin1` | each day and the first-level division | one day around |
| `p:week:cell` | week of publication and cell, for wrong or missing dates | this week, the last and the next |
| `n:name` | people, rare names and the rarest words, without a time: trials find their incident | the same |
| `s:number street` | numbered streets | the same |
| `t:word:period` | the rarest words of the lead, by 30 days of publication | this period and its neighbours |
| `g:days:age` | three days of publication and an age told, for wrong places | these days and their neighbours |
| `u:address`, `o:band` | the canonical address and MinHash bands, for copies | the same |

Words and names are chosen when a report is *stored*, by the frequencies known then: a word that many reports share is
never a key, so no key grows without bound.
"""

from __future__ import annotations

from math import floor

from resolution.idf import Idf, word_rates
from resolution.match_record import EXACT_DATES, EXACT_PLACES, MatchRecord
from resolution.origins import bands

CELL_DEGREES = 0.5  # about 55 km north to south: places that are not vetoed lie in neighbouring cells
DAYS_EACH_SIDE = 2
PERIOD_DAYS = 30
AGE_DAYS = 3
STORED_TERMS = 12
STORED_RARE = 4  # words kept without a time, beside the names: surnames, houses, shops
NAME_MAX_FREQUENCY = 40  # a name in more reports than this is a place, an agency or a president
RARE_MAX_FREQUENCY = 4  # a single word in more reports than this is no surname of one case
TERM_MAX_SHARE = 0.005  # a word in more than 0.5 % of the reports finds too many to be worth asking for
TERM_MIN_ALLOWED = 12  # ... but early on, a dozen reports with one word are no crowd
MAX_DAYS = 4

_WEIGHTS = {"c": 4.0, "r": 1.0, "p": 1.5, "n": 4.0, "s": 4.0, "t": 1.0, "u": 10.0, "o": 3.0, "g": 1.5}


def key_weight(key: str) -> float:
    """How much a shared key promises; orders the candidates before they are scored."""
    return _WEIGHTS[key[0]]


def stored_keys(record: MatchRecord, idf: Idf) -> tuple[str, ...]:
    """The keys under which a report is remembered, sorted."""
    keys = {*bands(record.signature), *_address_key(record), *_street_keys(record)}
    for day in _days(record, 0):
        keys.update(_place_keys(record, day, 0))
    keys.update(f"p:{week}:{cell}" for week in _weeks(record, 0) for cell in _cells(record, 0))
    keys.update(f"n:{n}" for n in record.name_set if idf.frequency(n.replace(" ", "_")) <= NAME_MAX_FREQUENCY)
    limit = max(TERM_MIN_ALLOWED, TERM_MAX_SHARE * (idf.n_documents))
    common = word_rates()
    rare = [t for t in record.lead if t not in common and idf.frequency(t) <= limit]
    rare = sorted(rare, key=lambda t: (-record.lead[t], t))[:STORED_TERMS]
    keys.update(f"t:{t}:{p}" for t in rare for p in _periods(record, 0))
    keys.update(f"g:{span}:{age}" for span in _spans(record, 0) for age in record.ages)
    keys.update(f"n:{t}" for t in _rarest(record, idf))
    return tuple(sorted(keys))


def wanted_keys(record: MatchRecord) -> tuple[str, ...]:
    """The keys under which like reports may be remembered, sorted."""
    keys = {*bands(record.signature), *_address_key(record), *_street_keys(record)}
    for day in _days(record, DAYS_EACH_SIDE):
        keys.update(_place_keys(record, day, 1))
    keys.update(f"p:{week}:{cell}" for week in _weeks(record, 1) for cell in _cells(record, 1))
    keys.update(f"g:{span}:{age}" for span in _spans(record, 1) for age in record.ages)
    keys.update(f"n:{n}" for n in record.name_set | record.lead_words)
    keys.update(f"t:{t}:{p}" for t in record.lead_words for p in _periods(record, 1))
    return tuple(sorted(keys))


def _rarest(record: MatchRecord, idf: Idf) -> list[str]:
    """Words that hardly any other report holds but that this one stresses: they outlive the month."""
    common = word_rates()
    known = [t for t in record.body if t not in common and "_" not in t and idf.frequency(t) <= RARE_MAX_FREQUENCY]
    return sorted(known, key=lambda t: (-record.body[t], t))[:STORED_RARE]


def _address_key(record: MatchRecord) -> tuple[str, ...]:
    return (f"u:{record.address}",) if record.address else ()


def _street_keys(record: MatchRecord) -> tuple[str, ...]:
    return tuple(f"s:{s}" for s in record.streets if s[0].isdigit() and s.count(" ") > 1)


def _days(record: MatchRecord, around: int) -> range:
    if record.start is None or record.end is None or record.date_precision not in EXACT_DATES:
        return range(0)
    return range(record.start - around, min(record.end, record.start + MAX_DAYS) + around + 1)


def _place_keys(record: MatchRecord, day: int, around: int) -> list[str]:
    keys = [f"c:{day}:{cell}" for cell in _cells(record, around)]
    if record.country:
        keys.append(f"r:{day}:{record.country}:{record.admin1 or ''}")
    return keys


def _cells(record: MatchRecord, around: int) -> list[str]:
    if record.lat is None or record.lon is None or record.place_precision not in EXACT_PLACES:
        return []
    row, column = floor(record.lat / CELL_DEGREES), floor(record.lon / CELL_DEGREES)
    n_columns = round(360 / CELL_DEGREES)
    steps = range(-around, around + 1)
    return [f"{row + i}:{(column + j) % n_columns}" for i in steps for j in steps]


def _weeks(record: MatchRecord, around: int) -> list[str]:
    if record.published is None:
        return ["-"]
    return [str(record.published // 7 + i) for i in range(-around, around + 1)]


def _spans(record: MatchRecord, around: int) -> list[str]:
    if record.published is None:
        return ["-"]
    return [str(record.published // AGE_DAYS + i) for i in range(-around, around + 1)]


def _periods(record: MatchRecord, around: int) -> list[str]:
    if record.published is None:
        return ["-"]
    return [str(record.published // PERIOD_DAYS + i) for i in range(-around, around + 1)]
