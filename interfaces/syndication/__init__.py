"""Feeds for others to follow: Atom and JSON Feed. Belongs: what a feed holds and its bytes. Does not: SQL, the site."""
