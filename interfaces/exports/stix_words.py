"""The facts of an incident and of a claim in a sentence, for the fields of STIX that hold prose."""

from __future__ import annotations

from warehouse.export import ExportedClaim
from warehouse.rows import IncidentRow


def description(incident: IncidentRow, type_words: str) -> str:
    """Say what, when, where, how many and on whose word in one paragraph."""
    when = f"between {incident.date_start} and {incident.date_end}"
    if incident.date_start is None:
        when = "on an unknown day"
    elif incident.date_start == incident.date_end:
        when = f"on {incident.date_start}"
    where = ", ".join(part for part in (incident.place_name, incident.admin1, incident.country_code) if part)
    place = f"at {where} (known to the {incident.place_precision})" if where else "at an unknown place"
    killed = _toll("killed", incident.killed_low, incident.killed_best, incident.killed_high)
    injured = _toll("injured", incident.injured_low, incident.injured_best, incident.injured_high)
    sources = f"outlets: {incident.n_outlets}, distinct texts: {incident.n_origins}"
    return f"{type_words} {when} {place}; {killed}; {injured}; {sources}; status {incident.status}."


def claim_words(claim: ExportedClaim) -> str:
    """Say who gives which figure, with the sentence.

    The outlet's own voice is named as such, and an open bound as open.
    """
    speaker = claim.speaker or "the outlet"
    return f"{claim.measure}: {_span(claim.low, claim.high)}, says {speaker} ({claim.speaker_side}): {claim.quote}"


def _toll(measure: str, low: int | None, best: int | None, high: int | None) -> str:
    if low is None and best is None and high is None:
        return f"{measure}: not told"
    shown = f"{measure}: {_span(low, high)}"
    return shown if best is None or low == high else f"{shown}, best {best}"


def _span(low: int | None, high: int | None) -> str:
    """Show bounds in words.

    >>> _span(2, 2), _span(20, None), _span(None, 9), _span(2, 5)
    ('2', 'at least 20', 'at most 9', '2 to 5')
    """
    if high is None:
        return "an unknown number" if low is None else f"at least {low}"
    if low is None:
        return f"at most {high}"
    return str(low) if low == high else f"{low} to {high}"
