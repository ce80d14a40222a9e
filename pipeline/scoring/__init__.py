"""Score what was coded and resolved against labelled corpora: pure arithmetic over labels and predictions.

Belongs: the definitions of all figures of accuracy. `articles` judges each article by its best report, `incidents`
judges every (article, incident) pair and the list of incidents. Does not: coding, resolving, reading of warehouses.
"""

from pipeline.scoring.articles import score
from pipeline.scoring.clusters import b_cubed, pairwise
from pipeline.scoring.distance import distance_km
from pipeline.scoring.explained import fields_of
from pipeline.scoring.figures import Figure, Scores, WrongCase
from pipeline.scoring.incidents import score_incidents

__all__ = [
    "Figure",
    "Scores",
    "WrongCase",
    "b_cubed",
    "distance_km",
    "fields_of",
    "pairwise",
    "score",
    "score_incidents",
]
