"""The raw contracts: which sources and columns the raw layer knows.

`contracts/raw/<source>.odcs.yaml` (ODCS v3.1) is the only list of raw columns. Everything else that
needs one (dbt source files, the macro `raw_columns`, landing, preflight) reads it through here.

Classifications used in the contracts: `personal` (names a person, points at one, or is what one
wrote), `company` (tells of one customer) and `none`. A personal column is never published, unless
its `publishedAs` says how: as a `key` of a person, or as a `colleague`; see docs/privacy.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

# Sources of events, whose files an incremental build reads once; see docs/incremental.md.
READ_ONCE = ("logins",)

CONTRACTS_DIR = Path(__file__).resolve().parent.parent / "contracts" / "raw"

_TYPE_OF_LOGICAL_TYPE = {
    "string": "text",
    "integer": "integer",
    "date": "date",
    "timestamp": "timestamp",
    "boolean": "boolean",
}


@dataclass(frozen=True)
class RawColumn:
    """One column of a raw source.

    `type` is text, integer, decimal(p,s), date, timestamp or boolean. `is_required` is true for key
    columns too. `accepted_values` is empty where any value is allowed. `published_as` is set for
    the personal columns that may be published.
    """

    name: str
    type: str
    description: str
    classification: str
    is_required: bool
    is_key: bool
    accepted_values: tuple[str, ...]
    published_as: str | None = None

    @property
    def is_private(self) -> bool:
        """Whether its values stay in the raw and staging layers."""
        return self.classification == "personal" and self.published_as is None


@dataclass(frozen=True)
class RawContract:
    """One raw source; `columns` in contract order, `event_time_column` None where there is none."""

    source: str
    path: Path
    description: str
    grain: str
    is_required: bool
    event_time_column: str | None
    columns: tuple[RawColumn, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in contract order."""
        return tuple(column.name for column in self.columns)

    @property
    def person_keys(self) -> tuple[str, ...]:
        """Columns that hold the key of a person who signs in."""
        return tuple(column.name for column in self.columns if column.published_as == "key")


def _column_type(property_: dict[str, Any]) -> str:
    """Type of a column in the words of the raw layer; KeyError for a logical type it lacks."""
    if property_["logicalType"] == "number":
        return str(property_["physicalType"])
    return _TYPE_OF_LOGICAL_TYPE[property_["logicalType"]]


def _accepted_values(property_: dict[str, Any]) -> tuple[str, ...]:
    """Listed values of a column's `invalidValues` rule, empty without one."""
    for rule in property_.get("quality", []):
        if rule.get("metric") == "invalidValues":
            return tuple(str(value) for value in rule["arguments"]["validValues"])
    return ()


def _column(property_: dict[str, Any]) -> RawColumn:
    """Column of one ODCS property."""
    custom = {entry["property"]: entry["value"] for entry in property_.get("customProperties", [])}
    return RawColumn(
        name=property_["name"],
        type=_column_type(property_),
        description=property_["description"],
        classification=property_["classification"],
        is_required=property_.get("required", False),
        is_key=property_.get("primaryKey", False),
        accepted_values=_accepted_values(property_),
        published_as=custom.get("publishedAs"),
    )


def read_contract(path: Path) -> RawContract:
    """Read one contract file; KeyError when a part that the raw layer needs is absent."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    custom = {entry["property"]: entry["value"] for entry in document.get("customProperties", [])}
    schema = document["schema"][0]
    return RawContract(
        source=schema["name"],
        path=path,
        description=schema["description"],
        grain=schema["dataGranularityDescription"],
        is_required=custom["isRequiredSource"],
        event_time_column=custom.get("eventTimeColumn"),
        columns=tuple(_column(property_) for property_ in schema["properties"]),
    )


@cache
def load_contracts() -> dict[str, RawContract]:
    """All raw contracts by source, required sources first, each group in the order of its names."""
    contracts = [read_contract(path) for path in CONTRACTS_DIR.glob("*.odcs.yaml")]
    contracts.sort(key=lambda contract: (not contract.is_required, contract.source))
    return {contract.source: contract for contract in contracts}
