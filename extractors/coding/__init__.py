"""From an article to its reports: parse, event mentions, clusters, and for each cluster its fields.

Belongs: everything that reads language. Does not: feeds and pages (`extractors.feed`, `extractors.page`), I/O, clocks.

The way of an article: `parser` makes one `Document`; `signals` and `prefilter` decide cheaply whether it is worth a
parse; `mentions` finds event mentions with their realis; `clusters` groups those that are one incident; `ranking`
makes each cluster a main report, a background report or nothing; `when`, `where`, `who`, `claims` and `types` choose
the fields among the cluster's own arguments; `coder` composes.
"""
