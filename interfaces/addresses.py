"""Where an incident's page is: the one place that knows the names of the site's files from outside of the site."""

from __future__ import annotations

from uuid import UUID, uuid5

_NAMESPACE = UUID("5b0b8b0e-2c63-5d0c-9c34-3f6a5f0d6c1a")  # ours, made once; a change of it would announce all anew


def incident_path(incident_id: str) -> str:
    """Give the page of an incident, from the site's root."""
    return f"incident/{incident_id}.html"


def incident_url(site_url: str, incident_id: str) -> str | None:
    """Give the address of an incident's page; null where the site is not published."""
    return f"{site_url}/{incident_path(incident_id)}" if site_url else None


def urn(*parts: object) -> str:
    """Name a thing for ever, wherever the site is published (RFC 9562, version 5)."""
    return uuid5(_NAMESPACE, "\x1f".join(str(part) for part in parts)).urn
