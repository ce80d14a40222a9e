"""The way of the data, composed: each stage calls one room and hands dataclasses to the next.

Belongs: putting the rooms together, for a live run, a replay and an evaluation. Does not: rules, SQL, HTTP, Prefect
(`flows` wraps these stages in tasks).
"""
