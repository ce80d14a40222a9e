"""Show the steps between an article and its reports: event mentions, clusters, and where each figure went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.coding.claims import FoundClaim, claims_of
from extractors.coding.coder import Coder, Ranked, Scene
from extractors.coding.document import TITLE
from model.article import Article
from model.report import Claim


def explain_steps(coder: Coder, article: Article) -> list[str]:
    """Render the steps as lines of plain text, two spaces of indent a level."""
    read = coder.steps(article)
    if read is None:
        return ["steps: the prefilter kept this article from the parser"]
    scene, ranked = read
    lines = ["mentions"]
    lines += [f"  {line}" for line in _mentions(scene)]
    lines += ["clusters"]
    lines += [f"  {line}" for line in _clusters(scene, ranked)]
    lines += ["figures"]
    lines += [f"  {line}" for line in _figures(scene, ranked, coder.claims(scene))]
    return lines


def _where(index: int) -> str:
    return "title" if index == TITLE else f"sentence {index + 1}"


def _mentions(scene: Scene) -> Iterator[str]:
    number = {m: k for k, c in enumerate(scene.clusters, start=1) for m in c.mentions}
    for m in scene.mentions:
        recalled = ", recalled" if m.is_recalled else ""
        group = f"cluster {number[m]}" if m in number else "no cluster"
        yield f'{_where(m.sentence)}: "{m.text}" {m.event_type}, {m.realis.value}{recalled} ({m.reason}): {group}'


def _clusters(scene: Scene, ranked: Sequence[Ranked]) -> Iterator[str]:
    for k, one in enumerate(ranked, start=1):
        verdict = "reported" if one.is_reported else "not reported"
        sentences = ", ".join(_where(i) for i in one.cluster.sentences)
        yield f"cluster {k}: {verdict}, probability {one.probability_0_1:.2f} ({one.reason}): {sentences}"


def _figures(scene: Scene, ranked: Sequence[Ranked], found: Sequence[FoundClaim]) -> Iterator[str]:
    owners: dict[int, list[int]] = {}
    for k, one in enumerate(ranked, start=1):
        for entry in claims_of(found, one.cluster, scene.document):
            owners.setdefault(id(entry), []).append(k)
    for entry in found:
        own = owners.get(id(entry), [])
        group = ", ".join(f"cluster {k}" for k in own) or "no cluster: its clause tells of something else"
        yield f"{_where(entry.sentence)}: {entry.claim.measure.value} {_bounds(entry.claim)}: {group}"


def _bounds(claim: Claim) -> str:
    low = "…" if claim.low is None else str(claim.low)
    high = "…" if claim.high is None else str(claim.high)
    return low if low == high else f"{low} to {high}"
