"""Bytes in: HTTP with manners and a guard, feed polling, robots, the page archive.

Belongs: everything that talks to the network, and the schedule that says when. Does not: parsing of what came (that
is `extractors`), SQL, Prefect.
"""
