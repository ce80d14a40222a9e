"""Find by the parse whom a word of harm befalls.

| word | those who come to harm |
|---|---|
| "was killed", "shot dead" (passive) | the subject, its own or that of the verb it is joined to |
| "killed 21", "wounding three others" (active) | the object; of an "-ing" without object the number beside it |
| "died", "are missing", "dead" | the subject; of "left two dead" what was left so |
| "the people killed", "two dead" | the noun that the word describes |
| "the death of a boy", "12 deaths", "no injuries" | what follows "of", else the number before, else who suffered them |
| "the death toll rose from 8 to 12" | the last number after the word that no other word of harm takes |

"who" means the noun before it, "they" the counted people before. Where the parse gives nobody, people that touch the
word are taken: parses of headlines and of second-language English are often wrong.
"""

from __future__ import annotations

from extractors.coding.claims.adjacent import AdjacentPeople
from extractors.coding.claims.casualty_words import ACTIVE, INTRANSITIVE, NOUNS, TOLLS, CasualtyWord
from extractors.coding.claims.people import People
from extractors.coding.document import TITLE, Token
from model.report import Bound, Measure

_JOINED = frozenset("conj xcomp oprd acomp advcl pcomp".split())  # whose subject is the head's
_RELATIVES = frozenset("who whom that which whose".split())
_DESCRIBED = frozenset("acl relcl amod appos nmod compound nsubj".split())
_SUFFERED = frozenset("suffer sustain receive have incur take treat hospitalize hospitalise be".split())
_MAX_GAP = 3  # tokens between a word of harm and people beside it: "were reportedly also", "three other"


_OF_THINGS = frozenset(
    "burned burnt hit struck seized captured evacuated displaced destroyed shot lost buried interred punished".split()
)


