"""Decide whether a trigger is named only as the matter of a court, an inquiry or a day of remembrance.

Specification. From the trigger the parse is climbed: a verb of the courts ("pleaded guilty to a shooting", "charged
with murder over a stabbing", "jailed for the bombing"), or a noun of them or of remembrance ("the trial over the
blast", "the anniversary of the attack"), means that the event is old news. It is not where the words of the event
name a day of their own ("charged after three people were stabbed on Saturday"), since charges come within days.
Known false negatives: a day of the court that the parse hangs on the event ("jailed for the bombing on Thursday").
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.coding.document import TITLE, Document, Token

MAX_CLIMB = 8  # heads above a trigger; farther away another clause speaks
_VERBS = frozenset(
    "plead convict sentence acquit jail imprison charge indict arraign extradite execute try commemorate".split()
)
_ALSO_FORCE = frozenset(("charge", "try", "execute"))  # "riot police charged", "tried to flee": only where passive
_NOUNS = frozenset(
    """trial conviction sentence verdict inquest inquiry plea hearing appeal retrial indictment anniversary memorial
    commemoration remembrance""".split()
)
_MATTER = frozenset("to for over of in with into about on after following".split())  # what leads from court to event
_DOWN = frozenset(("relcl", "acl", "prep", "pobj", "pcomp", "nsubj", "nsubjpass", "dobj", "compound", "poss", "advcl",
                   "agent", "oprd", "acomp", "xcomp", "nummod", "amod", "nmod", "appos"))  # fmt: skip
_BESIDE = frozenset("nsubj nsubjpass dobj compound advcl acl poss oprd acomp amod nmod".split())
_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday yesterday today tonight overnight weekend""".split()
)
_MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec""".split()
)


def is_tried(document: Document, head: int) -> bool:
    """Say whether the event of the trigger whose governing token is `head` is only what a court or a memorial is about.

    A trigger that is itself the court's word ("charged with murder") is.
    """
    token = document.tokens[head]
    if _is_courts(document, token) or (token.sentence == TITLE and _is_in_title_of_court(document, token)):
        return True
    path = [token]
    for _ in range(MAX_CLIMB):
        here = path[-1]
        if here.head == here.index or here.dep not in _DOWN:
            return False
        above = document.tokens[here.head]
        if _is_courts(document, above) and _leads_there(path, above):
            return not _has_own_day(document, path)
        path.append(above)
    return False


def _is_in_title_of_court(document: Document, token: Token) -> bool:
    """Say whether a noun stands in a headline of a court, where the parse often fails: "Mosque gunman sentenced"."""
    title = [t for t in document.tokens if t.sentence == TITLE]
    return token.pos in ("NOUN", "PROPN") and any(t.pos == "VERB" and _is_courts(document, t) for t in title)


def _is_courts(document: Document, token: Token) -> bool:
    """Say whether a word is one of a court or of remembrance, as it is used here."""
    if token.pos == "ADJ":
        return token.lower == "guilty"
    if token.pos in ("NOUN", "PROPN"):
        return token.lemma.lower() in _NOUNS and token.dep != "compound"
    if token.pos != "VERB" or token.lemma.lower() not in _VERBS:
        return False
    return token.lemma.lower() not in _ALSO_FORCE or _is_passive(document, token)


def _is_passive(document: Document, verb: Token) -> bool:
    """Distinguish "was charged over", and "Man charged over" of a headline, from "police charged with batons"."""
    if verb.tag not in ("VBN", "VBD"):
        return False
    children = [document.tokens[i] for i in document.children[verb.index]]
    is_over = any(c.dep == "prep" and c.lower in ("over", "for", "after") for c in children)
    return any(c.dep == "auxpass" for c in children) or (verb.sentence == TITLE and is_over)


def _leads_there(path: Sequence[Token], above: Token) -> bool:
    """Say whether what stands below a court's word is its matter, its defendant's deed or a compound of it."""
    last = path[-1]
    if last.dep == "prep":
        return last.lower in _MATTER and last.index > above.index
    return last.dep in _BESIDE


def _has_own_day(document: Document, path: Sequence[Token]) -> bool:
    """Say whether a day or month is named within the words of the event."""
    start = next((t.index for t in path if t.pos in ("ADP", "SCONJ")), path[0].index)
    start = min(start, path[0].index)
    for index in document.subtree(path[-1].index):
        token = document.tokens[index]
        is_month = token.lower.rstrip(".") in _MONTHS and token.text[:1].isupper() and token.pos == "PROPN"
        if index > start and (token.lower in _DAYS or is_month):
            return True
    return False
