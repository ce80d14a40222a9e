"""The one page that writes: open questions side by side, and buttons that put a person's word into the inbox.

Belongs: the page, who may ask for it, the forms. Does not: opening the private file, applying a decision.
"""
