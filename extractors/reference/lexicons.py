"""Load the word lists of the coder: triggers, cues of genre and realis, role nouns.

`lexicon_trigger.csv` says which words tell of which type, and how surely: 3 the word alone, 2 with other signs. Of type
`none`, 0 is a figure of speech ("heart attack") and 1 a mere name ("fire brigade"). The type `casualty` marks words of
harm that name no type (dead, toll, bodies). `lexicon_genre.csv` lists the cues that an article or a sentence is
something else (sport, film, drill, forecast, court …). `lexicon_role.csv` lists nouns for people by what they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractors.coding.phrases import PhraseTable
from extractors.reference.event_types import EventTree
from extractors.reference.tables import read_table

CUE_CLASSES = frozenset(
    """sport fiction denial
    drill forecast anniversary obituary policy statistics business trial follow_up roundup separate
    s_future s_negation s_generic s_old""".split()
)
PSEUDO_TYPES = frozenset(("none", "casualty"))  # an idiom; words of harm that name no type by themselves
ROLE_TYPES = frozenset("state_force police rebel jihadist militia criminal protesters civilians".split())


@dataclass(frozen=True, slots=True)
class TriggerEntry:
    """What a trigger phrase tells of; `event_type` is `none` for an idiom. `strength` is 0 to 3."""

    event_type: str
    event_subtype: str
    strength: int


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A noun for people: what they are, and the role that they usually have (`target` or empty)."""

    actor_type: str
    usual_role: str


@dataclass(frozen=True, slots=True)
class Lexicons:
    """The word lists, ready to match. A phrase of `cues` may belong to several classes, with a weight in each."""

    triggers: PhraseTable[TriggerEntry]
    cues: PhraseTable[tuple[tuple[str, int], ...]]
    roles: PhraseTable[RoleNoun]


def load_lexicons(folder: Path, tree: EventTree) -> Lexicons:
    """Read the three lists.

    Raises:
        ConfigError: a table is malformed, or names a type or a class that does not exist.
    """
    return Lexicons(_triggers(folder, tree), _cues(folder), _roles(folder))


def _triggers(folder: Path, tree: EventTree) -> PhraseTable[TriggerEntry]:
    entries: dict[str, TriggerEntry] = {}
    for row in read_table(folder / "lexicon_trigger.csv", ("phrase", "event_type", "event_subtype", "strength_0_3")):
        phrase = row.need("phrase")
        if phrase in entries:
            raise row.wrong("phrase", "stands twice")
        if row["strength_0_3"] not in ("0", "1", "2", "3"):
            raise row.wrong("strength_0_3", "is not 0, 1, 2 or 3")
        if row["event_type"] not in PSEUDO_TYPES and (row["event_type"], row["event_subtype"]) not in tree:
            raise row.wrong("event_subtype", f"{row['event_type']} has no such subtype in event_types.csv")
        entries[phrase] = TriggerEntry(row["event_type"], row["event_subtype"], int(row["strength_0_3"]))
    return PhraseTable(entries.items())


def _cues(folder: Path) -> PhraseTable[tuple[tuple[str, int], ...]]:
    entries: dict[str, dict[str, int]] = {}
    for row in read_table(folder / "lexicon_genre.csv", ("phrase", "class", "weight_1_3")):
        if row["class"] not in CUE_CLASSES:
            raise row.wrong("class", f"is none of {', '.join(sorted(CUE_CLASSES))}")
        if row["weight_1_3"] not in ("1", "2", "3"):
            raise row.wrong("weight_1_3", "is not 1, 2 or 3")
        classes = entries.setdefault(row.need("phrase"), {})
        if row["class"] in classes:
            raise row.wrong("phrase", f"stands twice in class {row['class']}")
        classes[row["class"]] = int(row["weight_1_3"])
    return PhraseTable((phrase, tuple(sorted(classes.items()))) for phrase, classes in entries.items())


def _roles(folder: Path) -> PhraseTable[RoleNoun]:
    entries: dict[str, RoleNoun] = {}
    for row in read_table(folder / "lexicon_role.csv", ("phrase", "actor_type", "usual_role")):
        if row["actor_type"] not in ROLE_TYPES:
            raise row.wrong("actor_type", f"is none of {', '.join(sorted(ROLE_TYPES))}")
        if row["usual_role"] not in ("", "target"):
            raise row.wrong("usual_role", "is not target or empty")
        if row["phrase"] in entries:
            raise row.wrong("phrase", "stands twice")
        entries[row.need("phrase")] = RoleNoun(row["actor_type"], row["usual_role"])
    return PhraseTable(entries.items())
