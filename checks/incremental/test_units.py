"""A table that is made anew unit by unit gives for some units what it gives for all of them.

Every model is made by account unless it says otherwise, so every model is asked: its statement, run
on the rows of some accounts (or accounts and dates, or months), must give their rows in the table.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from checks.conftest import CommandResult
from pipeline.options import ROOT

pytestmark = pytest.mark.slow

PERIODS = {
    "observation": "date",
    "month": "month",
    "login_day": "login_date",
    "cohort": "created_month",
}
# Many and few: what looks at its neighbours misses them in both, what looks at all in the latter.
ACCOUNT_SHARES = (2, 7, 30)
PERIOD_SHARES = (2, 300)


@dataclass(frozen=True)
class Unit:
    """What a model is made by, and the column of its period if it has one."""

    made_by: str | None
    told_by: str | None
    period: str | None


def unit_of(node: dict[str, Any]) -> Unit:
    """The unit that a model names, or that of its columns, as `changing_node` reads it."""
    meta = node["config"].get("meta") or {}
    has_account = "account_id" in node["columns"]
    made_by = meta.get("made_by")
    if made_by in ("whole", "always") or (made_by == "account" and not has_account):
        made_by = None
    told_by = meta.get("told_by") or made_by or ("account" if has_account else None)
    return Unit(made_by, told_by, meta.get("period") or PERIODS.get(told_by or ""))


@dataclass(frozen=True)
class Choice:
    """One in `share` units; `by_period` tells whether accounts are chosen, or their periods."""

    share: int
    by_period: bool

    def condition(self, columns: list[str], back: int = 0) -> str:
        """True for a chosen unit, or for what lies `back` days before one."""
        chosen = f"hash({', '.join(columns)}) % {self.share} = 0"
        if not back:
            return chosen
        *others, period = columns
        later = ", ".join([*others, f"cast({period} + {back} as date)"])
        return f"({chosen} or hash({later}) % {self.share} = 0)"


def choices(node: dict[str, Any]) -> Iterator[Choice]:
    """The choices of units that a model has to stand: of its own, and of accounts if it has any."""
    unit = unit_of(node)
    if "account_id" in node["columns"]:
        yield from (Choice(share, False) for share in ACCOUNT_SHARES)
    if unit.made_by != "account":
        yield from (Choice(share, True) for share in PERIOD_SHARES)


def unit_columns(node: dict[str, Any], choice: Choice) -> list[str]:
    """The columns of a model that name its units."""
    account = ["account_id"] if "account_id" in node["columns"] else []
    return [*account, str(unit_of(node).period)] if choice.by_period else account


def test_some_units_are_made_as_all_are(demo_build: CommandResult) -> None:
    manifest = json.loads((demo_build.out / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    made = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        and node["config"]["materialized"] == "table"
        and unit_of(node).made_by
    ]
    with duckdb.connect(str(demo_build.out / "warehouse.duckdb"), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'; set threads = 1")
        faults = [
            f"{node['name']}, {choice}: {count} rows differ"
            for node in made
            for choice in choices(node)
            if (count := _differing(connection, manifest, node, choice, demo_build.out))
        ]
    assert len(made) > 150
    assert faults == []


def _differing(
    connection: duckdb.DuckDBPyConnection,
    manifest: dict[str, Any],
    node: dict[str, Any],
    choice: Choice,
    out: Path,
) -> int:
    """Rows of the chosen units that only one of the two has: the table, or what is made of them."""
    folder = out / "dbt" / "compiled" / manifest["metadata"]["project_name"]
    cut = (folder / node["original_file_path"]).read_text(encoding="utf-8")
    for relation, condition in _read(manifest, node, choice):
        cut = cut.replace(relation, f"(select * from {relation} where {condition})")
    condition = choice.condition(unit_columns(node, choice))
    columns = ", ".join(f'"{name}"' for name in node["columns"])
    found = connection.execute(
        f"""
        with
        made as (select {columns} from ({cut}) where {condition}),
        kept as (select {columns} from {node["relation_name"]} where {condition})
        select
            (select count(*) from (from made except all from kept))
            + (select count(*) from (from kept except all from made))
        """
    ).fetchall()
    return int(found[0][0])


def _read(
    manifest: dict[str, Any], node: dict[str, Any], choice: Choice
) -> Iterator[tuple[str, str]]:
    """What the model reads by units, with the condition on its rows; what it reads whole is not."""
    has_account = "account_id" in node["columns"]
    back = int((node["config"].get("meta") or {}).get("looks_back_days", 0))
    for key in node["depends_on"]["nodes"]:
        parent = manifest["nodes"].get(key)
        if parent is None or ("account_id" in parent["columns"]) != has_account:
            continue
        if not choice.by_period:
            yield parent["relation_name"], choice.condition(["account_id"])
        elif unit_of(parent).told_by == unit_of(node).made_by:
            yield parent["relation_name"], choice.condition(unit_columns(parent, choice), back)


def test_every_unit_is_one_that_the_macros_know() -> None:
    text = (ROOT / "macros" / "duckdb" / "note_nodes.sql").read_text(encoding="utf-8")
    for name, column in PERIODS.items():
        assert f"'{name}': '{column}'" in text
