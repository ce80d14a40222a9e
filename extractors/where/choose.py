"""Choose the place where the incident of a segment happened."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.text.segments import Segment
from extractors.text.sentences import Sentence
from extractors.where.mentions import PlaceMention
from model.article import Article
from model.report import Place


def choose_place(
    mentions: Sequence[PlaceMention], segment: Segment, sentences: Sequence[Sentence], article: Article
) -> Place | None:
    return mentions[0].place if mentions else None
