"""Which fields of an explanation tell how a report came to be right or wrong in a figure."""

from __future__ import annotations

from extractors.explain import Field

_CLUSTER = (Field.TYPE, Field.DATE, Field.PLACE, Field.ACTORS, Field.KILLED)
_FIELDS = {  # the measures of `WrongCase`
    "cluster": _CLUSTER,
    "list": _CLUSTER,
    "detected": (Field.GATE,),
    "false_alarm": (Field.GATE, Field.TYPE),
    "report_precision": (Field.GATE, Field.TYPE),
    "report_recall": (Field.GATE, Field.TYPE),
    "type": (Field.TYPE, Field.ACTORS),
    "date": (Field.DATE,),
    "date_exact": (Field.DATE,),
    "date_within_1": (Field.DATE,),
    "place": (Field.PLACE,),
    "place_25km": (Field.PLACE,),
    "place_161km": (Field.PLACE,),
    "killed": (Field.KILLED, Field.CLAIMS),
    "killed_exact": (Field.KILLED, Field.CLAIMS),
    "injured": (Field.INJURED, Field.CLAIMS),
    "injured_exact": (Field.INJURED, Field.CLAIMS),
    "claim": (Field.CLAIMS,),
    "speaker": (Field.CLAIMS,),
    "claims_f1": (Field.CLAIMS,),
    "initiator": (Field.ACTORS,),
    "target": (Field.ACTORS,),
}


def fields_of(measure: str) -> tuple[Field, ...]:
    """Name the fields of an explanation that tell how a report came to be right or wrong in `measure`.

    Raises:
        KeyError: no wrong case has this measure.
    """
    return _FIELDS[measure]
