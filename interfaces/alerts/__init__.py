"""Alerts: rules, the decider, messages, senders. Belongs: whom to tell what, when, how. Does not: SQL, the site.

What is to be told is decided from changes, rules and what was told before (`plan`), kept in the warehouse's outbox, and
sent from there (`deliver`), so that a crash or a receiver that is down tells late or twice under one key, never not.
"""
