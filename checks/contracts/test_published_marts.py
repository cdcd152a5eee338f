"""What the generator reads in a mart's YAML: tests as promises, versions, classes, faults."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from pipeline.contracts import published_marts
from pipeline.contracts.documents import document_of
from pipeline.contracts.published_marts import Column, Mart
from pipeline.failure import BuildFailure
from pipeline.options import ROOT

PATH = ROOT / "models" / "marts" / "revenue" / "_a__models.yml"
ENTRY: dict[str, Any] = {
    "name": "fct_a",
    "description": "One row per account and month.",
    "config": {"meta": {"grain": ["account_id", "month"]}},
    "data_tests": [
        {"unique_combination": {"arguments": {"column_names": ["account_id", "month", "cause"],
                                              "nullable": ["cause"]}}},
        {"values_in_range": {"arguments": {"column_names": ["mrr"], "min_value": 0}}},
    ],
    "columns": [
        {"name": "account_id", "description": "Account.", "data_type": "varchar",
         "data_tests": [{"relationships": {"arguments": {"to": "ref('dim_account')",
                                                         "field": "account_id"}}}]},
        {"name": "month", "description": "Month.", "data_type": "date"},
        {"name": "cause", "description": "Why.", "data_type": "varchar",
         "data_tests": [{"accepted_values": {"arguments": {"values": ["a", "b"]}}}]},
        {"name": "mrr", "description": "How much.", "data_type": "decimal(18,4)",
         "data_tests": ["not_null"]},
    ],
}  # fmt: skip


def marts_of(entry: dict[str, Any]) -> list[Mart]:
    """The marts that an entry describes, as if it stood in the folder of revenue."""
    return list(published_marts._marts_of("models", PATH, entry))


def columns_of(entry: dict[str, Any]) -> dict[str, Column]:
    """The columns of the only mart of an entry."""
    (mart,) = marts_of(entry)
    return {column.name: column for column in mart.columns}


def test_tests_are_promises() -> None:
    columns = columns_of(ENTRY)
    assert [name for name, column in columns.items() if column.is_required] == [
        *("account_id", "month", "mrr")
    ]
    assert columns["cause"].values == ("a", "b")
    assert (columns["mrr"].minimum, columns["mrr"].maximum) == (0, None)
    assert columns["account_id"].references == ("dim_account.account_id",)


@pytest.mark.parametrize("config", [{"where": "month > '2020-01-01'"}, {"severity": "warn"}])
def test_a_test_that_holds_for_some_rows_or_only_warns_promises_nothing(
    config: dict[str, str],
) -> None:
    entry = deepcopy(ENTRY)
    entry["columns"][3]["data_tests"] = [{"not_null": {"config": config}}]
    assert not columns_of(entry)["mrr"].is_required


def test_the_group_comes_from_the_folder_and_the_class_from_what_a_row_is_about() -> None:
    (mart,) = marts_of(ENTRY)
    assert (mart.group, mart.subject) == ("finance", "revenue")
    assert {column.classification for column in mart.columns} == {"company"}
    whole = deepcopy(ENTRY)
    whole["columns"][0]["name"] = "owner"
    whole["columns"][0]["data_tests"] = []
    whole["data_tests"] = []
    assert columns_of(whole)["owner"].classification == "personal"
    assert columns_of(whole)["mrr"].classification == "none"
    whole["columns"][3]["config"] = {"meta": {"classification": "personal"}}
    assert columns_of(whole)["mrr"].classification == "personal"


def test_each_version_has_a_contract_and_a_former_one_its_last_day() -> None:
    entry = deepcopy(ENTRY) | {
        "latest_version": 2,
        "versions": [
            {"v": 1, "deprecation_date": date(2031, 6, 30)},
            {
                "v": 2,
                "config": {"alias": "fct_a"},
                "data_tests": [],
                "columns": [{"include": "all", "exclude": ["cause"]}],
            },
        ],
    }
    former, latest = marts_of(entry)
    assert (former.name, former.version, former.last_date) == ("fct_a_v1", 1, "2031-06-30")
    assert (latest.name, latest.version, latest.last_date) == ("fct_a", 2, None)
    assert [column.name for column in latest.columns] == ["account_id", "month", "mrr"]
    document = document_of(former)
    assert (document["version"], document["status"]) == ("1.0.0", "deprecated")
    assert document["slaProperties"][-1]["value"] == "2031-06-30"
    assert document_of(latest)["version"] == "2.0.0"


def test_a_deprecated_column_says_until_when_and_what_to_use() -> None:
    entry = deepcopy(ENTRY)
    entry["columns"][2]["config"] = {
        "meta": {"deprecated": {"until": date(2031, 1, 31), "use": "mrr"}}
    }
    (mart,) = marts_of(entry)
    column = document_of(mart)["schema"][0]["properties"][2]
    assert column["deprecated"] is True
    assert column["description"] == "Why. Deprecated: promised until 2031-01-31. Use `mrr`."
    assert column["customProperties"] == [
        {"property": "deprecatedUntil", "value": "2031-01-31"},
        {"property": "useInstead", "value": "mrr"},
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"data_type": None}, "no data_type for cause"),
        ({"description": "{{ doc('no_such') }}"}, "no docs block no_such"),
        ({"config": {"meta": {"classification": "secret"}}}, "fct_a.cause: classification secret"),
        ({"config": {"meta": {"deprecated": {"use": "mrr"}}}}, "`deprecated` needs `until`"),
    ],
    ids=["type", "docs block", "class", "last day"],
)
def test_what_a_contract_lacks_is_named(facts: dict[str, Any], said: str) -> None:
    entry = deepcopy(ENTRY)
    entry["columns"][2] |= facts
    with pytest.raises(BuildFailure, match=said):
        marts_of(entry)


def test_a_test_of_a_column_that_is_not_there_is_named() -> None:
    entry = deepcopy(ENTRY)
    del entry["columns"][3]
    with pytest.raises(BuildFailure, match="fct_a: a test names mrr"):
        marts_of(entry)


def test_a_type_without_a_logical_one_is_named() -> None:
    entry = deepcopy(ENTRY)
    entry["columns"][3]["data_type"] = "hugeint"
    (mart,) = marts_of(entry)
    with pytest.raises(BuildFailure, match=r"fct_a\.mrr: no logical type is known for hugeint"):
        document_of(mart)
