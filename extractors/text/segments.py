"""The part of an article that tells of one incident: what the coder hands to the rules for its facts."""

from __future__ import annotations

from dataclasses import dataclass

from model.report import Role

TITLE = -1  # the sentence index that stands for the title


@dataclass(frozen=True, slots=True)
class Segment:
    """The sentences (indexes, ascending; `TITLE` may be among them) that tell of one incident.

    `trigger_sentence` is the index of the sentence that says that it happened, `trigger` the word that says so.
    `is_whole_article` is true when the article tells of this one incident only.
    """

    sentences: tuple[int, ...]
    trigger_sentence: int
    trigger: str
    role: Role
    is_whole_article: bool
