"""Figures that no claim gives: "a deadly blast" counts nobody and says that somebody died.

A toll rests on a claim, or on a word that says so of the event itself: then it is "at least one", with the sentence
that holds the word, and its rule names the word ("implied: deadly"). A toll that rests on neither is none: a hospital,
survivors or a vehicle that was hit imply no number of people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.coding.claims.dedupe import dedupe
from extractors.coding.claims.find import FoundClaim
from extractors.coding.cluster import Cluster
from extractors.coding.document import TITLE, Document, Sentence
from model.report import Bound, Claim, Measure, SpeakerSide, Toll

RULE = "implied: "
_DEADLY = re.compile(r"\b(?:deadly|fatal|lethal|murderous)\b", re.IGNORECASE)


def rest_on_claims(
    claims: Sequence[FoundClaim], tolls: tuple[Toll, Toll], cluster: Cluster, document: Document
) -> tuple[tuple[FoundClaim, ...], tuple[Toll, Toll]]:
    """Return the claims with those that words imply, and the tolls (killed, injured) that rest on either."""
    found_claims = list(claims)
    kept = {f.claim.measure for f in dedupe(claims) if f.claim.low or f.claim.high}
    result = []
    for measure, toll in zip((Measure.KILLED, Measure.INJURED), tolls, strict=True):
        if toll.best and measure not in kept:
            found = _implied(cluster, document) if measure is Measure.KILLED else None
            found_claims += [found] if found else []
            toll = replace(toll, low=1, best=1, high=None) if found else Toll()
        result.append(toll)
    return tuple(found_claims), (result[0], result[1])


def _implied(cluster: Cluster, document: Document) -> FoundClaim | None:
    for index in sorted(cluster.sentences):
        sentence = document.sentence(index) if index == TITLE or document.has_sentence(index) else None
        word = _DEADLY.search(sentence.text) if sentence else None
        if sentence is not None and word:
            return FoundClaim(_claim(sentence, word.group().lower()), index, sentence.first)
    return None


def _claim(sentence: Sentence, word: str) -> Claim:
    start, end = (-1, -1) if sentence.index == TITLE else (sentence.start, sentence.end)
    return Claim(
        claim_id="", measure=Measure.KILLED, low=1, high=None, bound=Bound.AT_LEAST, victims=None, victims_side=None,
        speaker=None, speaker_side=SpeakerSide.OUTLET, verb=None, quote=sentence.text, start_char=start, end_char=end,
        rule=f"{RULE}{word}",
    )  # fmt: skip