class Arguments(AdjacentPeople):
    """Finds the people of each word of harm of one sentence."""

    def of(self, casualty: CasualtyWord) -> tuple[list[People], str]:
        """Return the people and the name of the way in which they were found."""
        people, how = self._found(casualty)
        if people and self.reader.sentence.index == TITLE:
            people = self._title_list(people)
        kept = [
            p
            for p in people
            if not self._is_others(p, casualty) and not (self._is_thing(p) and self._is_physical(casualty))
        ]
        return kept, how

    def _title_list(self, people: list[People]) -> list[People]:
        """Add those named before a comma in a headline: "Man, 2 children found dead"."""
        first = min(p.first for p in people)
        while first - 2 >= self.reader.sentence.first and self.tokens[first - 1].text in (",", "and", "&"):
            before = self.reader.read(first - 2)
            is_harm = any(h.first <= first - 2 <= h.last for h in self.harms)
            if before is None or is_harm or before.low is None or before.is_bare or not before.head:
                break
            people, first = [before, *people], before.first
        return people

    def _is_of_death(self, casualty: CasualtyWord) -> bool:
        """Tell "he died in hospital" from "he is in hospital"."""
        above = set()
        for token in (self.tokens[casualty.top], *self.document.ancestors(casualty.top)):
            above.add(token.index)
            if any(self.tokens[c].dep == "nsubj" for c in self.document.children[token.index]):
                break  # a clause with a subject of its own
        return any(h.top in above and h.measure is Measure.KILLED and h.label not in NOUNS for h in self.harms)

    def _found(self, casualty: CasualtyWord) -> tuple[list[People], str]:
        if casualty.label == "care" and self._is_of_death(casualty):
            return [], ""
        if casualty.label in TOLLS or self._is_number_of(casualty):
            is_by = casualty.first > 0 and self.tokens[casualty.first - 1].lower == "by"  # "nine killed, by body count"
            return ([] if is_by else self._toll(casualty)), "number"
        if (at := self._told_after(casualty)) is not None:
            is_list = self.tokens[at - 1].lower in ("were", "are", "was", "is")
            return (self._members_of_number(at) if is_list else self._only(at)), "number"
        if people := self._counted_before(casualty):
            return people, "described"
        if casualty.label in NOUNS and self.tokens[casualty.top].pos not in ("VERB", "ADJ"):
            return self._noun(casualty)
        if (
            casualty.label in ("dead", "kill", "injure")
            and casualty.first > 0
            and self.tokens[casualty.first - 1].lower == "the"
        ):
            return self._the_dead(casualty)
        ways = (
            (self._object, "object"), (self._subject, "subject"), (self._described, "described"),
            (self._beside, "near"),
        )  # fmt: skip
        for way, name in ways:
            if people := way(casualty):
                return people, name
        return [], ""

    def _is_others(self, people: People, casualty: CasualtyWord) -> bool:
        """Tell a member of a list that a later word of harm takes: "five dead and 77 wounded"."""
        if people.first <= casualty.last:
            return False
        after = next((h for h in self.harms if h.first > people.last), None)
        if after is None or after is casualty or after.label in ACTIVE or after.first - people.last > _MAX_GAP:
            return False
        return all(self.tokens[k].pos in ("ADV", "AUX", "ADJ") for k in range(people.last + 1, after.first))

    def _is_thing(self, people: People) -> bool:
        if people.name and not people.head and not people.age and len(people.name.split()) == 1:
            return True  # "a missile struck Sampletown"
        if people.is_bare and people.last == people.at and self.tokens[people.first - 1].lower == "lost":
            return True
        return bool(people.head) and people.head.split()[-1] not in self.reader.lexicon.persons and not people.name

    def _is_physical(self, casualty: CasualtyWord) -> bool:
        """Tell words that are said of things as well: "burned", "struck", "seized"."""
        return casualty.label.startswith(("shoot", "displace")) or self.tokens[casualty.first].lower in _OF_THINGS

    def _object(self, casualty: CasualtyWord) -> list[People]:
        if casualty.label in INTRANSITIVE or casualty.label == "fatally" or self._children(casualty, "nsubjpass"):
            return []
        token = self.tokens[casualty.top]
        is_participle = token.tag == "VBN" and casualty.label not in ACTIVE and token.dep != "ROOT"
        if is_participle and not self._children(casualty, "nsubj", "aux"):
            return []
        if casualty.label in ACTIVE:
            for child in self._children(casualty, "prep"):
                inner = next((c for c in self.document.children[child] if self.tokens[c].dep == "pobj"), None)
                if self.tokens[child].lower == "of" and inner is not None:
                    return self.reader.members(inner)
        for child in self._children(casualty, "dobj", "obj"):
            if casualty.last < child and (people := self.reader.members(child)):
                return people
        return []

    def _subject(self, casualty: CasualtyWord) -> list[People]:
        if casualty.label in ACTIVE and not self._children(casualty, "nsubjpass", "auxpass"):
            return []
        is_passive = casualty.label in INTRANSITIVE or self._is_passive(casualty)
        if not is_passive:
            return []
        is_state = casualty.label == "care" or self.tokens[casualty.first].pos in (
            "ADP",
            "DET",
        )  # "in custody", "no roof"
        at: int | None = casualty.top
        for _ in range(4):
            if at is None:
                return []
            deps = ("nsubjpass", "nsubj")
            subject = next((c for c in self.document.children[at] if self.tokens[c].dep in deps), None)
            if subject is None and at == casualty.top:
                subject = next(iter(self._children(casualty, *deps)), None)
            if subject is not None:
                others = [
                    c for c in self.document.children[at] if self.tokens[c].dep in deps and subject < c < casualty.first
                ]
                return self._resolved(subject, at) + [p for c in others for p in self.reader.members(c)]
            token = self.tokens[at]
            if token.dep == "relcl" or (token.dep == "acl" and is_state):
                return self.reader.members(token.head)
            if token.dep in ("ccomp", "advcl") and (people := self._told_of(token, casualty)):
                return people
            is_joined = token.dep in _JOINED or (is_state and token.dep in ("pobj", "dobj", "prep"))
            is_joined |= token.dep == "prep" and token.lower in ("before", "after", "while")
            at = token.head if is_joined and token.head != at else None
        return []

    def _told_of(self, token: Token, casualty: CasualtyWord) -> list[People]:
        """Read "NATO said 25 of its men, all Italians, were hurt", where the parse makes the 25 an object of "said"."""
        objects = [c for c in self.document.children[token.head] if token.head < c < casualty.first]
        at = next((c for c in objects if self.tokens[c].dep in ("dobj", "attr")), None)
        return (
            self.reader.members(at)
            if at is not None and self.tokens[token.head].lower in self.reader.lexicon.speech_verbs
            else []
        )

    def _is_passive(self, casualty: CasualtyWord) -> bool:
        span = range(casualty.first, casualty.last + 1)
        if self._children(casualty, "nsubjpass", "auxpass"):
            return True
        if any(self.tokens[k].tag in ("VBN", "JJ") for k in span) or casualty.label in ("fatally", "casualty_noun"):
            return True
        after = self.tokens[casualty.last + 1].pos if casualty.last + 1 < self.reader.sentence.last else ""
        is_last = after not in ("NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON") and casualty.label != "shoot"
        return self.tokens[casualty.top].tag == "VBD" and not self._children(casualty, "dobj") and is_last

    def _resolved(self, subject: int, verb: int) -> list[People]:
        """Read a subject; "who" is the noun that its clause describes, "they" the people counted before."""
        token = self.tokens[subject]
        if token.lower in _RELATIVES:
            clause = next((t for t in (self.tokens[verb], *self.document.ancestors(verb)) if t.dep == "relcl"), None)
            head = self.tokens[clause.head] if clause else token
            if token.lower == "who" and head.pos == "PROPN" and not self.reader.members(head.index):
                return [People(head.index, head.index, head.index, 1, 1, Bound.EXACT, name=head.lower)]
            return self.reader.members(head.index) if clause else []
        people = self.reader.members(subject)
        if token.lower in ("they", "both", "all") and people and people[0].low is None:
            return self._antecedent(subject) or people
        return people

    def _antecedent(self, at: int) -> list[People]:
        for k in range(at - 1, self.reader.sentence.first - 1, -1):
            if k in self.reader.numbers and (people := self._members_of_number(k)) and (people[0].low or 0) > 1:
                return people
        return []

    def _described(self, casualty: CasualtyWord) -> list[People]:
        """Read the noun that the words describe: "ten people killed in the blast", "two dead"."""
        token = self.tokens[casualty.top]
        if token.dep in _DESCRIBED and token.head != token.index and casualty.label not in ACTIVE:
            head = self.tokens[token.head]
            if token.dep != "compound" and (head.pos in ("NOUN", "PROPN", "NUM") or head.index in self.reader.numbers):
                people = [p for p in self.reader.members(token.head) if not casualty.first <= p.at <= casualty.last]
                is_open = casualty.last + 1 < self.reader.sentence.last
                after = self.tokens[casualty.last + 1].pos if is_open else ""
                has_object = after in ("NOUN", "PROPN", "ADJ", "DET", "PRON") and token.dep != "amod"
                return [] if has_object and all(p.is_vague for p in people) else people
        if self._has_object_behind(casualty):
            return []
        number = next((c for c in self._children(casualty, "nummod", "nsubj", "quantmod")), None)
        return self.reader.members(number) if number is not None and number < casualty.first else []

    def _noun(self, casualty: CasualtyWord) -> tuple[list[People], str]:
        """Read "12 deaths", "the deaths of two women", "no injuries", "he suffered burns"."""
        for child in self._children(casualty, "prep"):
            if self.tokens[child].lower in ("of", "among", "to") and child > casualty.last:
                for c in self.document.children[child]:
                    if self.tokens[c].dep == "pobj" and (people := self.reader.members(c)):
                        return people, "object"
        number = self._number_before(casualty)
        if number is not None:
            n = self.reader.numbers[number]
            bare = People(number, casualty.last, casualty.top, n.low, n.high, n.bound, is_bare=True)
            return [bare], "number"
        owner = next((c for c in self._children(casualty, "poss") if self.tokens[c].pos in ("NOUN", "PROPN")), None)
        if casualty.label == "kill_noun" and owner is not None:
            return self.reader.members(owner), "subject"
        if casualty.label == "injury_noun":
            return self._sufferer(casualty), "subject"
        return [], ""

    def _sufferer(self, casualty: CasualtyWord) -> list[People]:
        for token in self.document.ancestors(casualty.top):
            is_noun = token.pos in ("NOUN", "PROPN", "NUM") and token.dep != "conj"
            if is_noun and (people := self.reader.members(token.index)):
                return people
            if token.pos in ("VERB", "AUX"):
                verb = CasualtyWord(token.index, token.index, token.index, "die")
                if token.lemma in _SUFFERED or token.tag == "VBN":
                    return self._subject(verb)
        return []

    def _the_dead(self, casualty: CasualtyWord) -> tuple[list[People], str]:
        """Read "the dead were two clerks and a guard" and "put the dead at 17"."""
        head = self.tokens[self.tokens[casualty.top].head]
        if head.lemma == "be" and self.tokens[casualty.top].dep == "nsubj":
            attr = next((c for c in self.document.children[head.index] if self.tokens[c].dep == "attr"), None)
            return (self.reader.members(attr), "object") if attr is not None else ([], "")
        if casualty.first > 1 and self.tokens[casualty.first - 2].lower in ("among", "amongst"):
            verb = next((t for t in self.document.ancestors(casualty.top) if t.lemma == "be"), None)
            subjects = [c for c in self.document.children[verb.index] if self.tokens[c].dep == "nsubj"] if verb else []
            return [p for c in subjects for p in self.reader.members(c)], "among"
        return self._toll(casualty, needs_cue=True), "number"
