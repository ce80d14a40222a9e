"""Who did it and to whom, for one event mention: the arguments of its trigger in the parse.

Specification. A verb's subject does it and its object suffers it; in the passive the subject suffers it and "by" names
who does it; of a verb that nobody does to anybody ("died", "drowned") the subject suffers it. A participle or a
coordinate verb without a subject takes that of the verb it belongs to, a relative clause its antecedent. Of a noun,
what stands before it or after "by" does it, what follows "on", "against", "at" or (of a noun of harm) "of" suffers it;
the subject of a verb that has it as object does it ("carried out an attack"), and who is killed or hit "in" it suffers
it. "Clashed with" and "between" make both participants. A joined name or noun has the role of the one it is joined to.
Each argument names the path by which it was found, for the model of roles to weigh.
Known false positives: prepositions of place parsed as objects ("fired at dawn").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractors.coding.document import Document, Token
from model.report import ActorRole


class Argument(NamedTuple):
    """One argument of an event: the index of its token, the role that the rules give it, and the path to it."""

    token: int
    role: ActorRole
    path: str


Found = Iterator[tuple[int, ActorRole, str]]

_VERBS = frozenset(("VERB", "AUX"))
_FINITE = frozenset(("VBD", "VBP", "VBZ", "MD"))
_ON = frozenset("on against at upon into targeting toward towards".split())
_WITH = frozenset("with between versus among".split())
_MUTUAL = frozenset(
    "clash clashes fight fighting battle exchange skirmish firefight gunfight gunbattle shootout engage war".split()
)
_SUFFER = frozenset(
    """die perish drown suffocate succumb suffer survive disappear vanish lose sustain collapse bleed starve
    miss dead""".split()
)
_LIGHT = frozenset(
    """carry launch conduct open stage mount commit execute make perpetrate claim fire detonate lead wage hold throw
    drop plant set order use begin start resume attempt""".split()
)
_HARM_NOUNS = frozenset(
    """killing murder massacre assassination abduction kidnapping execution slaughter bombing bombardment shelling
    shooting beheading lynching slaying rape burning looting storming seizure capture ambush death stabbing arrest
    detention beating torching""".split()
)
_HARM = frozenset(
    """kill wound injure hit strike hurt shoot attack target ambush maim burn trap bury catch bomb shell stab slay
    murder massacre behead execute crush trample""".split()
)
_HARM_PEOPLE = frozenset("kill wound injure hurt shoot abduct kidnap arrest behead slay murder detain".split())
HARM_VERBS = (
    _HARM
    | _HARM_PEOPLE
    | frozenset(  # verbs that tell who did it even where they are no trigger
        "seize storm raid loot torch overrun assault raze gun ram massacre pelt beat lynch rob rape mow".split()
    )
)
# By the noun's place at its verb and the place of another there: the verbs of which that one is the victim.
_SUFFERS_IT = {("nsubj", "dobj"): _HARM, ("pobj", "nsubjpass"): _HARM, ("pobj", "nsubj"): _SUFFER}
_WH = frozenset("who which that whom".split())
_NAMED = frozenset("poss compound amod nmod".split())
_LINKED = frozenset("conj xcomp advcl ccomp".split())
MAX_INHERIT = 3  # verbs above a participle among which its subject is looked for


def arguments_of(document: Document, head: int) -> Iterator[Argument]:
    """Yield the arguments of the event whose governing token is `head`, each as a token and its role."""
    token = document.tokens[head]
    found = _of_verb(document, token) if token.pos in _VERBS else _of_noun(document, token)
    for index, role, path in found:
        yield from (Argument(i, role, path) for i in _joined(document, index))


def _joined(document: Document, index: int) -> Iterator[int]:
    """Yield a token and those that are coordinated with it."""
    yield index
    for child in document.children[index]:
        token = document.tokens[child]
        following = document.tokens[child + 1] if child + 1 < len(document.tokens) else token
        starts_clause = following.tag in _FINITE  # "killed four and police are investigating"
        if token.dep == "conj" and token.pos not in _VERBS and not starts_clause:
            yield from _joined(document, child)


def _of_verb(document: Document, verb: Token) -> Found:
    is_mutual, suffers = verb.lemma in _MUTUAL, verb.lemma in _SUFFER
    doer = ActorRole.PARTICIPANT if is_mutual else ActorRole.TARGET if suffers else ActorRole.INITIATOR
    is_passive = verb.tag == "VBN" and not any(_is_have(document, i) for i in document.children[verb.index])
    subject = _subject(document, verb)
    if subject is not None:
        is_victim = subject[1] == "nsubjpass" or _is_bare_passive(document, verb)
        yield subject[0], ActorRole.TARGET if is_victim else doer, subject[1]
    for child in (document.tokens[i] for i in document.children[verb.index]):
        if child.dep == "dobj" and not suffers:
            yield child.index, ActorRole.TARGET, "dobj"
        elif child.dep == "agent" or (child.lower == "by" and is_passive):
            yield from ((i, ActorRole.INITIATOR, "by") for i in _objects(document, child))
        elif child.dep == "prep" and is_mutual and child.lower in _WITH:
            yield from ((i, ActorRole.PARTICIPANT, "with") for i in _objects(document, child))
        elif child.dep == "prep" and child.lower in _ON and not is_passive:
            yield from ((i, ActorRole.TARGET, "on") for i in _objects(document, child))


def _is_bare_passive(document: Document, verb: Token) -> bool:
    """Say whether a verb of harm lacks an object, as in the headline "Thirty killed in two schools"."""
    children = [document.tokens[i] for i in document.children[verb.index]]
    return (
        verb.lemma in _HARM_PEOPLE
        and verb.tag in ("VBD", "VBN")
        and not any(c.dep in ("dobj", "ccomp", "aux") for c in children)
    )


def _is_have(document: Document, index: int) -> bool:
    return document.tokens[index].dep == "aux" and document.tokens[index].lemma == "have"


def _objects(document: Document, preposition: Token) -> Iterator[int]:
    yield from (i for i in document.children[preposition.index] if document.tokens[i].dep == "pobj")


def _subject(document: Document, verb: Token) -> tuple[int, str] | None:
    """Find the subject of a verb and whether it is one of the passive, that of the verb above it where it has none."""
    is_passive = verb.tag == "VBN"
    for _ in range(MAX_INHERIT):
        for child in (document.tokens[i] for i in document.children[verb.index]):
            if child.dep in ("nsubj", "nsubjpass"):
                is_relative = child.lower in _WH and verb.dep == "relcl"
                return verb.head if is_relative else child.index, child.dep
        above = document.tokens[verb.head]
        if verb.dep in ("acl", "relcl"):
            return above.index, "nsubjpass" if is_passive else "nsubj"
        if verb.dep not in _LINKED or above.pos not in _VERBS or verb.tag == "VBN":
            return None
        if any(document.tokens[i].dep == "dobj" for i in document.children[above.index]) and verb.dep == "ccomp":
            return None
        verb = above
        passive = next((i for i in document.children[verb.index] if document.tokens[i].dep == "nsubjpass"), None)
        if passive is not None:
            return None  # "was hit, killing two": who was hit did not kill
    return None


def _of_noun(document: Document, noun: Token) -> Found:
    is_mutual = noun.lemma in _MUTUAL
    doer = ActorRole.PARTICIPANT if is_mutual else ActorRole.INITIATOR
    for child in (document.tokens[i] for i in document.children[noun.index]):
        if child.dep in _NAMED:
            yield child.index, doer, child.dep
        elif child.lower == "by":
            yield from ((i, doer, "by") for i in _objects(document, child))
        elif child.dep == "prep" and is_mutual and child.lower in _WITH:
            yield from ((i, ActorRole.PARTICIPANT, "with") for i in _objects(document, child))
        elif child.dep == "prep" and (child.lower in _ON or (child.lower == "of" and noun.lemma in _HARM_NOUNS)):
            path = "of" if child.lower == "of" else "on"
            yield from ((i, ActorRole.TARGET, path) for i in _objects(document, child))
    yield from _around_noun(document, noun, doer)


def _around_noun(document: Document, noun: Token, doer: ActorRole) -> Found:
    """Yield the arguments of the verb that a noun of an event belongs to."""
    above, dep = document.tokens[noun.head], noun.dep
    if dep == "pobj":
        preposition = above
        above = document.tokens[preposition.head]
        if preposition.lower not in ("in", "by", "during", "with", "from", "after"):
            return
    if above.pos not in _VERBS:
        return
    for child in (document.tokens[i] for i in document.children[above.index]):
        if dep == "dobj" and child.dep == "nsubj" and above.lemma in _LIGHT:
            yield child.index, doer, "light subject"
        elif dep == "dobj" and child.dep == "prep" and child.lower in _ON:
            yield from ((i, ActorRole.TARGET, "on") for i in _objects(document, child))
        elif (dep, child.dep) in _SUFFERS_IT and above.lemma in _SUFFERS_IT[(dep, child.dep)]:
            yield child.index, ActorRole.TARGET, "victim"
        elif dep == "nsubjpass" and child.dep == "agent":
            yield from ((i, doer, "by") for i in _objects(document, child))
