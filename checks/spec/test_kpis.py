"""The KPI catalogue: it names what the KPI marts publish, and spells the formulas of the macros."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest

from pipeline.options import ROOT

CATALOGUE = ROOT / "seeds" / "kpi_catalog.csv"
MACROS = ROOT / "macros" / "kpis"
NUMBERS = ("decimal", "integer", "bigint", "double")
# One row per month of these is one row per month of kpi_values; other KPI marts have more keys.
MONTHLY_GRAIN = ["month"]
BRANCH = re.compile(r"when '(\w+)' then (.+)$", re.MULTILINE)
CAST = re.compile(r"cast\((.+) as decimal\(18, 4\)\)$")


@pytest.fixture(scope="module")
def catalogue() -> dict[str, dict[str, str]]:
    """KPI -> its row; an empty cell is an empty text."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return {row["kpi_id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def monthly_marts(marts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The KPI marts whose rows are months."""
    return {
        mart["name"]: mart
        for mart in marts
        if mart["name"].startswith("kpi_") and mart["config"]["meta"]["grain"] == MONTHLY_GRAIN
    }


def test_the_catalogue_names_every_kpi_of_the_monthly_marts(
    catalogue: dict[str, dict[str, str]], monthly_marts: dict[str, dict[str, Any]]
) -> None:
    published = {
        column["name"]
        for mart in monthly_marts.values()
        for column in mart["columns"].values()
        if column["data_type"].startswith(NUMBERS)
    }
    assert published - set(catalogue) == set()


def test_the_mart_of_a_kpi_has_it(
    catalogue: dict[str, dict[str, str]], marts: list[dict[str, Any]]
) -> None:
    columns = {mart["name"]: set(mart["columns"]) for mart in marts}
    assert [kpi for kpi, row in catalogue.items() if kpi not in columns[row["source_model"]]] == []


def test_every_kpi_has_names_a_sentence_and_an_owner(catalogue: dict[str, dict[str, str]]) -> None:
    for kpi, row in catalogue.items():
        for column in ("name_en", "name_ja", "unit", "better_direction", "department"):
            assert row[column].strip(), f"{kpi}: {column}"
        assert re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", row["name_ja"]), kpi
        assert re.fullmatch(r"[A-Z].*[^.]\.", row["definition"]), kpi
        assert row["definition"].count(". ") == 0, kpi


def test_the_term_of_a_kpi_is_a_docs_block(
    catalogue: dict[str, dict[str, str]], manifest: dict[str, Any]
) -> None:
    blocks = {doc["name"] for doc in manifest["docs"].values()}
    assert {kpi: row["term"] for kpi, row in catalogue.items() if row["term"]} == {
        kpi: row["term"] for kpi, row in catalogue.items() if row["term"] in blocks
    }


def test_what_is_not_additive_says_what_it_is_built_from(
    catalogue: dict[str, dict[str, str]], models: list[dict[str, Any]]
) -> None:
    names = {model["name"] for model in models}
    for kpi, row in catalogue.items():
        sources = [name for name in row["built_from"].split(", ") if name]
        assert (row["is_additive"] == "true") == (not sources), kpi
        assert set(sources) <= names, kpi


def formulas(macro: str) -> dict[str, str]:
    """KPI -> formula in a macro's case, without the relation and the cast."""
    text = (MACROS / f"{macro}.sql").read_text(encoding="utf-8").replace("{{ measures }}.", "")
    return {kpi: CAST.sub(r"\1", formula) for kpi, formula in BRANCH.findall(text)}


@pytest.mark.parametrize("part", ["numerator", "denominator"])
def test_the_catalogue_spells_the_formulas_of_the_macros(
    catalogue: dict[str, dict[str, str]], part: str
) -> None:
    summed, distinct = formulas(f"kpi_{part}"), formulas(f"kpi_distinct_{part}")
    spelt = {kpi: row[f"{part}_formula"] for kpi, row in catalogue.items()}
    spelt = {kpi: formula for kpi, formula in spelt.items() if formula}
    assert summed | distinct == spelt
    assert {kpi for kpi in spelt if catalogue[kpi]["is_additive"] == "true"} == set(summed)


def test_only_a_median_has_no_numerator(catalogue: dict[str, dict[str, str]]) -> None:
    without = {kpi for kpi, row in catalogue.items() if not row["numerator_formula"]}
    assert without == {kpi for kpi in catalogue if kpi.endswith("_median")}
