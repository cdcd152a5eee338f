"""The page of definitions: all terms are on it, it says what the project says, and stands alone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.definitions import Term, decisions_by_heading, terms
from pipeline.definitions_page import render, worked_cases

DECISIONS = """# Decisions

Before any heading.

## Late is not lost

Chosen: a gap is bridged.
Refused: `churn` at once.

## Another one

Chosen: nothing.
"""
REQUEST = re.compile(r"""(?:src|href)\s*=\s*["'](?!#)([^"']+)|url\(|@import|fetch\(""")


def a_test(name: str, kind: str | None, **more: Any) -> dict[str, Any]:
    """A data test of the manifest; without a kind one that is written in SQL of its own."""
    metadata = {"name": kind, "kwargs": more} if kind else {}
    return {
        "resource_type": "test",
        "name": name,
        "description": "",
        "test_metadata": metadata,
        "attached_node": "model.p.int_spans" if kind else None,
        "depends_on": {"nodes": ["model.p.int_spans"]},
    }


@pytest.fixture
def manifest() -> dict[str, Any]:
    """A project with one model that owns two terms."""
    model = {
        "resource_type": "model",
        "name": "int_spans",
        "unique_id": "model.p.int_spans",
        "original_file_path": "models/intermediate/revenue/int_spans.sql",
        "raw_code": "select 1 as span_end where 1 < 2",
        "columns": {"span_end": {"description": "First day **not** covered."}},
        "config": {
            "meta": {
                "grain": ["account_id", "covered_from"],
                "defines": ["grace", "active"],
                "definition_columns": {"grace": "span_end", "active": "span_end"},
                "definition_decisions": {"grace": "Late is not lost", "active": "Not there yet"},
            }
        },
    }
    tests = [
        a_test("not_null", "not_null_columns", column_names=["account_id", "span_end"]),
        a_test("range", "values_in_range", column_names=["days"], min_value=0),
        a_test("status", "accepted_values", column_name="status", values=["open", "over"]),
        a_test("of_account", "relationships", column_name="account_id", field="account_id",
               to='ref("dim_account")'),
        a_test("assert_spans_do_not_overlap", None),
    ]  # fmt: skip
    names = ["grace_of_30_days_bridges", "a_paused_line_is_active", "rows_are_ordered"]
    blocks = {
        "active": "**Active**: in force.",
        "grace": "**Grace**: <b>late</b>.\n\n|a|\n|-|\n|x|",
    }
    return {
        "nodes": {"model.p.int_spans": model, **{test["name"]: test for test in tests}},
        "unit_tests": {name: {"name": name, "model": "int_spans"} for name in names},
        "docs": {
            name: {"name": name, "original_file_path": "docs.md", "block_contents": text}
            for name, text in blocks.items()
        },
    }


@pytest.fixture
def found(manifest: dict[str, Any]) -> list[Term]:
    """Its terms."""
    return terms(manifest, decisions_by_heading(DECISIONS), {})


def test_terms_stand_in_the_order_of_their_docs_blocks(found: list[Term]) -> None:
    assert [(term.name, term.title, term.subject) for term in found] == [
        ("active", "Active", "revenue"),
        ("grace", "Grace", "revenue"),
    ]


def test_a_term_shows_its_own_unit_tests_first(found: list[Term]) -> None:
    grace = found[1]
    assert grace.unit_tests == ("Grace of 30 days bridges",)
    assert grace.other_unit_tests == ("A paused line is active", "Rows are ordered")


def test_data_tests_are_said_in_words(found: list[Term]) -> None:
    assert found[0].data_tests == (
        "Never null: `account_id`, `span_end`",
        "`account_id` is a `account_id` of `dim_account`",
        "At least 0: `days`",
        "`status` is one of `open`, `over`",
    )
    assert found[0].integrity_tests == ("Assert spans do not overlap",)


def test_a_decision_is_shown_with_its_text_or_by_its_heading(found: list[Term]) -> None:
    assert found[1].decision_text == "Chosen: a gap is bridged.\nRefused: `churn` at once."
    assert (found[0].decision, found[0].decision_text) == ("Not there yet", "")
    page = render(found)
    assert "Not there yet" in page
    assert "<code>churn</code> at once" in page


def test_texts_are_markdown_and_never_html(found: list[Term]) -> None:
    page = render(found)
    assert "&lt;b&gt;late&lt;/b&gt;" in page
    assert "<td>x</td>" in page
    assert "First day <strong>not</strong> covered." in page
    assert "where 1 &lt; 2" in page


def test_the_page_asks_for_nothing_outside_its_folder(found: list[Term]) -> None:
    links = {match[1] for match in REQUEST.finditer(render(found))}
    assert {link.partition("#")[0] for link in links if link} == {"index.html"}
    assert None not in links


def test_a_term_without_anything_is_on_the_page_too(manifest: dict[str, Any]) -> None:
    meta = manifest["nodes"]["model.p.int_spans"]["config"]["meta"]
    for name in ("definition_columns", "definition_decisions", "grain"):
        del meta[name]
    manifest["docs"], manifest["unit_tests"] = {}, {}
    page = render(terms(manifest, {}, {}))
    assert '<article id="active">' in page
    assert '<article id="grace">' in page


def test_the_hand_worked_cases_are_there() -> None:
    cases = worked_cases()
    assert {"active", "mrr", "churn_event", "renewal", "survival"} <= set(cases)
    case = cases["grace"][0]
    assert case.given[0].startswith("As of ")
    assert case.expected
