"""Every raw column says whose data it is, and as what a personal one may be published."""

from __future__ import annotations

import pytest

from pipeline.contracts.published_marts import CLASSES
from pipeline.privacy.keys import key_columns, sources_keyed_by_persons
from pipeline.raw_contracts import RawColumn, load_contracts

COLUMNS = [
    pytest.param(column, id=f"{contract.source}.{column.name}")
    for contract in load_contracts().values()
    for column in contract.columns
]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_raw_column_has_a_class(column: RawColumn) -> None:
    assert column.classification in CLASSES
    assert column.published_as in (None, "key", "colleague")
    assert column.published_as is None or column.classification == "personal"


@pytest.mark.parametrize("column", COLUMNS)
def test_keys_of_users_are_personal_and_published_as_keys(column: RawColumn) -> None:
    assert (column.published_as == "key") == bool(key_columns([column.name]))


def test_addresses_and_own_words_are_never_published() -> None:
    private = {
        f"{contract.source}.{column.name}"
        for contract in load_contracts().values()
        for column in contract.columns
        if column.is_private
    }
    assert private == {"users.email", "surveys.comment", "touchpoints.summary"}


def test_sources_whose_row_key_names_a_person_are_known() -> None:
    assert sources_keyed_by_persons() == ["feature_usage", "users"]
