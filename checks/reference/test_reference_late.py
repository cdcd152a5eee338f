"""What must hold for histories that are recorded late or edited in place, on generated ones."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest

from .book import Book
from .histories import AS_OF, as_cells, generate, unlike_versions
from .late_shapes import edits, extensions, shortened
from .lines import Line
from .pen import Pen
from .reading import read
from .renewals import account_renewals
from .restatement import mrr_restatement, reported_retention_monthly
from .retention import kpi_retention_monthly
from .small import ACCOUNT
from .test_reference_properties import assert_bridge_closes

VARIANTS: list[dict[str, Any]] = [
    {},
    {"renewal_grace_days": 5, "close_lag_days": 0},
    {"in_place_edits": "amendment", "reporting_timezone": "America/New_York"},
]


def world(seed: int, accounts: int = 100, **variables: Any) -> Book:
    return Book(read(generate(seed, accounts), AS_OF, variables))


@pytest.mark.parametrize("variables", VARIANTS, ids=str)
def test_reports_and_restatements_add_up_to_the_months(variables: dict[str, Any]) -> None:
    book = world(5, **variables)
    current = {row["month"]: row["mrr_end"] for row in kpi_retention_monthly(book)}
    changes: dict[Any, Decimal] = {}
    for row in mrr_restatement(book):
        changes[row["month"]] = changes.get(row["month"], Decimal(0)) + row["difference"]
    reports = reported_retention_monthly(book)
    assert {row["month"] for row in reports} >= changes.keys()
    for row in reports:
        assert_bridge_closes(row)
        now = current.get(row["month"], Decimal(0))
        assert row["mrr_end"] + changes.get(row["month"], Decimal(0)) == now


def test_generated_histories_have_every_cause() -> None:
    causes = {row["cause"] for seed in (1, 2) for row in mrr_restatement(world(seed))}
    assert causes == {
        "grace_expired", "late_renewal", "withdrawn_notice", "deleted_line",
        "back_dated_amendment", "late_entry",
    }  # fmt: skip


def extended_lines(seed: int) -> list[tuple[Line, bool]]:
    """Return the due lines whose end was moved away, with whether that renewed them."""
    book = world(seed, 150, in_place_edits="amendment")
    return [
        (line, line.following in row.renewing)
        for account_id in book.stories
        for row in account_renewals(book, account_id)
        for line in row.lines
        if line.is_extended
    ]


def test_generated_histories_have_extensions_at_every_time() -> None:
    found = [case for seed in range(1, 6) for case in extended_lines(seed)]
    days = {(line.following.start - line.natural_end).days for line, _ in found}
    assert min(days) < 0
    assert {0, 1, 30} <= days
    for line, is_renewed in found:
        late = (line.following.start - line.natural_end).days
        assert is_renewed == (late <= 30 and line.following.was_ever_in_force)
    assert {is_renewed for _, is_renewed in found} == {True, False}


@pytest.mark.parametrize("seed", range(1, 9))
def test_an_edit_under_amendment_rewrites_no_month(seed: int) -> None:
    # terms alone are edited, and each line is recorded before it starts: only grace runs out
    rng = Random(seed)
    rows = []
    for number in range(12):
        pen = Pen(rng, f"A{number}", AS_OF, 30, 24)
        rng.choice([edits, extensions, shortened])(pen)
        rows += pen.rows
    raw = {
        "accounts": [{**ACCOUNT, "account_id": f"A{number}"} for number in range(12)],
        "contracts": [as_cells(row) for row in unlike_versions(rows)],
        "fx_rates": [{"currency": "EUR", "rate_date": "2020-01-01", "rate": "1.1"},
                     {"currency": "JPY", "rate_date": "2020-01-01", "rate": "0.007"}],
    }  # fmt: skip
    causes = {
        variable: {row["cause"] for row in mrr_restatement(Book(read(raw, AS_OF, variables)))}
        for variable, variables in (
            ("amendment", {"in_place_edits": "amendment"}), ("correction", {}),
        )
    }  # fmt: skip
    assert causes["amendment"] <= {"grace_expired"}
    assert "back_dated_amendment" in causes["correction"]


@pytest.mark.parametrize("variables", VARIANTS, ids=str)
def test_stretches_of_a_line_do_not_overlap(variables: dict[str, Any]) -> None:
    lines = world(6, **variables).lines
    for line in lines:
        if line.following:
            assert line.line_id == line.following.line_id
            assert line.start < line.following.start
            assert line.end <= line.following.start
    is_split = any(line.following for line in lines)
    assert is_split == ("in_place_edits" in variables)
