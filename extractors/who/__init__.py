"""Who: the actors that an article names, and who of them did what to whom.

Belongs: matching the actor table (`index`), the grammar of roles (`roles`), the choice for a segment (`find`).
Does not: the table itself (`extractors.reference.actors`), speakers of claims (`extractors.claims`).
"""
