"""Data that people review: feeds, event types, actors, place aliases, lexicons, and the bundled newsroom corpus."""
