"""Give each cluster of mentions its sentences, and its tokens of the sentences that it shares.

A sentence belongs to the clusters of its mentions; one without mentions to
that of the sentence before it in its paragraph, else to the article's first cluster. Where a sentence tells of several,
each token belongs to the mention that is nearest in the parse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.coding.clusters import Group
from extractors.coding.document import TITLE, Document


def sentences_of(
    document: Document, groups: Sequence[Group], items: Mapping[int, int]
) -> list[tuple[tuple[int, ...], dict[int, frozenset[int]]]]:
    """Give each group its sentences, and its tokens of the sentences that it shares with others."""
    by_sentence: dict[int, list[int]] = {}
    for k, group in enumerate(groups):
        for bound in group.members:
            by_sentence.setdefault(bound.mention.sentence, [])
            if k not in by_sentence[bound.mention.sentence]:
                by_sentence[bound.mention.sentence].append(k)
    owners = _inherit(document, by_sentence, groups, items)
    found: list[tuple[tuple[int, ...], dict[int, frozenset[int]]]] = []
    for k in range(len(groups)):
        own = tuple(sorted(s for s, ks in owners.items() if k in ks))
        shared = {s: _tokens(document, s, k, groups) for s in own if len(owners[s]) > 1}
        found.append((own, shared))
    return found


def _inherit(
    document: Document, by_sentence: Mapping[int, list[int]], groups: Sequence[Group], items: Mapping[int, int]
) -> dict[int, list[int]]:
    owners: dict[int, list[int]] = {}
    item_owner = {g.item: k for k, g in reversed(list(enumerate(groups))) if g.item is not None}
    first = next((k for k, g in enumerate(groups) if g.item is None), 0)
    previous: list[int] = []
    paragraph = -1
    for sentence in document.sentences:
        own = by_sentence.get(sentence.index)
        if own is None and sentence.index != TITLE:
            item = items.get(sentence.index)
            if item is not None:
                own = [item_owner[item]] if item in item_owner else []
            elif sentence.paragraph == paragraph and previous:
                own = previous[-1:]
            else:
                own = [first]
        owners[sentence.index] = own or []
        if sentence.index != TITLE:
            previous, paragraph = owners[sentence.index], sentence.paragraph
    return owners


def _tokens(document: Document, sentence: int, k: int, groups: Sequence[Group]) -> frozenset[int]:
    """Give the tokens of a shared sentence that are nearest, in the parse, to a mention of group `k`."""
    heads = [(b.mention.head, n) for n, g in enumerate(groups) for b in g.members if b.mention.sentence == sentence]
    nearest = nearest_heads(document, sentence, heads)
    return frozenset(token for token, owner in nearest.items() if owner == k)


def nearest_heads(document: Document, sentence: int, heads: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Walk out from the heads over the parse, and give each token the owner of the head that reaches it first."""
    owner: dict[int, int] = {}
    queue: list[int] = []
    for head, k in heads:
        if head not in owner:
            owner[head] = k
            queue.append(head)
    for at in queue:
        token = document.tokens[at]
        for near in (*document.children[at], token.head):
            if near not in owner:
                owner[near] = owner[at]
                queue.append(near)
    whole = document.sentence(sentence)
    left = [i for i in range(whole.first, whole.last) if i not in owner]
    owner.update((i, min(heads, key=lambda h: abs(h[0] - i))[1]) for i in left)
    return owner
