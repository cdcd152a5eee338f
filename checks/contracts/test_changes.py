"""Changes of contracts, breaking and not, each judged right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.contracts.visits import NEXT, PATH, VISITS, with_column, without_column
from pipeline.contracts.comparing import Change, Verdict, changes
from pipeline.contracts.documents import text_of
from pipeline.contracts.published_marts import Column, Mart
from pipeline.failure import BuildFailure

BREAKING, READ, COMPATIBLE = Verdict.BREAKING, Verdict.READ, Verdict.COMPATIBLE


def found(before: Mart | None, after: Mart | None, announced: str = "") -> list[Change]:
    """The changes from one state of the mart to another."""
    old, new = ({PATH: text_of(mart)} if mart else {} for mart in (before, after))
    return changes(old, new, announced.split())


JUDGED: dict[str, tuple[Mart | None, Verdict, str]] = {
    "a mart is removed": (None, BREAKING, "the mart is gone"),
    "a column is removed": (without_column("mood"), BREAKING, "mood is gone"),
    "a column is renamed": (with_column("mood", name="feeling"), BREAKING, "mood is gone"),
    "a type is narrowed": (
        with_column("hours", type="integer"),
        BREAKING,
        "hours was double precision and is integer now",
    ),
    "a type is widened": (
        with_column("visitor_count", type="bigint"),
        BREAKING,
        "visitor_count was integer and is bigint now",
    ),
    "a column may be null": (
        with_column("hours", is_required=False),
        BREAKING,
        "hours may be null now",
    ),
    "the grain is finer": (
        replace(VISITS, grain=("account_id", "visit_date", "visit_id")),
        BREAKING,
        "one row per account_id, visit_date became one row per account_id, visit_date, visit_id",
    ),
    "the grain is coarser": (
        replace(VISITS, grain=("account_id",)),
        BREAKING,
        "one row per account_id, visit_date became one row per account_id",
    ),
    "a listed value is added": (
        with_column("mood", values=("good", "bad", "mixed")),
        BREAKING,
        "mood may hold mixed too",
    ),
    "any value is allowed": (
        with_column("mood", values=()),
        BREAKING,
        "mood may hold any value now",
    ),
    "a range is wider": (
        with_column("hours", maximum=48),
        BREAKING,
        "hours had maximum 24 and has 48 now",
    ),
    "a range is lifted": (
        with_column("hours", minimum=None),
        BREAKING,
        "hours had minimum 0 and has none now",
    ),
    "values may repeat": (
        with_column("visit_id", is_unique=False),
        BREAKING,
        "visit_id may repeat now",
    ),
    "a reference is dropped": (
        with_column("visitor_count", references=()),
        BREAKING,
        "visitor_count refers to dim_day.visitors: gone",
    ),
    "a column is described anew": (
        with_column("hours", description="How long, the way there included."),
        READ,
        "hours is described anew: does it still mean the same?",
    ),
    "a column is classified anew": (
        with_column("mood", classification="personal"),
        READ,
        "mood was classified none and is personal now",
    ),
    "a column is added": (
        replace(VISITS, columns=(Column("place", "varchar", "Where."), *VISITS.columns)),
        COMPATIBLE,
        "place is new",
    ),
    "a column is never null any more": (
        with_column("mood", is_required=True),
        COMPATIBLE,
        "mood is never null now",
    ),
    "a listed value is dropped": (
        with_column("mood", values=("good",)),
        COMPATIBLE,
        "mood never holds bad any more",
    ),
    "a list grows that was said to grow": (
        with_column("topic", values=("price", "seats")),
        COMPATIBLE,
        "topic may hold seats too",
    ),
    "a range is narrower": (
        with_column("hours", maximum=12),
        COMPATIBLE,
        "hours had maximum 24 and has 12 now",
    ),
    "a column is deprecated": (
        with_column("mood", deprecated={"until": "2031-01-31", "use": "topic"}),
        COMPATIBLE,
        "mood is deprecated now",
    ),
    "another group owns it": (
        replace(VISITS, owner={"name": "Support", "email": "support@example.com"}),
        COMPATIBLE,
        "owner Sales became Support",
    ),
}


@pytest.mark.parametrize("name", JUDGED)
def test_a_change_is_judged_right(name: str) -> None:
    after, verdict, text = JUDGED[name]
    judged = found(VISITS, after)
    assert (verdict, text) in [(change.verdict, change.text) for change in judged]
    assert judged[0].verdict is verdict or verdict is COMPATIBLE
    if verdict is COMPATIBLE:
        assert BREAKING not in [change.verdict for change in judged]


def test_nothing_changed() -> None:
    assert found(VISITS, VISITS) == []


def test_the_order_of_columns_is_no_promise() -> None:
    assert found(VISITS, replace(VISITS, columns=VISITS.columns[::-1])) == []


def test_a_new_mart_breaks_nobody() -> None:
    assert found(None, VISITS) == [Change("fct_visit", COMPATIBLE, "new mart")]


def test_a_type_of_another_kind_is_said_once() -> None:
    texts = [change.text for change in found(VISITS, with_column("mood", type="integer"))]
    assert texts == ["mood was varchar and is integer now"]


def test_a_promise_of_service_that_is_gone_breaks() -> None:
    text = text_of(VISITS)
    start = text.index("  - property: rollback")
    judged = changes({PATH: text}, {PATH: text[:start]})
    assert judged == [Change("fct_visit", BREAKING, "service: rollback is gone")]


def test_a_list_that_was_not_said_to_grow_may_not_grow_by_saying_so_at_once() -> None:
    after = with_column("mood", values=("good", "bad", "mixed"), values_may_grow=True)
    assert found(VISITS, after)[0].verdict is BREAKING


@pytest.mark.parametrize(
    ("after", "announced", "verdict"),
    [
        (NEXT, "fct_visit", Verdict.EXCUSED),
        (NEXT, "", BREAKING),
        (NEXT, "fct_other", BREAKING),
        (replace(NEXT, version=1), "fct_visit", BREAKING),
        (None, "fct_visit", BREAKING),
    ],
    ids=["new version and changelog", "no row", "row of another", "no new version", "removed"],
)
def test_a_breaking_change_needs_a_version_and_a_row(
    after: Mart | None, announced: str, verdict: Verdict
) -> None:
    assert found(VISITS, after, announced)[0].verdict is verdict


def test_a_mart_may_go_when_it_was_deprecated_before() -> None:
    former = replace(VISITS, last_date="2031-01-31")
    assert found(former, None, "fct_visit")[0].verdict is Verdict.EXCUSED
    assert found(former, None)[0].verdict is BREAKING


RAW_PATH = "contracts/raw/visits.odcs.yaml"
RAW = """
apiVersion: v3.1.0
kind: DataContract
id: raw-visits
name: visits
version: 1.0.0
status: active
schema:
  - name: visits
    logicalType: object
    properties:
      - name: visit_id
        logicalType: string
        physicalType: varchar
        required: true
      - name: mood
        logicalType: string
        physicalType: varchar
        quality:
          - id: mood_listed
            metric: invalidValues
            arguments:
              validValues: [good, bad]
            mustBe: 0
            severity: warning
"""
MORE = """      - name: place
        logicalType: string
        physicalType: varchar
"""


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        (RAW + MORE, COMPATIBLE),
        (RAW + MORE + "        required: true\n", BREAKING),
        (RAW.replace("- name: mood", "- name: feeling"), BREAKING),
        (RAW.replace("[good, bad]", "[good, bad, mixed]"), COMPATIBLE),
        (RAW.replace("[good, bad]", "[good]"), BREAKING),
        (RAW.replace("        required: true\n", ""), COMPATIBLE),
    ],
    ids=["optional", "required", "renamed", "value more", "value less", "optional now"],
)
def test_of_raw_files_what_loaded_yesterday_loads_today(after: str, verdict: Verdict) -> None:
    assert changes({RAW_PATH: RAW}, {RAW_PATH: after})[0].verdict is verdict


@pytest.mark.parametrize(("text", "said"), [("a: [", "line 2"), ("a: b", "no schema")])
def test_a_file_that_is_no_contract_is_named(text: str, said: str) -> None:
    with pytest.raises(BuildFailure, match=rf"{PATH}.*{said}"):
        changes({PATH: text}, {})
