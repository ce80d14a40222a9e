"""Sentences and number words: the ground under the coder's rules. Nothing here knows what an incident is."""
