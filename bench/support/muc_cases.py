"""Incidents of MUC-4 as cases for the models of roles: who did it and to whom, as its templates quote them.

MUC-4 has no report-level key: a template quotes the perpetrators, the victims and what was hit. The cluster of an
incident is that of `bench.support.scenes`. The cases are for fitting only, and count as not reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.support.cluster_cases import Case
from bench.support.scenes import read_examples
from model.report import ActorRole
from pipeline.scoring.key import KeyActor, KeyIncident

NAME = "muc4"
_SLOTS = {
    ActorRole.INITIATOR: ("perp_individual", "perp_org"),
    ActorRole.TARGET: ("hum_desc", "hum_name", "phys_target"),
}
_QUOTED = re.compile(r'"([^"]+)"')


def read_muc_cases(path: Path, parsed: Path) -> list[Case]:
    """Read the incidents whose templates quote somebody; none where the corpus is not there."""
    if not path.exists():
        return []
    cases = []
    for example in read_examples(path, parsed):
        actors = tuple(_actors(example.gold))
        if actors:
            gold = KeyIncident("", None, None, (), 0.0, None, (), None, (), None, None, actors, ())
            cases.append(Case(NAME, example.row_id, gold, example.document, (), example.cluster, False, None))
    return cases


def _actors(template: dict[str, Any]) -> Iterator[KeyActor]:
    for role, slots in _SLOTS.items():
        for name in (n for slot in slots for value in template.get(slot) or () for n in _QUOTED.findall(value)):
            yield KeyActor(name.lower(), role.value)
