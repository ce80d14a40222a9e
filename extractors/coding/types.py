"""Name the type of an incident: what happened to whom, over the loudest verb.

A linear ranker over named features scores each type of `seeds/reference/event_types.csv`: the share of the cluster's
votes that the type has and that each other type has, where its triggers stand, who is told of (types of actors), the
means (aircraft, drones, mortars, bombs, guns, knives, vehicles), the victims, a crowd, forces of nature, and what the
sentence embedding of the cluster's opening says. A word of harm alone ("dead", "bodies") votes for no type and leaves
the choice to the context. The subtype has most votes of its type. Weights: `seeds/reference/type_weights.json`, fitted
by `bench/event_types.py`; held-out figures: docs/explanation/coding.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from extractors.coding.cluster import Cluster, Realis
from extractors.coding.document import TITLE, Document
from extractors.coding.embedding import load_embedder
from extractors.coding.linear import dot, read_models
from extractors.coding.ranking import head_text
from extractors.coding.votes import by_type_of, votes_of
from extractors.coding.who.find import FoundActor
from model.report import Alternative, Rationale

TYPES = tuple(
    """battle air_strike shelling chemical_attack bombing shooting attack_on_civilians abduction protest riot arson
    looting arrest coup accident disaster agreement""".split()
)
FILE = "type_weights.json"
LEAST_LOG = -6.0  # natural log of the least probability of a type: below it differences say nothing
EMBEDDING_SCALE = 3.0  # log probabilities are divided by it, to lie beside marks of 0 and 1
MAX_LOSERS = 6  # an explanation is for a person
STRONG = 3  # strength of a trigger that alone tells of its type
_CUES = {
    name: frozenset(words.split())
    for name, words in {
        "aircraft": """aircraft warplane warplanes plane planes jet jets helicopter helicopters airstrike airstrikes
            aerial bombers airforce sorties raids sukhoi""",
        "drone": "drone drones uav uavs unmanned quadcopter fpv shahed",
        "artillery": """mortar mortars artillery shell shells shelling rocket rockets missile missiles howitzer grad
            projectile projectiles barrage katyusha""",
        "bomb": """bomb bombs bomber bombers explosive explosives ied device detonated vest suicide grenade grenades
            mine landmine""",
        "gun": """gun guns gunman gunmen shot shots rifle rifles bullet bullets gunfire pistol shooter fire opened
            ammunition machine-gun kalashnikov""",
        "blade": "knife knives stabbed stabbing machete machetes axe axes sword blade blades hacked",
        "vehicle": "car truck bus train driver collided crashed derailed overturned lorry van highway motorway",
        "vessel": "boat ship ferry vessel capsized sank overloaded raft dinghy trawler",
        "flight": "flight pilot airport runway airliner crew aboard cockpit",
        "nature": """earthquake quake flood floods flooding storm cyclone hurricane typhoon landslide mudslide avalanche
            tremor magnitude rains rain volcano wildfire tsunami river""",
        "works": "factory collapse collapsed gas leak mine miners boiler building warehouse chemical plant blaze fire",
        "crowd": "protest protesters protest demonstrators demonstration rally crowd crowds march marchers stones tear",
        "claimed": "claimed responsibility militants insurgents jihadists terrorists terrorist",
        "captives": "kidnapped abducted hostage hostages ransom captors seized taken captive",
        "villagers": "villagers village houses huts farmers herders cattle raided burned burnt massacre",
        "worship": "mosque church worshippers prayers mass temple shrine funeral wedding market school hospital",
        "soldiers": "soldiers troops army base outpost checkpoint ambush ambushed convoy patrol fighters clashes",
        "gas": "chlorine sarin chemical gas toxic suffocation nerve agent choking",
        "custody": "arrested arrest detained custody suspects charged raid cell plot",
        "palace": "coup junta presidency palace mutiny soldiers television overthrown",
        "deal": "ceasefire truce agreement deal signed accord talks",
        "mob": "mob looted looting rioters riot riots torched petrol clashes police",
    }.items()
}


def name_type(cluster: Cluster, document: Document, found_actors: Sequence[FoundActor]) -> tuple[str, str, Rationale]:
    """Name the type and the subtype ("" for none), and say why.

    Args:
        cluster: The mentions and sentences that tell of the incident.
        document: The parsed article.
        found_actors: All actors and role nouns of the article, from `find_actors`.
    """
    votes = votes_of(cluster)
    by_type = by_type_of(votes)
    text = cluster.opening.text
    if not by_type and not any(m.event_type == "casualty" for m in cluster.mentions):
        return "other", "", Rationale(text, "no word of the text names a type")
    models = read_models(FILE)
    context = context_of(cluster, document, found_actors)
    vector = load_embedder().embed([opening_text(cluster, document)])[0]
    embedded = by_embedding([float(v) for v in vector], models["embedding"])
    scores = {name: score(features_of(name, by_type, context, embedded), models["weights"]) for name in TYPES}
    ranked = sorted(scores, key=lambda name: (-scores[name], name))
    best = ranked[0]
    rule = f"score {scores[best]:.1f} of the type ranker, {by_type.get(best, 0.0):.1f} votes of its triggers"
    alternatives = (
        Alternative("", n, f"score {scores[n]:.1f}, {by_type.get(n, 0.0):.1f} votes")
        for n in ranked[1 : 1 + MAX_LOSERS]
    )
    return best, _subtype(best, votes), Rationale(text, rule, tuple(alternatives))


def opening_text(cluster: Cluster, document: Document) -> str:
    """Return what the embedder reads of a cluster: the title where it belongs to it, and the start of its sentences."""
    is_titled = cluster.is_whole_article or TITLE in cluster.sentences
    first = 0 if cluster.is_whole_article else cluster.opening.sentence
    body = " ".join(document.sentence(i).text for i in cluster.sentences if i != TITLE and i >= first)
    return head_text(document.article.title if is_titled else "", body)


def by_embedding(vector: Sequence[float], table: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the log probability of each type by an embedding, cut at `LEAST_LOG` and scaled to 0..-2.

    Args:
        vector: The embedding.
        table: For each type its weights, the bias last; a type without weights has the least probability.
    """
    scores = {name: dot(row[:-1], vector, row[-1]) for name, row in table.items()}
    top = max(scores.values(), default=0.0)
    log_total = top + math.log(sum(math.exp(s - top) for s in scores.values()) or 1.0)
    return {
        name: max(LEAST_LOG, scores[name] - log_total if name in scores else LEAST_LOG) / EMBEDDING_SCALE
        for name in TYPES
    }


