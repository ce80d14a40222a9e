"""Group the event mentions of an article that are one incident.

Specification. Mentions are read in the order of the text, in a sentence those that may found a cluster first, the title
last. A mention that the text presents as having happened may found a cluster: one of at least `FOUNDING_STRENGTH`,
or a counted casualty with a day or a place that is not recalled. Every other one only joins. A mention has the day and
the place of its own clause, else those that its paragraph opened with (`scope`). It conflicts with a cluster when both
name a day and the days differ, when both name a place and the places are apart, when one is recalled and the other is
not, or when words beside it announce another event ("a second blast", "in a separate attack", "elsewhere"); "the
blast" in the paragraph of an event is that event, whatever place it names. It joins the cluster that it agrees with
most (day, place, nearness in the text) among those it does not conflict with, and founds one where it conflicts with
all. In a list each item stands for itself. `ownership` gives the sentences of each cluster.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from extractors.coding.cluster import EventMention, Realis
from extractors.coding.document import TITLE, Document
from extractors.coding.scope import Scope
from extractors.coding.when import DateMention
from extractors.coding.where import PlaceMention
from extractors.reference.gazetteer import GazetteerPlace
from model import geo
from model.report import DatePrecision, PlacePrecision

FOUNDING_STRENGTH = 2  # of the trigger lexicon: weaker words ("hit", "fell") say nothing alone
MAX_CLUSTERS = 16  # a longer round-up is a list, not news; more only costs time
NEAR_KM = 25.0  # two places closer than this may be one, named differently
SAME_PARAGRAPH = 1.5  # weight of standing in one paragraph with the mention before, beside 2 for one day or place
AREA_KM = 120.0  # … where one of them is a district or region
_DAYS = (DatePrecision.DAY, DatePrecision.DAYS)
_AREAS = (PlacePrecision.REGION, PlacePrecision.DISTRICT)
_OTHER_EVENT = re.compile(
    r"\b(?:(?:an?)?other|a (?:second|third|fourth|separate|different|further|similar)|separate(?:ly)?|elsewhere|"
    r"unrelated|in a related|previous(?:ly)?|the same day|hours (?:later|earlier)|days? (?:later|earlier|before)|"
    r"meanwhile|second|third)\b",
    re.IGNORECASE,
)
_OTHER_REACH_CHARS = 40  # between such words and the trigger
_EARLIER = re.compile(
    r"\b(?:last (?:month|week|year|january|february|march|april|may|june|july|august|september|october|november|"
    r"december)|"
    r"earlier this (?:month|year|week)|(?:months?|weeks?|years?|days|fortnight) (?:ago|earlier|before)|previous(?:ly)?|"
    r"in (?:19|20)\d\d|since (?:19|20)\d\d|(?:this|past|recent) (?:year|months?|weeks|years))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A mention with the day and the place that its own clause gives it, and whether it is said to be another event."""

    mention: EventMention
    day: DateMention | None
    place: PlaceMention | None
    is_other: bool
    is_earlier: bool
    item: int | None
    paragraph: int
    is_definite: bool = False
    is_counted: bool = False


@dataclass(slots=True)
class Group:
    """A cluster while it grows."""

    members: list[Bound] = field(default_factory=list)

    @property
    def is_recalled(self) -> bool:
        """Whether all of its actual mentions are of earlier times."""
        return all(b.is_earlier for b in self.members if b.mention.realis is Realis.ACTUAL)

    @property
    def item(self) -> int | None:
        """The item of a list that it stands in."""
        return self.members[0].item


def bind(
    document: Document,
    mention: EventMention,
    days: Mapping[EventMention, DateMention | None],
    places: Mapping[EventMention, PlaceMention | None],
    items: Mapping[int, int],
    scope: Scope | None = None,
) -> Bound:
    """Give a mention the day and place of its clause and what the words around it say."""
    sentence = document.sentence(mention.sentence)
    start = document.tokens[mention.first].start - sentence.start
    before = sentence.text[max(0, start - _OTHER_REACH_CHARS) : start]
    is_earlier = mention.is_recalled or _EARLIER.search(sentence.text) is not None
    day = days.get(mention)
    place = places.get(mention)
    if scope is not None and mention.realis is Realis.ACTUAL and not mention.is_recalled:
        day, place = day or scope.day, place or scope.place
    published = document.article.published_on
    if day is not None and published is not None:
        is_earlier = day.span.end < published - timedelta(days=21)
    return Bound(
        mention,
        day,
        place,
        _OTHER_EVENT.search(before) is not None,
        is_earlier,
        items.get(mention.sentence),
        sentence.paragraph,
        is_definite(document, mention),
        is_counted(document, mention),
    )


_DEFINITE = frozenset("the that this these those".split())


def is_definite(document: Document, mention: EventMention) -> bool:
    """Say whether a mention is a noun that the text takes as known ("the blast")."""
    head = document.tokens[mention.head]
    return head.pos == "NOUN" and any(document.tokens[c].lower in _DEFINITE for c in document.children[mention.head])


