"""The delivered parameters of the health score keep their rules, and a planted fault breaks one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from checks.health.seed_rules import RULES, Tables, broken_rules, delivered
from pipeline.options import ROOT

Row = dict[str, Any]
VERSION = "2025.2"


def changed(table: str, **cells: str) -> Callable[[Tables], None]:
    """Change some cells of the first row of the version."""
    return lambda tables: next(
        row for row in tables[table] if row["score_version"] == VERSION
    ).update(cells)


def without(table: str, **cells: str) -> Callable[[Tables], None]:
    """Leave the rows of the version with these cells out."""
    wanted = {"score_version": VERSION, **cells}.items()

    def leave_out(tables: Tables) -> None:
        tables[table] = [row for row in tables[table] if not wanted <= row.items()]

    return leave_out


def with_overrides(*spans: tuple[str, str]) -> Callable[[Tables], None]:
    """Add overrides of one account."""
    words = {"account_id": "A", "band": "at_risk", "reason": "r", "owner": "o"}
    rows = [words | {"valid_from": since, "expires_on": until} for since, until in spans]
    return lambda tables: tables["health_overrides"].extend(rows)


FAULTS: list[tuple[str, Callable[[Tables], None], str]] = [
    ("a band that begins later", changed("health_bands", from_score="1"), RULES[0]),
    ("bands that overlap", changed("health_bands", to_score="60"), RULES[0]),
    ("no highest band", without("health_bands", band="healthy"), RULES[0]),
    ("no band at all", without("health_bands"), RULES[0]),
    ("a phase that begins later", changed("health_tenure_phases", from_days="1"), RULES[1]),
    ("phases that overlap", changed("health_tenure_phases", to_days="100"), RULES[1]),
    ("an open-ended phase in between", changed("health_tenure_phases", to_days=""), RULES[1]),
    ("no last phase", without("health_tenure_phases", tenure_phase="mature"), RULES[1]),
    ("no phase at all", without("health_tenure_phases"), RULES[1]),
    ("no profile for all", without("health_profiles", segment="*", profile="mature"), RULES[2]),
    ("a phase nobody knows", changed("health_profiles", tenure_phase="teenage"), RULES[2]),
    ("no components", without("health_components", profile="mature"), RULES[2]),
    ("a weight of nothing", changed("health_components", weight="0"), RULES[3]),
    ("a floor that is the target", changed("health_components", floor_value="0.5"), RULES[3]),
    ("a profile nobody has", without("health_profiles", profile="mature_smb"), RULES[3]),
    (
        "overrides that overlap",
        with_overrides(("2025-01-01", "2025-02-02"), ("2025-02-01", "2025-03-01")),
        RULES[4],
    ),
    ("an override that ends first", with_overrides(("2025-02-01", "2025-02-01")), RULES[4]),
]


def test_the_delivered_seeds_keep_every_rule() -> None:
    assert broken_rules(delivered()) == set()


@pytest.mark.parametrize(("what", "plant", "rule"), FAULTS, ids=[what for what, *_ in FAULTS])
def test_a_planted_fault_breaks_its_rule(
    what: str, plant: Callable[[Tables], None], rule: str
) -> None:
    tables = delivered()
    plant(tables)
    assert rule in broken_rules(tables), what


def test_overrides_that_touch_are_fine() -> None:
    tables = delivered()
    with_overrides(("2025-01-01", "2025-02-01"), ("2025-02-01", "2025-03-01"))(tables)
    assert broken_rules(tables) == set()


def test_every_component_has_a_name_and_an_input() -> None:
    macro = (ROOT / "macros" / "health" / "health_component_ids.sql").read_text(encoding="utf-8")
    ids = re.findall(r"'(\w+)'", macro)
    tables = delivered()
    assert ids == sorted(ids)
    assert [row["component_id"] for row in tables["health_component_names"]] == ids
    assert {row["component_id"] for row in tables["health_components"]} == set(ids)


def test_a_weight_says_where_it_comes_from() -> None:
    reasons = [row["weight_reason"] for row in delivered()["health_components"]]
    assert [
        reason
        for reason in reasons
        if not re.match(r"Virtualex 2025 \(n = 494\)|Prior of this project", reason)
    ] == []


def test_bands_are_those_of_the_book() -> None:
    bands = {
        (row["band"], float(row["from_score"]), float(row["to_score"]))
        for row in delivered()["health_bands"]
    }
    assert bands == {("at_risk", 0, 50), ("neutral", 50, 75), ("healthy", 75, 100)}


def test_no_component_is_about_contracts() -> None:
    ids = {row["component_id"] for row in delivered()["health_components"]}
    leaks = re.compile(r"renew|notice|churn|contract|term|cancel|mrr|price|plan")
    assert [one for one in ids if leaks.search(one)] == []
