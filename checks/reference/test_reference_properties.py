"""What must hold for every history, on generated ones."""

from __future__ import annotations

import itertools
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from .all_marts import KEYS, marts
from .book import DAY, Book, coverage_spans
from .compare import compare
from .histories import AS_OF, generate, histories
from .reading import Raw, quality_row_accounting, read

SIGNS = {
    "new": 1, "reactivation": 1, "expansion": 1, "resume": 1, "fx": 1,
    "churn": -1, "contraction": -1, "pause": -1,
}  # fmt: skip
VARIANTS: list[dict[str, Any]] = [
    {},
    {"renewal_grace_days": 0},
    {"renewal_grace_days": 5, "max_pause_days": 20},
    {"reporting_timezone": "America/New_York", "reporting_currency": "EUR"},
    {"in_place_edits": "amendment", "reporting_timezone": "Asia/Tokyo"},
]
CHECKED = ["fct_mrr_monthly", "fct_mrr_event", "kpi_retention_monthly", "quality_row_accounting"]
FEW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def figures() -> dict[str, list[dict[str, Any]]]:
    return marts(generate(3, 80), AS_OF)


def test_keys_are_unique(figures: dict[str, list[dict[str, Any]]]) -> None:
    for name, rows in figures.items():
        assert compare(name, rows, rows, KEYS[name]) == []


def assert_bridge_closes(row: dict[str, Any]) -> None:
    change = sum(sign * row[f"{name}_mrr"] for name, sign in SIGNS.items())
    assert row["mrr_end"] == row["mrr_start"] + change
    assert all(row[f"{name}_mrr"] >= 0 for name in SIGNS if name != "fx")


def assert_consistent(raw: Raw, variables: dict[str, Any]) -> None:
    """Bridges close, events add up to them, rates keep their order, every row has one end."""
    found = marts(raw, AS_OF, variables, CHECKED)
    events: dict[tuple[Any, Any], Decimal] = {}
    for event in found["fct_mrr_event"]:
        key = event["account_id"], event["event_date"].replace(day=1)
        events[key] = events.get(key, Decimal(0)) + event["amount"]
    for row in found["fct_mrr_monthly"]:
        assert_bridge_closes(row)
        change = row["mrr_end"] - row["mrr_start"]
        assert events.pop((row["account_id"], row["month"]), Decimal(0)) == change
    assert events == {}
    for before, row in zip(
        [None, *found["kpi_retention_monthly"]], found["kpi_retention_monthly"], strict=False
    ):
        assert_bridge_closes(row)
        assert before is None or before["mrr_end"] == row["mrr_start"]
        turned = row["new_logos"] + row["reactivated_logos"] - row["churned_logos"]
        assert row["logos_end"] == row["logos_start"] + turned
        if row["grr_12m"] is not None:
            assert row["grr_12m"] <= 1
            assert row["grr_12m"] <= row["nrr_12m"]
    for row in found["quality_row_accounting"]:
        ends = ("staged_rows", "superseded_rows", "duplicate_rows", "quarantined_rows")
        assert row["raw_rows"] == sum(row[end] for end in ends)


@pytest.mark.parametrize("variables", VARIANTS, ids=str)
def test_figures_agree_with_each_other(variables: dict[str, Any]) -> None:
    assert_consistent(generate(7, 60), variables)


@FEW
@given(raw=histories(with_ties=True))
def test_figures_of_drawn_histories_agree(raw: Raw) -> None:
    assert_consistent(raw, {})


def test_spans_are_the_days_one_finds_by_looking_at_each() -> None:
    book = Book(read(generate(11, 60), AS_OF))
    for story in book.stories.values():
        spans = coverage_spans(story.lines, None)
        first = min((line.start for line in story.lines), default=AS_OF)
        for offset in range((AS_OF - first).days + 120):
            day = first + timedelta(days=offset)
            is_covered = any(line.is_in_force(day) for line in story.lines)
            assert any(span.first <= day < span.end for span in spans) == is_covered
        # two spans never touch
        assert all(one.end + DAY <= two.first for one, two in itertools.pairwise(spans))


def test_the_order_of_rows_does_not_matter() -> None:
    raw = generate(13, 40, with_ties=False)
    shuffled = {source: Random(1).sample(rows, len(rows)) for source, rows in raw.items()}
    one, two = marts(raw, AS_OF), marts(shuffled, AS_OF)
    for name, rows in one.items():
        if not name.startswith("quality_quarantine"):
            assert compare(name, rows, two[name], KEYS[name]) == []


def test_row_accounting_covers_all_sources() -> None:
    assert len(quality_row_accounting(read(generate(1, 5), AS_OF))) == 16


def test_compare_shows_the_first_differing_cells() -> None:
    expected = [{"id": 1, "amount": Decimal("1.0000"), "rate": 0.1}, {"id": 2, "amount": None}]
    actual = [
        {"id": 1, "amount": Decimal("1.0001"), "rate": 0.1 + 1e-12},
        {"id": 3, "amount": None},
    ]
    assert compare("mart", expected, actual, ["id"]) == [
        "mart: row (2,) is missing",
        "mart: row (3,) should not be there",
        "mart {'id': 1} amount: expected Decimal('1.0000'), is Decimal('1.0001')",
    ]
