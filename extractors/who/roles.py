"""Who did what to whom: a small grammar around the trigger of each sentence.

Specification, in order, for a mention M and a trigger T in one sentence:
- "by M" after a passive or a noun T ("killed by M", "attack by M"): initiator.
- M before an active verb T with nothing but words of the verb group between: initiator.
- M before a passive T ("M was attacked", "M were killed"): target.
- M straight after an active verb T, or after "on", "against", "at", "of" behind T: target.
- "between M and N", "M clashed with N": participants.
- a noun that usually names victims: target. Else: participant.
A mention that only speaks ("M said", "according to M") takes no part unless a rule above gives it one.
"""

from __future__ import annotations

import re

from model.report import ActorRole

REACH_CHARS = 90  # a subject farther from its verb than this belongs to another clause
_BY = re.compile(r"\bby\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|got)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_ON = re.compile(
    r"\b(?:on|against|at|targeting|hitting|hit|of|toward|towards|killing|wounding|injuring)\s+(?:\w+[\s-]+){0,4}$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|with|and|versus)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_SPEAKS_AFTER = re.compile(
    r"^\s*(?:-based|\([^)]*\))*\s*(?:\w+\s+){0,3}?(?:said|says|say|told|reported|reports|announced|stated|"
    r"confirmed|denied|"
    r"claimed|added|characteri[sz]ed|has characteri[sz]ed|described|called|argued|insisted|explained|"
    r"acknowledged|estimated|put the|spokes\w+|officials?\b|statement|sources?\b|accused|release)\b",
    re.IGNORECASE,
)
_SPEAKS_BEFORE = re.compile(
    r"\b(?:according to|said|says|told|reported by|statement (?:issued |released )?by|released by|"
    r"quoted|citing|spokes\w+ for)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:]|\bwho\b|\bwhich\b|, (?:and|but)\b")
_MUTUAL = frozenset("clash clashes clashed clashing fighting battle battles battled fight firefight gunbattle".split())
_NOUN_ENDS = (
    "ing",
    "ings",
    "ion",
    "ions",
    "ack",
    "acks",
    "ike",
    "ikes",
    "aid",
    "aids",
    "ult",
    "ults",
    "ush",
    "re",
    "der",
)


def role_of(text: str, mention: tuple[int, int], trigger: tuple[int, int], usual: str) -> ActorRole | None:
    """Give the role of the mention at `mention` to the trigger at `trigger`, both spans in `text`; null if it speaks.

    Args:
        text: The sentence.
        mention: Start and end of the mention's words.
        trigger: Start and end of the trigger's words.
        usual: `target` where the noun usually names victims, else empty.
    """
    before_mention, after_mention = text[: mention[0]], text[mention[1] :]
    if _speaks(before_mention, after_mention) and not _BY.search(before_mention[-30:]):
        return None
    role = _after(text, mention, trigger) if mention[0] >= trigger[1] else _before(text, mention, trigger)
    if role is not None and usual and role is ActorRole.INITIATOR and not _BY.search(before_mention[-60:]):
        return ActorRole.TARGET
    if role is not None:
        return role
    return ActorRole.TARGET if usual else ActorRole.PARTICIPANT


def _speaks(before: str, after: str) -> bool:
    return bool(_SPEAKS_AFTER.match(after[:60]) or _SPEAKS_BEFORE.search(before[-60:]))


def _after(text: str, mention: tuple[int, int], trigger: tuple[int, int]) -> ActorRole | None:
    between = text[trigger[1] : mention[0]]
    if len(between) > REACH_CHARS or _CLAUSE.search(between):
        return None
    if _BY.search(between):
        return ActorRole.INITIATOR
    word = text[trigger[0] : trigger[1]].lower().split()[-1]
    if word in _MUTUAL and _BETWEEN.search(between):
        return ActorRole.PARTICIPANT
    if _ON.search(between) or (len(between.split()) <= 3 and not _PASSIVE.search(text[: trigger[0]])):
        return ActorRole.TARGET
    return None


def _before(text: str, mention: tuple[int, int], trigger: tuple[int, int]) -> ActorRole | None:
    between = text[mention[1] : trigger[0]]
    if len(between) > REACH_CHARS or _CLAUSE.search(between):
        return None
    if _BY.search(text[: mention[0]][-40:]) and _PASSIVE.search(text[: mention[0]][-60:] or ""):
        return ActorRole.INITIATOR
    if _PASSIVE.search(between):
        return ActorRole.TARGET
    if _SPEAKS_AFTER.match(between):
        return None
    word = text[trigger[0] : trigger[1]].lower().split()[-1]
    if word in _MUTUAL and " between " in text[: mention[0]][-30:] + " ":
        return ActorRole.PARTICIPANT
    if word.endswith(_NOUN_ENDS) and not between.strip().startswith(("'s", "’s", "'", "’")):
        return ActorRole.PARTICIPANT if len(between) > 40 else ActorRole.INITIATOR
    return ActorRole.INITIATOR
