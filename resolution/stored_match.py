"""A match record as the JSON payload of a stored `StoredMatch`, and back."""

from __future__ import annotations

import json
from typing import Any

import orjson

from resolution.match_record import MatchRecord

_PLAIN = (
    "report_id article_id revision is_main is_follow_up outlet address published title names ages streets start "
    "end date_precision is_weak_date lat lon place_precision place_name is_loose_place admin1 country "
    "event_type event_subtype initiators targets sites killed injured signature credit n_words"
).split()
_PLACE_ID = "geoname_id"  # the key under which payloads hold `place_id` since the first release
_TUPLES = "names ages streets initiators targets sites killed injured".split()


def encode(record: MatchRecord) -> str:
    """Write a record as compact JSON; facts that are null, false or empty are left out."""
    plain = {name: value for name in _PLAIN if (value := getattr(record, name)) not in (None, False, "", ())}
    for name in ("lat", "lon"):
        if name in plain:
            plain[name] = round(plain[name], 4)
    if record.place_id is not None:
        plain[_PLACE_ID] = record.place_id
    plain["persons"] = dict(record.persons)
    plain["lead"] = dict(record.lead)
    plain["body"] = dict(record.body)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


_DEFAULTS = dict.fromkeys(_PLAIN) | {
    "is_main": False, "is_follow_up": False, "is_weak_date": False, "is_loose_place": False,
    "title": "", "outlet": "", "signature": "", "place_name": "", "names": (), "ages": (), "streets": (),
    "initiators": (), "targets": (), "sites": (), "n_words": 0, "event_type": "other",
    "killed": (None, None, None), "injured": (None, None, None),
    "terms": frozenset(), "lead_words": frozenset(),
}  # fmt: skip


def decode(payload: str) -> MatchRecord:
    """Read a record back from the payload of a memory."""
    facts: dict[str, Any] = _DEFAULTS | orjson.loads(payload)
    facts["place_id"] = facts.pop(_PLACE_ID, None)
    for name in _TUPLES:
        facts[name] = tuple(facts[name])
    made = object.__new__(MatchRecord)  # setting forty frozen fields one by one takes longer than reading the JSON
    vars(made).update(facts)
    return made
