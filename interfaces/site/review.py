"""Pairs of incidents that may be one: read-only here, each with the words that settle it on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from interfaces.site.lists import Row, row_of
from interfaces.site.words import WORDS_LENGTH, tidy
from pipeline.explaining import Question

N_QUESTIONS = 50  # more than anybody settles between two runs; the most valuable come first


@dataclass(frozen=True, slots=True)
class QuestionView:
    """An open question: two incidents, how likely they are one or what forbids it, the doubt, how to answer."""

    left: Row
    right: Row
    likelihood: str
    reasons: tuple[str, ...]
    commands: tuple[str, ...]


def question_view(question: Question, known_at: datetime | None) -> QuestionView:
    """Make the view of a question."""
    ids = f"{question.left.incident_id} {question.right.incident_id}"
    return QuestionView(
        left=row_of(question.left, known_at),
        right=row_of(question.right, known_at),
        likelihood=question.likelihood,
        reasons=tuple(tidy(words, WORDS_LENGTH) for words in question.words),
        commands=(f"deconflict explain {ids}", f"deconflict decide {ids} same|different"),
    )
