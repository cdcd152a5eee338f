"""The seeds of the timeline and of the survey: each event has a sentence, each figure a source."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from itertools import permutations
from typing import Any

import pytest

from pipeline.options import ROOT

PROJECT = "model.customer_success_warehouse"
MOST_SOURCES = 2
BOTH_WAYS = {"seats", "price", "discount", "interval", "fx"}
# Percent, companies behind it, percent it is set against: as the survey was published.
PUBLISHED = {
    "logins": ("51.8", "494", ""),
    "active_users": ("48.8", "494", ""),
    "messages_delivered": ("31.6", "494", ""),
    "data_registered": ("30.8", "494", ""),
    "upsell": ("29.8", "494", ""),
    "contact_history": ("47.6", "345", "27.5"),
    "contact_status": ("47.2", "", ""),
    "deal_status": ("39.7", "", ""),
    "request_improvements": ("38.7", "", ""),
    "inquiries": ("38.5", "", ""),
    "customer_relations": ("38.1", "", ""),
    "outside_opinions": ("12.1", "", ""),
}


def rows_of(seed: str) -> list[dict[str, str]]:
    """The rows of a seed, cells as text."""
    with (ROOT / "seeds" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def titles() -> dict[str, dict[str, str]]:
    """Sentence -> its row."""
    return {row["title_id"]: row for row in rows_of("timeline_events")}


def accepted(manifest: dict[str, Any], model: str, column: str) -> set[str]:
    """The values that a column may have, by its test."""
    for node in manifest["nodes"].values():
        metadata = node.get("test_metadata") or {}
        place = node.get("attached_node"), node.get("column_name")
        if metadata.get("name") == "accepted_values" and place == (f"{PROJECT}.{model}", column):
            return set(metadata["kwargs"]["values"])
    raise AssertionError(f"{model}.{column} has no accepted values")


def test_a_sentence_is_named_by_its_kind_and_variant(titles: dict[str, dict[str, str]]) -> None:
    for name, row in titles.items():
        assert name == ".".join(part for part in (row["kind"], row["variant"]) if part)


def test_every_value_that_makes_a_sentence_has_one(
    titles: dict[str, dict[str, str]], manifest: dict[str, Any]
) -> None:
    causes = accepted(manifest, "fct_mrr_event", "cause")
    wanted = {f"mrr_{cause}" for cause in causes - BOTH_WAYS}
    wanted |= {f"mrr_{cause}.{way}" for cause in causes & BOTH_WAYS for way in ("up", "down")}
    for kind in ("ticket_created", "ticket_solved"):
        wanted |= {f"{kind}.{value}" for value in accepted(manifest, "fct_ticket", "priority")}
    types = accepted(manifest, "fct_churn_event", "churn_type")
    wanted |= {f"customer_left.{value}" for value in types}
    outcomes = accepted(manifest, "fct_renewal", "outcome") - {"open", "churned"}
    wanted |= {f"contract_renewed.{value}" for value in outcomes}
    bands = accepted(manifest, "int_account_health", "health_band")
    wanted |= {f"health_band.{a}_to_{b}" for a, b in permutations(bands, 2)}
    assert wanted - set(titles) == set()


def test_both_languages_name_the_same_things(titles: dict[str, dict[str, str]]) -> None:
    for name, row in titles.items():
        places = [sorted(re.findall(r"{(\w+)}", row[title])) for title in ("title_en", "title_ja")]
        assert places[0] == places[1], name
        assert set(places[0]) <= {"amount", "subject"}, name
        assert re.search(r"[ぁ-んァ-ン一-龯]", row["title_ja"]), name


def test_the_figures_are_the_published_ones() -> None:
    rows = rows_of("survey_practices")
    names = ("share_percent", "sample_size", "baseline_percent")
    assert {row["practice_id"]: tuple(row[name] for name in names) for row in rows} == PUBLISHED
    assert {(row["survey_year"], row["survey_source"]) for row in rows} == {
        ("2025", "Virtualex 2025")
    }


def test_a_practice_is_read_from_one_or_two_sources_or_says_why_it_is_not() -> None:
    sources: dict[str, set[str]] = defaultdict(set)
    for row in rows_of("practice_evidence"):
        sources[row["practice_id"]].add(row["source"])
    assert max(map(len, sources.values())) <= MOST_SOURCES
    for row in rows_of("survey_practices"):
        assert (row["practice_id"] in sources) != bool(row["unreadable_reason"])


def test_evidence_is_an_event_of_the_timeline_or_found_beside_it(
    titles: dict[str, dict[str, str]], manifest: dict[str, Any]
) -> None:
    model = manifest["nodes"][f"{PROJECT}.int_account_evidence"]
    beside = set(re.findall(r"'(\w+)' as evidence", model["raw_code"]))
    known = beside | set(titles) | {row["kind"] for row in titles.values()}
    assert {row["evidence"] for row in rows_of("practice_evidence")} <= known


def test_the_mart_that_shows_the_evidence_is_published(marts: list[dict[str, Any]]) -> None:
    names = {mart["name"] for mart in marts}
    assert {row["mart"] for row in rows_of("practice_evidence")} <= names
