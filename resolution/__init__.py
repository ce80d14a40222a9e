"""Reports to incidents, pure: origins, candidates, scores, vetoes, assignment, consolidation.

Belongs: deciding what is the same incident and saying why. Does not: I/O of any kind, clocks, SQL, Prefect.
"""
