"""Cue words of an article: whether it speaks of death, of wounds, of a trial, of a suicide, at all.

They say nothing of how many, but make a number likely or not: "autopsy" that somebody died, "expected to survive" that
nobody did. Read once for an article, on text in small letters.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.coding.pattern_prefilter import PrefilteredPattern

_LEAD_CHARS = 500  # of the text, where cue words tell of the article's own incident
DEATH = PrefilteredPattern(
    r"\b(?:kill\w*|dead|die[sd]?|dying|deaths?|fatal\w*|murder\w*|homicides?|slain"
    r"|slaying|suicide|manslaughter|deadly|gunned down|lost (?:his|her|their) (?:life"
    r"|lives)|body|bodies)\b",
    "kill dead die dying death fatal murder homicide slain slaying suicide manslaughter gunned lost body bodies",
)
HURT = PrefilteredPattern(
    r"\b(?:injur\w+|wound\w*|hurt|hospital\w*|critical\w*|recover\w*|surviv\w*|condition|stable|grazed?)\b",
    "injur wound hurt hospital critical recover surviv condition stable graze",
)
SHOT = PrefilteredPattern(
    r"\b(?:shot|shoot\w*|struck|hit|stabbed|strike|victims?)\b", "shot shoot struck hit stabbed strike victim"
)
CUES = {
    "coroner": PrefilteredPattern(
        r"\b(?:coroner|autopsy|medical examiner|morgue)\b", "coroner autopsy examiner morgue"
    ),
    "mourn": PrefilteredPattern(
        r"\b(?:funeral|memorial|vigil|mourn\w*|remember(?:ed|ing)|condolences|laid to rest|grie(?:f|v)\w*)\b",
        "funeral memorial vigil mourn remember condolences laid grie",
    ),
    "homicide": PrefilteredPattern(r"\b(?:homicide|slaying|manslaughter)\b", "homicide slaying manslaughter"),
    "murder": PrefilteredPattern(r"(?<!attempted )(?<!attempted first-degree )\bmurder(?:s|ed|er)?\b", "murder"),
    "attempted": PrefilteredPattern(r"\battempted (?:\w+[- ]){0,2}(?:murder|homicide|killing)\b", "attempted"),
    "double": PrefilteredPattern(
        r"\b(?:double|two counts|both (?:were|are|men|women|victims|died))\b", "double counts both"
    ),
    "triple": PrefilteredPattern(r"\b(?:triple|three counts)\b", "triple counts"),
    "murder-suicide": PrefilteredPattern(
        r"\bmurder[- ]suicide|\bkill\w* (?:himself|herself|self)|(?:gun|weapon) on (?:himself"
        r"|herself|self)",
        "suicide self",
    ),
    "self": PrefilteredPattern(r"\b(?:himself|herself|self|self-inflicted)\b", "self"),
    "accident": PrefilteredPattern(r"\baccident\w*", "accident"),
    "head": PrefilteredPattern(
        r"\b(?:in|to) (?:the|his|her) (?:\w+ of (?:the|his|her) )?(?:head|face|skull)\b|life support|brain",
        "head face skull support brain",
    ),
    "limb": PrefilteredPattern(
        r"\b(?:leg|foot|hand|arm|thigh|ankle|buttocks?|shoulder|calf|finger|knee|toe|wrist)\b",
        "leg foot hand arm thigh ankle buttock shoulder calf finger knee toe wrist",
    ),
    "critical": PrefilteredPattern(r"\b(?:critical(?:ly)?|grave|life-threatening)\b", "critical grave threatening"),
    "mild": PrefilteredPattern(
        r"\bnon-?life|\b(?:stable|good|fair) condition|\bexpected to (?:survive|recover"
        r"|be ok)|\brecovering\b|\bsurvived?\b",
        "non condition expected recovering survive",
    ),
    "officer-involved": PrefilteredPattern(
        r"\bofficer[- ]involved|\bshot by (?:a )?(?:police|officers?|deput\w+)|\bpolice (?:shot"
        r"|shooting|killed)",
        "officer police deput",
    ),
    "no-injury": PrefilteredPattern(
        r"\b(?:no|not|without) (?:\w+ )?(?:injur\w+|hurt|wounded)|\bunharmed\b|\bunhurt\b",
        "injur hurt wounded unharmed",
    ),
    "victims": PrefilteredPattern(r"\bvictims\b", "victims"),
    "victim": PrefilteredPattern(r"\bvictim\b", "victim"),
    "another": PrefilteredPattern(
        r"\b(?:another|a second|the other|second victim)\b", "another,a second,the other,second victim", ","
    ),
    "third": PrefilteredPattern(r"\b(?:third|fourth) (?:victim|person|man|woman)\b", "third fourth"),
    "trial": PrefilteredPattern(
        r"\b(?:sentenced|convicted|trial|guilty|jury|plea|pleaded)\b", "sentenced convicted trial guilty jury plea"
    ),
    "also-killed": PrefilteredPattern(
        r"\b(?:was|were|has|had) also (?:been )?(?:\w+ )?(?:killed|died|dead|slain)|\balso (?:killed|died)\b", "also"
    ),
}


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
        f"{where}:{name}" if pattern.is_in(part) else f"{where}:no-{name}"
        for where, part in (("title", title), ("lead", lead), ("text", text))
        for name, pattern in (("death", DEATH), ("hurt", HURT))
    ]
    words += [f"cue:head:{name}" for name, cue in CUES.items() if cue.is_in(head)]
    words += [f"cue:text:{name}" for name, cue in CUES.items() if cue.is_in(text)]
    if "cue:text:head" in words and "cue:text:critical" in words:
        words.append("cue:critical-head")
    return Cues(tuple(words), DEATH.is_in(head), HURT.is_in(head) or SHOT.is_in(head))
