"""Part an incident whose reports, asked one by one, tell of two stories.

Specification. Two events that look alike are joined by the first wrong report, and those that follow find the joint
incident the nearest. At the end of a run, before anything of it is public, the voices of each incident that gained
`LEAST_PART` or more are grouped anew: average link over the log-odds of pairs (`resolution.pairs`), the nearest two
groups joined first, down to `PARTING_ODDS`. Where two groups of `LEAST_PART` voices or more are left, the incident is
two: the group that holds most of the earlier runs' voices, then the largest, keeps it; the reports of this run in each
other group open an incident of their own. A person's `same` between them forbids it, and reports of earlier runs never
move. Held out, it parts 21 of 24 pairs of look-alikes of ECB+ that were put together on purpose, and by mistake 1 of
48 true incidents there, 3 of 69 famous events and 3 incidents of GVA (docs/explanation/resolution.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolution.decisions import marks
from resolution.pairs import Pairs
from resolution.profile import Profile
from resolution.sketch import Sketch

if TYPE_CHECKING:
    from resolution.resolver import Resolver

LEAST_PART = 3  # voices; one or two that stand apart are a page of another kind more often than another event
PARTING_ODDS = 0.0  # mean log-odds between two groups under which they are not joined; at -0.5 ECB+ loses 2 points
MOST_VOICES = 40  # voices of one incident that are grouped, those of this run first: bounds the cost at 780 pairs


def part(resolver: Resolver) -> list[Sketch]:
    """Part what has to be parted; gives the reports of this run in the incidents concerned, to be looked at again."""
    state, concerned = resolver.state, []
    for incident_id in dict.fromkeys(home for r in resolver.memories if (home := state.home(r))):
        profile = state.profile(incident_id)
        of_run = [v for v in profile.voices if v.report_id in resolver.memories]
        if len(of_run) < LEAST_PART or len(profile.voices) < 2 * LEAST_PART:
            continue
        voices = [*of_run, *reversed([v for v in profile.voices if v.report_id not in resolver.memories])][:MOST_VOICES]
        if not resolver.pairs.any_below(voices, PARTING_ODDS):
            continue
        if _part_one(resolver, profile, voices):
            concerned += of_run
    return concerned


def _part_one(resolver: Resolver, profile: Profile, voices: list[Sketch]) -> bool:
    large = [group for group in grouped(voices, resolver.pairs) if len(group) >= LEAST_PART]

    def claim(group: list[Sketch]) -> tuple[int, int, str]:
        n_earlier = sum(v.report_id not in resolver.memories for v in group)
        return (-n_earlier, -len(group), min(v.report_id for v in group))

    others = sorted(large, key=claim)[1:]  # of an incident that falls to small pieces there is no large group at all
    parted = False
    for group in others:
        mine = [v for v in group if v.report_id in resolver.memories]
        origins = {profile.origins[v.report_id] for v in mine}
        leaving = [m for m in profile.members if profile.origins[m.report_id] in origins]
        if len(mine) >= LEAST_PART and not _are_decided(resolver, profile, leaving):
            resolver.part_off(leaving)
            parted = True
    return parted


def _are_decided(resolver: Resolver, profile: Profile, leaving: list[Sketch]) -> bool:
    """Whether a person said that some of these reports and the others are one."""
    gone = {m.report_id for m in leaving}
    mine = frozenset().union(*(marks(i, None) for i in gone))
    rest = frozenset().union(*(marks(m.report_id, None) for m in profile.members if m.report_id not in gone))
    word = resolver.verdicts.between(mine, rest)
    return word is not None and word.is_same


def grouped(voices: list[Sketch], pairs: Pairs) -> list[list[Sketch]]:
    """Group by average link, the nearest two groups joined first, while their mean log-odds reach `PARTING_ODDS`."""
    groups = [[voice] for voice in voices]
    sums = [[pairs.odds(a, b) if a is not b else 0.0 for b in voices] for a in voices]
    while len(groups) > 1:
        mean, i, j = max(
            (sums[i][j] / (len(groups[i]) * len(groups[j])), -i, -j) for i in range(len(groups)) for j in range(i)
        )
        if mean < PARTING_ODDS:
            break
        i, j = -i, -j
        groups[j] += groups.pop(i)
        gone = sums.pop(i)
        sums[j] = [a + b for a, b in zip(sums[j], gone, strict=True)]
        for k, row in enumerate(sums):
            row[j] = sums[j][k] if k == j else row[j] + row[i]
            del row[i]
    return groups
