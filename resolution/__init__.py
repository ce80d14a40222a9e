"""Reports to incidents, pure: origins, candidates, scores, vetoes, assignment, consolidation.

Belongs: deciding what is the same incident and saying why. Does not: I/O of any kind, clocks, SQL, Prefect. (Three
reviewed tables of `seeds/reference` are read from the package once: type families, word rates, weights.)
"""

from resolution.batch import Readings
from resolution.changes import changes
from resolution.consolidate import consolidate, merged_version
from resolution.explain import explain, explain_groups, terms_of
from resolution.resolver import lookup, resolve

__all__ = [
    "Readings",
    "changes",
    "consolidate",
    "explain",
    "explain_groups",
    "lookup",
    "merged_version",
    "resolve",
    "terms_of",
]
