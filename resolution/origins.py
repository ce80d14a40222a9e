"""Origins: which articles copy one piece of writing.

Specification. An article's signature is a MinHash of 64 permutations over its runs of four words; eight bands of
four give the keys under which copies are found (at a Jaccard similarity of 0.8 with 0.99, at 0.6 with 0.67).
A pair is a *copy* at an estimated similarity of `COPY`; between `NEAR_COPY` and `COPY` it is one only when both carry
the same wire credit, or when rapidfuzz finds the titles alike. A rewritten report shares facts and not runs of words:
it keeps its own origin. Pages of fewer than 40 words are compared by address only, since log-in forms resemble each
other. "Quoted from": a short article that credits another outlet of the same incident takes over that outlet's origin.
Sources: Broder 1997 (shingles), rapidfuzz for confirmation. The thresholds are
chosen by judgement; no corpus at hand labels copies.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from resolution.incident import Incident
from resolution.match_record import MatchRecord
from resolution.minhash import N_PERMUTATIONS, minhash
from resolution.words import shingles

BAND_ROWS = 4
BANDED = 32  # half of them make keys: eight keys find a copy of 0.8 similarity with 0.99, one of 0.6 with 0.67
SHINGLE_WORDS = 4
MIN_WORDS = 40
COPY = 0.70
NEAR_COPY = 0.40
TITLES_ALIKE = 80.0  # rapidfuzz token_set_ratio, 0 to 100
MAX_ASKED = 64  # newest independent reports of an incident that are asked whether they were copied
QUOTED_WORDS = 250  # a longer article adds writing of its own

_QUOTED = re.compile(
    r"\b(?:as (?:first )?reported by|first reported by|according to a report (?:by|in|from)|quoted by|citing|reports?:)"
    r"\s(?:the\s)?([A-Z][\w.&'’-]*(?:\s[A-Z][\w.&'’-]*){0,4})"
)


def signature(text: str) -> str:
    """Make the MinHash signature of a text as base64; empty for fewer than `MIN_WORDS` words."""
    runs = shingles(text[:20_000], SHINGLE_WORDS)
    if len(runs) < MIN_WORDS - SHINGLE_WORDS + 1:
        return ""
    return base64.b64encode(minhash(run.encode() for run in runs).astype("<u4").tobytes()).decode()


@lru_cache(maxsize=20_000)
def _values(encoded: str) -> NDArray[np.int64]:
    """The values of a signature; negative ones, which equal no other's, for an unsigned text."""
    if not encoded:
        return np.full(N_PERMUTATIONS, -1)
    return np.frombuffer(base64.b64decode(encoded), "<u4").astype(np.int64)


def similarities(mine: str, others: Sequence[str]) -> list[float]:
    """Estimate the Jaccard similarity of a signed text with others, 0 to 1; 0 where either is unsigned."""
    if not mine or not others:
        return [0.0] * len(others)
    values = np.array([_values(other) for other in others])
    found: list[float] = (np.count_nonzero(values == _values(mine), 1) / N_PERMUTATIONS).tolist()
    return found


def bands(encoded: str) -> tuple[str, ...]:
    """The blocking keys of a signature, `o:<band>:<hash>`, from its first `BANDED` permutations."""
    if not encoded:
        return ()
    raw = base64.b64decode(encoded)[: BANDED * 4]
    width = BAND_ROWS * 4
    return tuple(f"o:{i // width:x}:{zlib.crc32(raw[i : i + width]):08x}" for i in range(0, len(raw), width))


def copy_basis(left: MatchRecord, right: MatchRecord, alike: float | None = None) -> str | None:
    """Say why two articles are one piece of writing, or null where they are not.

    `alike` is their similarity, where it is known already.
    """
    if left.article_id == right.article_id:
        return "same article"
    if left.address and left.address == right.address:
        return "same address"
    if alike is None:
        alike = similarities(left.signature, (right.signature,))[0]
    if alike < NEAR_COPY:
        return None
    titles = fuzz.token_set_ratio(left.title, right.title)
    if alike >= COPY and (titles >= TITLES_ALIKE / 2 or alike >= 0.9):
        return f"near copy, {alike:.2f} of the runs of {SHINGLE_WORDS} words shared"
    if left.credit and left.credit == right.credit:
        return f"both credit {left.credit}, {alike:.2f} of the runs of words shared"
    if titles >= TITLES_ALIKE:
        return f"titles alike and {alike:.2f} of the runs of words shared"
    return None


def find_origin(record: MatchRecord, text: str, incidents: Sequence[Incident]) -> tuple[str, str]:
    """The origin of an article and its basis: the first report of these incidents that it copies, or itself."""
    asked = [(incident, report) for incident in incidents for report in incident.independent[-MAX_ASKED:]]
    alike = similarities(record.signature, [report.signature for _, report in asked])
    for (incident, report), similarity in zip(asked, alike, strict=True):
        basis = copy_basis(record, report, similarity)
        if basis is not None:
            return incident.origins[report.report_id], basis
    quoted = quoted_outlets(text)
    for incident, report in asked if quoted else ():
        if is_quoted_from(text, report.outlet, quoted):
            return incident.origins[report.report_id], f"quoted from {report.outlet}"
    return record.article_id, "its own writing"


def quoted_outlets(text: str) -> tuple[str, ...]:
    """Names of outlets that a text credits for its account, lower case, in order."""
    return tuple(dict.fromkeys(name.lower().rstrip(".,") for name in _QUOTED.findall(text[:3000])))


def is_quoted_from(text: str, outlet: str, quoted: Iterable[str]) -> bool:
    """Whether a short text credits `outlet` for its account."""
    if len(text.split()) > QUOTED_WORDS:
        return False
    wanted = outlet.lower().removeprefix("the ").strip()
    return len(wanted) > 2 and any(fuzz.ratio(wanted, name.removeprefix("the ")) >= 90.0 for name in quoted)
