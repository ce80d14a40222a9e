"""The classes of casualty words and the measure that each tells of. The words are in `lexicon_casualty.csv`."""

from __future__ import annotations

from model.report import Measure

MEASURES = {
    "kill": Measure.KILLED,
    "kill_ing": Measure.KILLED,
    "die": Measure.KILLED,
    "dead": Measure.KILLED,
    "the_dead": Measure.KILLED,
    "fatally": Measure.KILLED,
    "kill_noun": Measure.KILLED,
    "body_noun": Measure.KILLED,
    "life_noun": Measure.KILLED,
    "toll": Measure.KILLED,
    "self_kill": Measure.KILLED,
    "injure": Measure.INJURED,
    "injure_ing": Measure.INJURED,
    "injury_noun": Measure.INJURED,
    "injury_toll": Measure.INJURED,
    "care": Measure.INJURED,
    "self_shot": Measure.KILLED_OR_INJURED,
    "shoot": Measure.KILLED_OR_INJURED,
    "shoot_ing": Measure.KILLED_OR_INJURED,
    "casualty_noun": Measure.KILLED_OR_INJURED,
    "capture": Measure.CAPTURED,
    "capture_ing": Measure.CAPTURED,
    "miss": Measure.MISSING,
    "displace": Measure.DISPLACED,
    "displace_ing": Measure.DISPLACED,
}
PARTICIPLES = ("kill", "injure", "shoot", "casualty_noun", "capture", "displace")
ING = ("kill_ing", "injure_ing", "shoot_ing", "capture_ing", "displace_ing")
LEFT_ONLY = ("die", "dead", "care", "miss", "self_kill", "self_shot", "fatally")
NOUNS = ("the_dead", "kill_noun", "body_noun", "life_noun", "injury_noun", "toll", "injury_toll")
HARM = frozenset(MEASURES)
SUBJECT_OF_NEXT = frozenset(("be", "have", "help", "modal", *(HARM - {"kill_noun", "injury_noun", "life_noun"})))
