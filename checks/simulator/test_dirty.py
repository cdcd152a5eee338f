"""Dirt: every reason is planted where the truth says, and the clean rows stay what they were."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulator.dirty_kinds import KEYS
from simulator.schemas import SCHEMAS

REASONS = {
    "missing_key",
    "missing_required",
    "bad_type",
    "bad_value",
    "orphan_account",
    "orphan_user",
    "future_event",
    "negative_amount",
    "invalid_quantity",
    "invalid_discount",
    "end_before_start",
    "open_ended_term",
    "no_fx_rate",
    "response_before_created",
    "solved_before_created",
    "score_out_of_range",
    "malformed_line",
}


@pytest.fixture(scope="module")
def clean(small_folder: Callable[..., Path]) -> Path:
    return small_folder()


@pytest.fixture(scope="module")
def dirty(small_folder: Callable[..., Path]) -> Path:
    return small_folder("--dirty", 0.04)


@pytest.fixture(scope="module")
def truth(dirty: Path) -> list[dict[str, str]]:
    with (dirty / "_truth" / "dirty.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def records(path: Path) -> Iterator[list[str]]:
    """Records of a file without header and blank lines; the open quote at its end is one."""
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    last = max(at for at, line in enumerate(lines) if line.startswith('"never closed'))
    for record in csv.reader(lines[1:last]):
        if record:
            yield record
    yield [lines[last]]


def test_every_reason_is_planted(truth: list[dict[str, str]]) -> None:
    planted = {reason for row in truth for reason in row["reasons"].split(",") if reason}
    assert planted == REASONS
    assert {row["outcome"] for row in truth} == {
        "quarantined",
        "duplicate",
        "superseded",
        "restyled",
    }


def test_no_truth_about_dirt_without_dirt(clean: Path) -> None:
    assert not (clean / "_truth" / "dirty.csv").exists()


@pytest.mark.parametrize("source", SCHEMAS)
def test_each_row_stands_where_the_truth_says(
    source: str, dirty: Path, truth: list[dict[str, str]]
) -> None:
    rows = list(records(dirty / f"{source}.csv"))
    names = SCHEMAS[source].names
    places = [names.index(key) for key in KEYS[source]]
    told = [row for row in truth if row["source"] == source]
    assert {row["file"] for row in told} == {f"{source}.csv"}
    assert len({row["reasons"] for row in told}) > 3
    for row in told:
        cells = rows[int(row["row_number"]) - 1]
        if row["reasons"] == "malformed_line":
            assert len(cells) != len(names) or cells[0] == "strayquote"
        elif row["outcome"] != "restyled":
            assert "|".join(cells[place] for place in places) == row["row_key"]


@pytest.mark.parametrize("source", sorted(set(SCHEMAS) - {"logins"}))
def test_clean_rows_stay_the_same_and_in_order(
    source: str, clean: Path, dirty: Path, truth: list[dict[str, str]]
) -> None:
    outcomes = {int(row["row_number"]): row["outcome"] for row in truth if row["source"] == source}
    with (clean / f"{source}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))[1:]
    kept = [
        (record, outcomes.get(number))
        for number, record in enumerate(records(dirty / f"{source}.csv"), start=1)
        if outcomes.get(number) in (None, "restyled")
    ]
    assert len(kept) == len(expected)
    for (record, outcome), row in zip(kept, expected, strict=True):
        assert outcome == "restyled" or record == row


def test_parquet_is_left_alone_and_dirt_stands_beside_it(clean: Path, dirty: Path) -> None:
    assert (clean / "logins.parquet").read_bytes() == (dirty / "logins.parquet").read_bytes()
    assert not (clean / "logins.csv").exists()


def test_files_carry_the_marks_of_real_exports(dirty: Path) -> None:
    accounts = (dirty / "accounts.csv").read_bytes()
    assert accounts.startswith(b"\xef\xbb\xbf")
    assert accounts.count(b"\r\n") > 50
    assert accounts.endswith(b"\r\n  \r\n")
    assert "株式会社".encode() in accounts


def test_events_to_come_are_too_far_away_to_pass_for_the_as_of_day(
    truth: list[dict[str, str]], dirty: Path
) -> None:
    days = set()
    for source, column in (("tickets", "created_at"), ("contracts", "updated_at")):
        rows = list(records(dirty / f"{source}.csv"))
        place = SCHEMAS[source].names.index(column)
        for row in truth:
            if row["source"] == source and row["reasons"] == "future_event":
                days.add(rows[int(row["row_number"]) - 1][place])
    assert min(days) > "2026-12-31"
