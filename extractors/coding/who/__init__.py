"""Who: the actors that an article names, and who of them did what to whom.

Belongs: matching the actor table (`index`), the actors and role nouns of a document (`find`), the arguments of event
mentions by the parse (`arguments`), the choice for a cluster (`choose`). Does not: the table itself
(`extractors.reference.actors`), speakers of claims (`extractors.coding.claims`).
"""

from extractors.coding.who.choose import choose_actors
from extractors.coding.who.find import FoundActor, find_actors
from extractors.coding.who.index import ActorIndex

__all__ = ["ActorIndex", "FoundActor", "choose_actors", "find_actors"]
