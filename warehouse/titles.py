"""Headlines of incidents as they are shown: without what recurs in the titles of an outlet, never a round-up's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from typing import Any

import duckdb

from model.headline import TitleAffixes, affixes_of, is_round_up
from warehouse.decode import incident_row
from warehouse.query import rows
from warehouse.rows import IncidentRow

N_TITLES = 20_000  # newest titles from which the affixes are learnt; an older template's are in no new headline


class Titles:
    """Rows of incidents with headlines fit to be shown; part of `Reader`."""

    _con: duckdb.DuckDBPyConnection

    @cached_property
    def title_affixes(self) -> TitleAffixes:
        """What is taken off titles of this snapshot."""
        found: dict[str, list[str]] = defaultdict(list)
        for side, affix in rows(self._con, "read_title_affix", n=N_TITLES):
            found[side].append(affix)
        return affixes_of(found["head"], found["tail"], found["outlet"])

    @property
    def title_mark(self) -> str:
        """A mark that changes when titles are shown in another way."""
        told = (sorted(self.title_affixes.heads), sorted(self.title_affixes.tails))
        return sha256(repr(told).encode()).hexdigest()[:12]

    def shown_title(self, title: str) -> str:
        """Give a title without the outlet's affixes; a round-up's is empty, since it names other stories."""
        return "" if is_round_up(title) else self.title_affixes.without(title)

    def _incident(self, *row: Any) -> IncidentRow:  # noqa: ANN401 - a row as DuckDB gives it
        made = incident_row(row)
        return replace(made, headline=self.shown_title(made.headline))