def is_counted(document: Document, mention: EventMention) -> bool:
    """Say whether a number of people depends on a mention ("killed six", "11 dead")."""
    near = [mention.head, *document.children[mention.head]]
    near += [c for i in near[1:] for c in document.children[i]]
    return any(document.tokens[i].pos == "NUM" for i in near)


def group_mentions(bounds: Sequence[Bound]) -> list[Group]:
    """Group bound mentions; the groups are in the order of their first mention in the text."""
    groups: list[Group] = []
    focus: Group | None = None
    body = [b for b in bounds if b.mention.sentence != TITLE]
    titles = [b for b in bounds if b.mention.sentence == TITLE]
    body.sort(key=lambda b: (b.mention.sentence, not may_found(b), b.mention.first))
    for bound in body:
        joined = _join(bound, groups, focus)
        if joined is not None:
            focus = joined
    for bound in titles:
        _join(bound, groups, groups[0] if groups else None)
    return groups


def _join(bound: Bound, groups: list[Group], focus: Group | None) -> Group | None:
    """Put a mention to the group that it agrees with most, or found one; null where it can do neither."""
    rivals = [g for g in groups if g.item == bound.item or bound.item is None]
    fitting = [(agreement(bound, g, g is focus), -k, g) for k, g in enumerate(rivals) if not conflict(bound, g)]
    if fitting:
        best = max(fitting, key=lambda f: (f[0], f[1]))[2]
        best.members.append(bound)
        return best
    if not may_found(bound) or len(groups) >= MAX_CLUSTERS:
        if rivals and not may_found(bound) and bound.item is None and focus is not None and not bound.is_earlier:
            focus.members.append(bound)
            return focus
        return None
    groups.append(Group([bound]))
    return groups[-1]


def may_found(bound: Bound) -> bool:
    """Say whether a mention may open a cluster of its own."""
    mention = bound.mention
    if mention.realis is not Realis.ACTUAL or mention.event_type == "other":
        return False
    is_anchored = bound.day is not None or bound.place is not None
    is_casualty = mention.event_type == "casualty" and bound.is_counted and is_anchored and not bound.is_earlier
    return is_casualty or mention.strength >= FOUNDING_STRENGTH


def conflict(bound: Bound, group: Group) -> str:
    """Name what forbids a mention to be of a group's incident; empty where nothing does."""
    if (
        bound.is_earlier != group.is_recalled
        and bound.mention.realis is Realis.ACTUAL
        and bound.mention.sentence != TITLE
    ):
        return "one of them is recalled"
    if may_found(bound) and bound.is_other and not _is_announced_with(bound, group):
        return "the words announce another event"
    is_continued = _continues(bound, group)
    for member in group.members:
        if bound.day is not None and member.day is not None and days_apart(bound.day, member.day):
            return "other days"
        if is_continued:
            continue
        if bound.place is not None and member.place is not None and places_apart(bound.place, member.place):
            return "other places"
    return ""


def _continues(bound: Bound, group: Group) -> bool:
    """Say whether a mention speaks on of the paragraph's event: "the strikes on the town killed 37"."""
    last = group.members[-1]
    is_clause = last.is_definite and last.mention.sentence == bound.mention.sentence
    return is_clause or (bound.is_definite and last.paragraph == bound.paragraph)


def _is_announced_with(bound: Bound, group: Group) -> bool:
    """Say whether the words that announce a mention have announced a member of the group before."""
    return any(m.is_other and may_found(m) and m.mention.sentence == bound.mention.sentence for m in group.members)


def agreement(bound: Bound, group: Group, is_focus: bool) -> float:
    """Weigh what speaks for a mention being of a group's incident."""
    last = group.members[-1].mention
    score = 0.6 * is_focus
    if is_focus and group.members[-1].paragraph == bound.paragraph:
        score += SAME_PARAGRAPH
    if any(m.day and bound.day and not days_apart(m.day, bound.day) for m in group.members):
        score += 2.0
    if any(m.place and bound.place and not places_apart(m.place, bound.place) for m in group.members):
        score += 2.0
    if last.sentence == bound.mention.sentence:
        score += 1.0
    return score


def days_apart(one: DateMention, other: DateMention) -> bool:
    """Say whether two dates are of day precision and have no day in common."""
    a, b = one.span, other.span
    if a.precision not in _DAYS or b.precision not in _DAYS:
        return False
    return a.end < b.start or b.end < a.start


def places_apart(one: PlaceMention, other: PlaceMention) -> bool:
    """Say whether two places are too far apart to be one, neither holding the other."""
    a, b = one.source, other.source
    if a.row_id == b.row_id or _holds(a, b) or _holds(b, a):
        return False
    distance_km = geo.distance_km(a.lat, a.lon, b.lat, b.lon)
    is_area = one.place.precision in _AREAS or other.place.precision in _AREAS
    return distance_km > (AREA_KM if is_area else NEAR_KM)


def _holds(outer: GazetteerPlace, inner: GazetteerPlace) -> bool:
    if outer.country_code != inner.country_code:
        return False
    if outer.kind == "country":
        return True
    return outer.kind in ("admin1", "region") and outer.admin1_code == inner.admin1_code
