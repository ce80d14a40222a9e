"""Decide from the parse whether a trigger is presented as an event that took place.

Specification. From the trigger's head the parse is climbed to the clause's root. On the way these decide, the nearest
first: a determiner or adjective of the noun ("no attack", "a possible strike"); a noun that governs it ("threat of",
"risk of", "plan", "drill"); a verb that governs it ("threatened to", "prevented", "denied", "feared"); an auxiliary
("will", "could"); a negation; "if", "unless", "whether"; an infinitive of purpose; a bare imperative; a plain present
outside the title (a habit). What stands under a verb of saying or believing is taken as presented. Recalled is what
stands in the past perfect, beside a cue of earlier times, under a noun of remembrance or of the courts, or under a
verb of a verdict.
Known false positives: headlines that omit the auxiliary ("attack planned"), irony.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.coding.cluster import Realis
from extractors.coding.document import TITLE, Document, Token

MAX_CLIMB = 7  # heads above a trigger; farther away another clause speaks

_MODALS = frozenset("would could may might should can must ought ca 'd".split())
_FUTURE_AUX = frozenset("will shall 'll wo sha".split())
_CONDITIONS = frozenset("if unless whether lest".split())
_NO = frozenset("no neither nor".split())
_VAGUE = frozenset(
    "any every each potential possible planned future imminent feared hypothetical threatened likely".split()
)
_STOPPED = frozenset("foiled thwarted averted prevented".split())
_THREAT_NOUNS = frozenset(
    """threat risk fear warning danger plan plot possibility prospect preparation intention chance likelihood call
    demand scenario prevention deterrence alert readiness ability capability capacity vow pledge hoax rumour rumor
    bid attempt talk spectre specter worry concern forecast""".split()
)
_DRILL_NOUNS = frozenset(
    "drill exercise simulation rehearsal film movie series novel game documentary play song video".split()
)
_RECALL_NOUNS = frozenset(
    """anniversary memory commemoration memorial trial case charge conviction sentence verdict inquest inquiry appeal
    hearing plea history victim survivor veteran statistics record museum remembrance""".split()
)
# Verbs of the end of a case, months after the event; charges come within days.
_VERDICT_VERBS = frozenset("plead convict sentence acquit jail imprison".split())
_THREAT_VERBS = frozenset(
    """threaten warn fear plan plot prepare intend vow pledge promise want urge demand expect seek hope aim refuse
    consider mull propose call try attempt conspire forecast predict anticipate risk order authorise authorize ask
    encourage need decide agree advise recommend allow permit""".split()
)
_STOP_VERBS = frozenset(
    """prevent avert foil thwart avoid stop deter forestall preempt ban prohibit discourage outlaw curb combat tackle
    fight""".split()
)
_DENY_VERBS = frozenset("deny refute dismiss reject disprove debunk rule".split())
_NOUNS = frozenset(("NOUN", "PROPN"))
_CLAUSES = frozenset(
    """xcomp ccomp advcl acl relcl pcomp conj prep pobj dobj nsubj nsubjpass agent
    dep compound nmod amod attr appos poss npadvmod csubj""".split()
)


@dataclass(frozen=True, slots=True)
class Judged:
    """The realis of one trigger, whether it is recalled, and what decided."""

    realis: Realis
    is_recalled: bool
    reason: str


def judge_realis(document: Document, head: int) -> Judged:
    """Judge the trigger whose governing token is `head`."""
    token = document.tokens[head]
    is_recalled, why_recalled = _recall(document, token)
    path = [token]
    for _ in range(MAX_CLIMB):
        here = path[-1]
        found = _here(document, here, path)
        if found is not None:
            return Judged(found[0], is_recalled, found[1])
        if here.head == here.index or here.dep not in _CLAUSES:
            break
        above = document.tokens[here.head]
        found = _above(document, here, above)
        if found is not None:
            return Judged(found[0], is_recalled, found[1])
        if here.dep in ("ccomp", "advcl", "relcl", "acl", "dep") and here.pos in ("VERB", "AUX"):
            break
        path.append(above)
    return Judged(Realis.ACTUAL, is_recalled, why_recalled or "presented as having happened")


def _here(document: Document, token: Token, path: list[Token]) -> tuple[Realis, str] | None:
    """Judge by what hangs on the token itself."""
    children = [document.tokens[i] for i in document.children[token.index]]
    if token.pos in _NOUNS or token.tag == "VBG":
        for child in children:
            if child.dep in ("det", "neg") and child.lower in _NO:
                return Realis.DENIED, f"{child.text!r} before it"
            if child.dep in ("det", "amod") and child.lower in _VAGUE and len(path) == 1:
                return Realis.HYPOTHETICAL, f"{child.text!r} before it"
            if child.dep == "amod" and child.lower in _STOPPED:
                return Realis.DENIED, f"{child.text!r} before it"
    if token.pos not in ("VERB", "AUX"):
        return None
    return _verb(document, token, children, path)


def _verb(document: Document, verb: Token, children: list[Token], path: list[Token]) -> tuple[Realis, str] | None:
    for child in children:
        found = _child_of_verb(document, child, path)
        if found is not None:
            return found
    auxiliaries = [c for c in children if c.dep in ("aux", "auxpass")]
    for aux in auxiliaries:
        if aux.lower in _FUTURE_AUX:
            return Realis.FUTURE, f"{aux.text!r} before it"
        if aux.lower in _MODALS and not (aux.lower == "'d" and verb.tag == "VBN"):
            return Realis.HYPOTHETICAL, f"{aux.text!r} before it"
    if verb.tag == "VB" and any(a.lower == "to" for a in auxiliaries):
        return _infinitive(document, verb)
    return None if auxiliaries else _bare_verb(document, verb, path)


def _child_of_verb(document: Document, child: Token, path: list[Token]) -> tuple[Realis, str] | None:
    """Judge by a negation, a condition or a negative subject of the verb."""
    if child.dep == "neg" or (child.dep == "advmod" and child.lower == "never"):
        return (Realis.DENIED, f"{child.text!r} before it") if len(path) <= 2 else None
    if child.dep == "mark" and child.lower in _CONDITIONS:
        return Realis.HYPOTHETICAL, f"under {child.text!r}"
    if child.dep in ("nsubj", "nsubjpass") and _is_nobody(document, child) and len(path) == 1:
        return Realis.DENIED, f"{child.text!r} is its subject"
    return None


def _bare_verb(document: Document, verb: Token, path: list[Token]) -> tuple[Realis, str] | None:
    """Judge a verb without an auxiliary: a second verb of a pair, the plain present, an imperative."""
    if verb.dep == "conj":
        above = document.tokens[verb.head]
        if above.tag == verb.tag == "VB":
            return _verb(document, above, [document.tokens[i] for i in document.children[above.index]], path)
    if verb.sentence == TITLE:
        return None
    if len(path) == 1 and verb.tag in ("VBZ", "VBP"):
        return Realis.GENERAL, "in the plain present"
    if verb.tag == "VB" and verb.dep == "ROOT":
        return Realis.HYPOTHETICAL, "an imperative"
    return None


def _is_nobody(document: Document, token: Token) -> bool:
    if token.lower in ("none", "nobody", "neither"):
        return True
    return any(
        document.tokens[i].dep in ("det", "neg") and document.tokens[i].lower == "no"
        for i in document.children[token.index]
    )


def _infinitive(document: Document, verb: Token) -> tuple[Realis, str] | None:
    above = document.tokens[verb.head]
    if verb.dep == "xcomp" and above.lemma in ("appear", "seem", "manage", "begin", "start", "continue", "help", "go"):
        return (Realis.FUTURE, "'going to' before it") if above.lemma == "go" else None
    if any(document.tokens[i].lemma == "have" for i in document.children[verb.index]):
        return None  # "is believed to have killed"
    if above.lemma in ("believe", "say", "report", "think", "know", "understand"):
        return None
    return Realis.HYPOTHETICAL, "an infinitive"


def _above(document: Document, here: Token, above: Token) -> tuple[Realis, str] | None:
    """Judge by the token that governs this one."""
    if above.pos in _NOUNS and here.dep in ("compound", "nmod", "amod", "acl", "prep", "poss"):
        if above.lemma in _THREAT_NOUNS:
            return Realis.HYPOTHETICAL, f"under {above.text!r}"
        if above.lemma in _DRILL_NOUNS:
            return Realis.FIGURATIVE, f"under {above.text!r}"
    if above.pos == "ADP" and above.lower in ("without", "against") and here.dep in ("pcomp", "pobj"):
        return (Realis.DENIED, "'without' before it") if above.lower == "without" else None
    if above.pos not in ("VERB", "AUX"):
        return None
    if above.lemma in _STOP_VERBS and here.dep in ("dobj", "nsubjpass", "xcomp", "ccomp", "prep"):
        return Realis.DENIED, f"under {above.text!r}"
    if above.lemma in _DENY_VERBS and here.dep in ("ccomp", "xcomp"):
        return Realis.DENIED, f"under {above.text!r}"
    if above.lemma in _THREAT_VERBS and here.dep in ("dobj", "xcomp", "ccomp", "nsubjpass", "prep"):
        return Realis.HYPOTHETICAL, f"under {above.text!r}"
    return None


def _recall(document: Document, token: Token) -> tuple[bool, str]:
    """Say whether the trigger's clause places it before the news of the day."""
    verb = token if token.pos in ("VERB", "AUX") else None
    for child in document.children[token.index]:
        aux = document.tokens[child]
        if verb is not None and aux.dep == "aux" and aux.lower in ("had", "'d") and token.tag == "VBN":
            return True, "in the past perfect"
        if aux.dep == "amod" and aux.lower in ("previous", "earlier", "past", "similar", "last", "recent", "deadliest"):
            return True, f"{aux.text!r} before it"
    here = token
    for _ in range(3):
        if here.head == here.index:
            break
        above = document.tokens[here.head]
        if (
            above.pos in _NOUNS
            and above.lemma in _RECALL_NOUNS
            and here.dep in ("compound", "prep", "pobj", "acl", "poss")
        ):
            return True, f"under {above.text!r}"
        if above.lemma in _VERDICT_VERBS and here.dep in ("prep", "acomp", "oprd", "pcomp", "advcl"):
            return True, f"under {above.text!r}"
        here = above
    return False, ""
