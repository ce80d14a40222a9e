"""Archived bodies as a web archive: WARC 1.1 (ISO 28500:2017), written by warcio, read by every replay tool.

A `response` record for each body where it first occurs, a `revisit` record for each later answer with the same bytes.
Bodies are as the archive has them, with their compression undone, so no Content-Encoding stands in the headers; of the
headers there are those that are kept: Content-Type, ETag, Last-Modified, and the Content-Length of what is written.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import BinaryIO
from uuid import NAMESPACE_URL, UUID, uuid5

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]  # ships no types
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]  # ships no types

from acquisition.archive import Archive
from model.errors import SourceError
from model.feed import KeptResponse

VERSION = "WARC/1.1"
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_PHRASES: dict[int, str] = {status.value: status.phrase for status in HTTPStatus}
_NAMESPACE = uuid5(NAMESPACE_URL, "https://deconflict.invalid/fetch")  # record ids are made of our own


@dataclass(frozen=True, slots=True)
class WarcWritten:
    """What a file holds: bodies, answers that repeat one of them, and how many bodies the archive has no more."""

    n_responses: int
    n_revisits: int
    n_missing: int


def write_warc(
    file: BinaryIO, responses: Iterable[KeptResponse], archive: Archive, *, software: str, name: str, now: datetime
) -> WarcWritten:
    """Write answers into one gzipped WARC file, a member for each record.

    Args:
        file: Where to write; the caller sees to it that it is whole.
        responses: The oldest first.
        archive: Has the bodies; one that is gone, for its age or its size, is passed over and counted.
        software: Name and version of the writer, for the file's first record.
        name: The file's own name, for the same.
        now: The moment of writing (aware).

    Returns:
        The counts. The same answers give the same bytes, the first record apart.
    """
    writer = WARCWriter(file, gzip=True, warc_version=VERSION)
    writer.write_record(_about(writer, software, name, now))
    first: dict[str, KeptResponse] = {}
    n_revisits, missing = 0, set()
    for response in responses:
        if response.body_sha256 in first:
            writer.write_record(_revisit(writer, response, first[response.body_sha256]))
            n_revisits += 1
            continue
        try:
            body = archive.get(response.body_sha256)
        except SourceError:
            missing.add(response.body_sha256)
            continue
        writer.write_record(_response(writer, response, body))
        first[response.body_sha256] = response
    return WarcWritten(len(first), n_revisits, len(missing))


def _about(writer: WARCWriter, software: str, name: str, now: datetime) -> object:
    """Make the first record, which tells of the file."""
    fields = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": CONFORMS_TO,
        "description": "bodies with their compression undone, of the headers those that are kept; dates are the runs'",
    }
    record = writer.create_warcinfo_record(name, fields)
    record.rec_headers.replace_header("WARC-Date", _instant(now))
    return record


def _response(writer: WARCWriter, response: KeptResponse, body: bytes) -> object:
    """Make the record of a body."""
    fields = _fields(response) | {"WARC-Payload-Digest": f"sha256:{response.body_sha256}"}
    headers = _headers(response, len(body))
    return writer.create_warc_record(
        response.final_url, "response", io.BytesIO(body), len(body), warc_headers_dict=fields, http_headers=headers
    )


def _revisit(writer: WARCWriter, response: KeptResponse, first: KeptResponse) -> object:
    """Make the record of an answer whose body stands in the file already."""
    return writer.create_revisit_record(
        response.final_url,
        f"sha256:{response.body_sha256}",
        first.final_url,
        _instant(first.fetched_at),
        http_headers=_headers(response, None),
        warc_headers_dict=_fields(response),
    )


def _fields(response: KeptResponse) -> dict[str, str]:
    """Make the fields of both kinds of record; what was asked, where a redirect led on, is a field of our own."""
    fields = {
        "WARC-Record-ID": f"<urn:uuid:{_record_id(response)}>",
        "WARC-Date": _instant(response.fetched_at),
    }
    if response.url != response.final_url:
        fields["Deconflict-Requested-URI"] = response.url
    return fields


def _record_id(response: KeptResponse) -> UUID:
    return uuid5(_NAMESPACE, response.fetch_id)


def _headers(response: KeptResponse, n_bytes: int | None) -> StatusAndHeaders:
    """Make the HTTP head, as far as it is kept."""
    kept = {
        "Content-Type": response.content_type,
        "Content-Length": None if n_bytes is None else str(n_bytes),
        "ETag": response.etag,
        "Last-Modified": response.last_modified,
    }
    words = _PHRASES.get(response.http_status, "")
    fields = [(name, value) for name, value in kept.items() if value is not None]
    return StatusAndHeaders(f"{response.http_status} {words}".strip(), fields, protocol="HTTP/1.1")


def _instant(at: datetime) -> str:
    """Write an instant as WARC 1.1 has it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
