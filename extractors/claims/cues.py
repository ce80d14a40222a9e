"""Cue words of an article: whether it speaks of death, of wounds, of a trial, of a suicide, at all.

They say nothing of how many, but make a number likely or not: "autopsy" that somebody died, "expected to survive" that
nobody did. Read once for an article, on text in small letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LEAD_CHARS = 500  # of the text, where cue words tell of the article's own incident
_DEATH = re.compile(
    r"\b(?:kill\w*|dead|die[sd]?|dying|deaths?|fatal\w*|murder\w*|homicides?|slain"
    r"|slaying|suicide|manslaughter|deadly|gunned down|lost (?:his|her|their) (?:life"
    r"|lives)|body|bodies)\b"
)
_HURT = re.compile(
    r"\b(?:injur\w+|wound\w*|hurt|hospital\w*|critical\w*|recover\w*|surviv\w*|condition|stable|grazed?)\b"
)
_SHOT = re.compile(r"\b(?:shot|shoot\w*|struck|hit|stabbed|strike|victims?)\b")
_CUES = {
    "coroner": r"\b(?:coroner|autopsy|medical examiner|morgue)\b",
    "mourn": r"\b(?:funeral|memorial|vigil|mourn\w*|remember(?:ed|ing)|condolences|laid to rest|grie(?:f|v)\w*)\b",
    "homicide": r"\b(?:homicide|slaying|manslaughter)\b",
    "murder": r"(?<!attempted )(?<!attempted first-degree )\bmurder(?:s|ed|er)?\b",
    "attempted": r"\battempted (?:\w+[- ]){0,2}(?:murder|homicide|killing)\b",
    "double": r"\b(?:double|two counts|both (?:were|are|men|women|victims|died))\b",
    "triple": r"\b(?:triple|three counts)\b",
    "murder-suicide": (
        r"\bmurder[- ]suicide|\bkill\w* (?:himself|herself|self)|(?:gun|weapon) on (?:himself"
        r"|herself|self)"
    ),
    "self": r"\b(?:himself|herself|self|self-inflicted)\b",
    "accident": r"\baccident\w*",
    "head": r"\b(?:in|to) (?:the|his|her) (?:\w+ of (?:the|his|her) )?(?:head|face|skull)\b|life support|brain",
    "limb": r"\b(?:leg|foot|hand|arm|thigh|ankle|buttocks?|shoulder|calf|finger|knee|toe|wrist)\b",
    "critical": r"\b(?:critical(?:ly)?|grave|life-threatening)\b",
    "mild": (
        r"\bnon-?life|\b(?:stable|good|fair) condition|\bexpected to (?:survive|recover"
        r"|be ok)|\brecovering\b|\bsurvived?\b"
    ),
    "officer-involved": (
        r"\bofficer[- ]involved|\bshot by (?:a )?(?:police|officers?|deput\w+)|\bpolice (?:shot"
        r"|shooting|killed)"
    ),
    "no-injury": r"\b(?:no|not|without) (?:\w+ )?(?:injur\w+|hurt|wounded)|\bunharmed\b|\bunhurt\b",
    "victims": r"\bvictims\b",
    "victim": r"\bvictim\b",
    "another": r"\b(?:another|a second|the other|second victim)\b",
    "third": r"\b(?:third|fourth) (?:victim|person|man|woman)\b",
    "trial": r"\b(?:sentenced|convicted|trial|guilty|jury|plea|pleaded)\b",
}
_CUE_RES = {name: re.compile(pattern) for name, pattern in _CUES.items()}


@dataclass(frozen=True, slots=True)
class Cues:
    """`words` names the cues found; `hints_…` whether title or lead speak of death, or of any harm."""

    words: tuple[str, ...]
    hints_death: bool
    hints_harm: bool


def read_cues(title: str, text: str) -> Cues:
    """Look for every cue in title, lead and text."""
    title, text = title.lower(), text.lower()
    lead = text[:_LEAD_CHARS]
    head = title + "\n" + lead
    words = [
        f"{where}:{name}" if pattern.search(part) else f"{where}:no-{name}"
        for where, part in (("title", title), ("lead", lead), ("text", text))
        for name, pattern in (("death", _DEATH), ("hurt", _HURT))
    ]
    words += [f"cue:head:{name}" for name, cue in _CUE_RES.items() if cue.search(head)]
    words += [f"cue:text:{name}" for name, cue in _CUE_RES.items() if cue.search(text)]
    if "cue:text:head" in words and "cue:text:critical" in words:
        words.append("cue:critical-head")
    hints_death = bool(_DEATH.search(head))
    return Cues(tuple(words), hints_death, bool(_HURT.search(head) or _SHOT.search(head)))
