"""What: whether an article tells of an incident that happened, of which type, and how many there are in it.

Belongs: triggers and assertion (`signals`), points (`evidence`), genres that explain them away (`genre`), the verdict
(`gate`, and `learnt` for text in capitals), the cut into incidents (`segment`), the type (`types`).
Does not: when, where, who and how many; the word lists (`extractors.reference`). The rules and what they measure:
docs/explanation/gate.md.
"""
