"""The rules that the seeds of the health score keep, those of the dbt tests, asked of any rows."""

from __future__ import annotations

import csv
import re
from typing import Any

import duckdb

from checks.health.scored import seed_types
from pipeline.options import ROOT

TESTS = ROOT / "tests" / "integrity" / "health"
RULES = (
    "assert_health_bands_follow_each_other",
    "assert_health_phases_follow_each_other",
    "assert_health_profiles_leave_no_account_out",
    "assert_health_components_can_be_scored",
    "assert_health_overrides_do_not_overlap",
)
_REF = re.compile(r"\{\{ ref\('(\w+)'\) \}\}")
Tables = dict[str, list[dict[str, Any]]]


def delivered() -> Tables:
    """Return the rows of the seeds, as texts."""
    tables = {}
    for name in seed_types():
        with (ROOT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            tables[name] = [dict(row) for row in csv.DictReader(file)]
    return tables


def broken_rules(tables: Tables) -> set[str]:
    """Return the names of the rules that rows of the seeds break."""
    with duckdb.connect() as connection:
        for name, types in seed_types().items():
            columns = ", ".join(f'"{column}" {kind}' for column, kind in types.items())
            connection.execute(f"create table {name} ({columns})")
            places = ", ".join("?" * len(types))
            for row in tables[name]:
                cells = [row.get(column) or None for column in types]
                connection.execute(f"insert into {name} values ({places})", cells)
        return {
            rule
            for rule in RULES
            if connection.execute(
                _REF.sub(r"\1", (TESTS / f"{rule}.sql").read_text(encoding="utf-8"))
            ).fetchall()
        }