def score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Add up the weights of features."""
    return sum(value * weights.get(name, 0.0) for name, value in features.items())


def context_of(cluster: Cluster, document: Document, found_actors: Sequence[FoundActor]) -> dict[str, float]:
    """Describe a cluster without regard to any one type: its words by class, its actors, the places of its triggers."""
    inside = frozenset(cluster.sentences)
    tokens = [t for s in document.sentences if s.index in inside for t in document.tokens_of(s)]
    words = frozenset(t.lower for t in tokens)
    early = {cluster.opening.sentence, TITLE}
    first = frozenset(t.lower for t in tokens if t.sentence in early)
    found: dict[str, float] = {}
    for name, cues in _CUES.items():
        n = len(words & cues)
        if n:
            found[f"words:{name}"] = min(1.0, n / 3)
        if not first.isdisjoint(cues):
            found[f"first:{name}"] = 1.0
    for one in found_actors:
        if one.sentence in inside and one.nation is None:
            found[f"with:{one.actor_type}"] = 1.0
            if one.sentence in early:
                found[f"early:{one.actor_type}"] = 1.0
    if any(m.event_type == "casualty" for m in cluster.mentions):
        found["casualties"] = 1.0
    return found | _trigger_context(cluster)


def _trigger_context(cluster: Cluster) -> dict[str, float]:
    found = {f"opening:{cluster.opening.event_type}": 1.0}
    actual = [m for m in cluster.mentions if m.realis is Realis.ACTUAL]
    body = [m for m in actual if m.sentence != TITLE and m.event_type in TYPES]
    if body:
        found[f"first_trigger:{min(body, key=lambda m: m.first).event_type}"] = 1.0
    for mention in actual:
        if mention.sentence == TITLE:
            found[f"title:{mention.event_type}"] = 1.0
        if mention.strength >= STRONG:
            found[f"strong:{mention.event_type}"] = 1.0
    return found


def features_of(
    name: str, by_type: Mapping[str, float], context: Mapping[str, float], embedded: Mapping[str, float]
) -> dict[str, float]:
    """Describe one type for a cluster: its own share of votes and place, and everything else told, crossed with it.

    Args:
        name: The type.
        by_type: Votes of the cluster's triggers.
        context: From `context_of`.
        embedded: From `by_embedding`.
    """
    total = sum(by_type.values()) or 1.0
    share = by_type.get(name, 0.0) / total
    found = {f"type={name}": 1.0, "share": share, "embedding": embedded[name], f"embedding|{name}": embedded[name]}
    found |= _own(name, by_type, context)
    found |= {f"share:{other}|{name}": value / total for other, value in by_type.items()}
    found |= {f"{embedded}|{name}": value for embedded, value in context.items()}
    return found


def _own(name: str, by_type: Mapping[str, float], context: Mapping[str, float]) -> dict[str, float]:
    marks: Iterable[str] = ("opening", "first_trigger", "title", "strong")
    found = {f"own:{mark}": 1.0 for mark in marks if f"{mark}:{name}" in context}
    if by_type and by_type.get(name, 0.0) == max(by_type.values()):
        found["own:most"] = 1.0
    if name not in by_type:
        found["own:none"] = 1.0
    return found


def _subtype(event_type: str, votes: Mapping[tuple[str, str], float]) -> str:
    own = {sub: value for (name, sub), value in votes.items() if name == event_type and sub}
    plain = votes.get((event_type, ""), 0.0)
    best = max(sorted(own), key=lambda sub: own[sub], default="")
    return best if best and own[best] * 2 >= plain else ""
