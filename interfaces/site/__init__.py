"""The static site: pages that open from a disk, made by each complete run.

Belongs: what the pages show, their charts and maps, the files they are written to. Does not: SQL, judging, networks.
Data flows one way: `warehouse.pages` reads, the modules here make frozen views of it, templates only print views.
"""
