"""Every object and column of `pub` says what it is, the contract's columns stand first, and the docs are current."""

from pathlib import Path

import pytest

from warehouse.data_dictionary import ObjectDoc, describe_public_schema, render

DOCS = Path(__file__).parents[3] / "docs" / "reference" / "warehouse.md"

# The contract of the design: these columns, in this order, before any other.
CONTRACT = {
    "article": "article_id external_id url outlet feed_id title author language published_at first_seen_at fetched_at "
    "revision origin_id text_quality run_id",
    "report": "report_id article_id external_id incident_id role event_type event_subtype date_start date_end "
    "date_precision place_name place_id admin1 country_code lat lon place_precision killed_low killed_best killed_high "
    "injured_low injured_best injured_high confidence_0_1 coder_version run_id",
    "claim": "claim_id report_id incident_id measure low high bound victims victims_side speaker speaker_side quote "
    "start_char end_char published_at",
    "actor_mention": "report_id incident_id actor_id name role quote start_char end_char",
    "incident": "incident_id event_type event_subtype date_start date_end date_precision place_name place_id admin1 "
    "country_code lat lon place_precision actors killed_low killed_best killed_high injured_low injured_best "
    "injured_high n_articles n_outlets n_origins status headline first_published_at detected_at updated_at "
    "confidence_0_1",
    "change": "change_id incident_id kind at run_id detail",
}
MACROS = {
    "new_incidents", "changes_after", "incident_asof", "claims_asof", "claims_of", "incidents_near", "trend",
    "trend_asof", "spikes", "search",
}  # fmt: skip


@pytest.fixture(scope="module")
def objects() -> tuple[ObjectDoc, ...]:
    return describe_public_schema()


def test_every_object_and_column_has_a_comment(objects: tuple[ObjectDoc, ...]) -> None:
    bare = [item.name for item in objects if not item.comment.strip()]
    bare += [f"{item.name}.{column.name}" for item in objects for column in item.columns if not column.comment.strip()]
    assert bare == []
    assert all(item.columns for item in objects if item.kind == "view")


def test_the_columns_of_the_contract_stand_first(objects: tuple[ObjectDoc, ...]) -> None:
    views = {item.name: [column.name for column in item.columns] for item in objects if item.kind == "view"}
    for name, columns in CONTRACT.items():
        assert views[name][: len(columns.split())] == columns.split()
    assert {"feed_health", "run", "about"} <= set(views)
    assert {item.name for item in objects if item.kind == "macro"} >= MACROS


def test_the_reference_page_is_current(objects: tuple[ObjectDoc, ...]) -> None:
    assert DOCS.read_text("utf-8") == render(objects), (
        "run: python -m warehouse.data_dictionary docs/reference/warehouse.md"
    )
