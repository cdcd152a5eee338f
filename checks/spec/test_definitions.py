"""Where is churn defined? Four doors lead to one room: README, folder, `dbt ls`, docs block."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pytest

from checks.definitions.hand_worked import read_tables
from pipeline.definitions import decisions_by_heading, terms
from pipeline.definitions_page import render, worked_cases
from pipeline.options import ROOT

# The terms that the definition book asks for; a model may define more.
TERMS = {
    *("active", "mrr", "new", "reactivation", "churn", "expansion", "contraction", "pause"),
    *("grace", "fx", "grr", "nrr", "active_user", "login_rate"),
    *("logo_retention", "retention_method", "cohort", "survival", "ltv"),
}
PROJECT = "customer_success_warehouse"
# Subjects whose terms have cases worked out by hand; the terms that have tables of their own.
WORKED_SUBJECTS = ("revenue", "churn", "retention", "renewals")
WORKED_ELSEWHERE = {"method_bridge"}
# Columns that name where a row came from, or a unit of a union, are labels and no definitions.
LABELS = {
    *("source", "column_name", "dimension", "dimension_value", "row_end"),
    *("tool", "metric", "component"),
    *("baseline", "date_set", "segment"),
}
# A value may stand in a cast: `cast('x' as varchar) as kind`.
AS_TYPE = r"(?:\s+as\s+[a-z][a-z ]*(?:\([\d, ]+\))?\s*\))?"
CASE = re.compile(rf"\bcase\b((?:(?!\bcase\b).)*?)\bend{AS_TYPE}\s+as\s+(\w+)", re.DOTALL)
BRANCH = re.compile(r"\b(?:then|else)\s+'([^']*)'")
CONSTANT = re.compile(rf"'([^'{{}}]*)'{AS_TYPE}\s+as\s+(\w+)")


@pytest.fixture(scope="module")
def owners(models: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Term -> the models that say they define it."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for model in models:
        for term in model["config"]["meta"].get("defines", []):
            found[term].append(model)
    return found


def test_every_term_of_the_book_is_defined(owners: dict[str, list[dict[str, Any]]]) -> None:
    assert set(owners) >= TERMS


def test_a_term_is_defined_by_one_model(owners: dict[str, list[dict[str, Any]]]) -> None:
    assert {
        term: [model["name"] for model in models]
        for term, models in owners.items()
        if len(models) != 1
    } == {}


def test_a_term_has_one_docs_block(
    owners: dict[str, list[dict[str, Any]]], manifest: dict[str, Any]
) -> None:
    blocks = [doc["name"] for doc in manifest["docs"].values() if doc["package_name"] == PROJECT]
    assert {term: blocks.count(term) for term in owners if blocks.count(term) != 1} == {}


def test_the_owner_shows_the_block_of_its_term(
    owners: dict[str, list[dict[str, Any]]], manifest: dict[str, Any]
) -> None:
    texts = {doc["name"]: doc["block_contents"] for doc in manifest["docs"].values()}
    assert [
        term
        for term, (model, *_) in owners.items()
        if texts.get(term, "no such block").strip() not in model["description"]
    ] == []


def test_the_owner_names_the_column_of_its_term(owners: dict[str, list[dict[str, Any]]]) -> None:
    wrong = []
    for term, (model, *_) in owners.items():
        column = model["config"]["meta"].get("definition_columns", {}).get(term)
        if column not in model["columns"]:
            wrong.append(f"{term}: {model['name']}.{column}")
    assert wrong == []


def test_the_owner_has_unit_tests(
    owners: dict[str, list[dict[str, Any]]], manifest: dict[str, Any]
) -> None:
    tested = {unit_test["model"] for unit_test in manifest["unit_tests"].values()}
    assert sorted({m["name"] for (m, *_) in owners.values()} - tested) == []


def test_the_terms_table_of_the_readme_names_the_owner(
    owners: dict[str, list[dict[str, Any]]],
) -> None:
    rows = [
        line
        for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    missing = []
    for term, (model, *_) in owners.items():
        words = term.replace("_", " ")
        path = model["original_file_path"]
        if not any(words in row.lower().replace("_", " ") and path in row for row in rows):
            missing.append(f"{term}: {path}")
    assert missing == []


def test_a_term_names_its_decision(owners: dict[str, list[dict[str, Any]]]) -> None:
    """In `config.meta.definition_decisions`, by the heading of DECISIONS.md."""
    known = set(decisions_by_heading((ROOT / "DECISIONS.md").read_text(encoding="utf-8")))
    named = {
        term: model["config"]["meta"].get("definition_decisions", {}).get(term)
        for term, (model, *_) in owners.items()
    }
    unknown = {term: heading for term, heading in named.items() if heading not in known}
    assert unknown == {}


def test_a_term_has_cases_worked_out_by_hand(owners: dict[str, list[dict[str, Any]]]) -> None:
    """In the tables of checks/definitions/cases, under `terms`."""
    worked = {term for table in read_tables() for case in table.cases for term in case.terms}
    wanted = {
        term
        for term, (model, *_) in owners.items()
        if model["original_file_path"].split("/")[2] in WORKED_SUBJECTS
    }
    assert sorted(worked - set(owners)) == []
    assert sorted(wanted - worked - WORKED_ELSEWHERE) == []


def test_every_term_is_on_the_page_of_definitions(
    owners: dict[str, list[dict[str, Any]]], manifest: dict[str, Any]
) -> None:
    page = render(terms(manifest, {}, worked_cases()))
    assert [term for term in owners if f'<article id="{term}">' not in page] == []


def assigned(sql: str) -> set[tuple[str, str]]:
    """The (column, literal) pairs that a model's SQL assigns."""
    pairs = {(column, value) for value, column in CONSTANT.findall(sql)}
    for body, column in CASE.findall(sql):
        pairs |= {(column, value) for value in BRANCH.findall(body)}
    return {(column, value) for column, value in pairs if column not in LABELS}


def test_only_the_owner_assigns_the_values_of_its_column(models: list[dict[str, Any]]) -> None:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for model in models:
        for pair in assigned(model["raw_code"]):
            found[pair].add(model["name"])
    assert {pair: sorted(names) for pair, names in found.items() if len(names) > 1} == {}


def test_an_assignment_is_seen() -> None:
    sql = "case when a then 'new' when b then 'churn' else 'none' end as movement, 'x' as kind"
    sql += ", cast(case when a then 'ok' end as varchar) as state, cast('y' as varchar) as name"
    assert assigned(sql) == {
        ("movement", "new"),
        ("movement", "churn"),
        ("movement", "none"),
        ("kind", "x"),
        ("state", "ok"),
        ("name", "y"),
    }
