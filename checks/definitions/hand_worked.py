"""The hand-worked cases: tables in `cases/*.yml`, read into rows for a build and expected cells.

A table has a title and worlds. The cases of a world without lines of its own stand beside each
other, each with its own accounts; a world with lines is a company of its own, and its cases are
questions about it. Cells are those of the raw contracts, with short names for the frequent ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "cases"
SHORT_NAMES = {
    "line": "contract_line_id", "contract": "contract_id", "account": "account_id",
    "product": "product_id", "type": "line_type", "start": "start_date", "end": "end_date",
    "price": "unit_price", "discount": "discount_pct", "interval": "billing_interval",
    "count": "interval_count", "renews": "renewed_from_contract_id", "noticed": "cancel_notice_at",
    "cancelled": "cancel_effective_date", "reason": "cancel_reason", "by": "cancel_type",
    "paused": "paused_from", "until": "paused_until", "recorded": "updated_at",
    "deleted": "is_deleted", "internal": "is_internal", "from": "rate_date",
}  # fmt: skip
USUAL_LINE = {
    "contract_id": "C1", "account_id": "A", "product_id": "P1", "line_type": "recurring",
    "currency": "USD", "unit_price": "100", "quantity": "1", "billing_interval": "month",
    "updated_at": "2020-01-01",
}  # fmt: skip
USUAL_ACCOUNT = {"account_name": "Example", "created_at": "2020-01-01"}
# Cells that a case has for itself among the cases that are built together.
OWN_CELLS = {
    *("account_id", "contract_id", "contract_line_id", "product_id"),
    *("renewed_from_contract_id", "currency"),
}

Row = dict[str, Any]


@dataclass(frozen=True)
class World:
    """Raw rows that are built at once, for the cases that ask about them."""

    as_of: date
    variables: dict[str, Any]
    accounts: tuple[Row, ...] = ()
    lines: tuple[Row, ...] = ()
    rates: tuple[Row, ...] = ()

    @property
    def variables_key(self) -> str:
        """The name under which the vars are compiled."""
        return json.dumps(self.variables, sort_keys=True)


@dataclass(frozen=True)
class Case:
    """What happens, in words and rows, what is expected of which mart, and its working."""

    case_id: str
    what: str
    why: str
    terms: tuple[str, ...]
    world: World
    expected: dict[str, list[Row]]
    is_company: bool = field(default=False)

    @property
    def accounts(self) -> set[str]:
        """The ids of the case's accounts, as built."""
        return {self.own("account_id", row["account_id"]) for row in self.world.accounts}

    def own(self, name: str, value: str | None) -> str | None:
        """A cell as it is built: ids, and currencies with rates, bear the case's name."""
        reporting = self.world.variables.get("reporting_currency", "USD")
        is_shared = self.is_company or name not in OWN_CELLS or value in (None, "null")
        if is_shared or (name == "currency" and value == reporting):
            return value
        return f"{self.case_id} {value}"

    def raw_rows(self) -> dict[str, list[Row]]:
        """The rows of the three sources, as built."""
        world = self.world
        given = {"accounts": world.accounts, "contracts": world.lines, "fx_rates": world.rates}
        return {
            source: [{name: self.own(name, cell) for name, cell in row.items()} for row in rows]
            for source, rows in given.items()
        }


@dataclass(frozen=True)
class Table:
    """The cases of one subject."""

    subject: str
    title: str
    about: str
    cases: tuple[Case, ...]


def long_names(row: Row) -> Row:
    """A row with the names of the raw contracts; an empty cell is null."""
    return {
        SHORT_NAMES.get(name, name): None if cell in ("", "null") else cell
        for name, cell in row.items()
    }


def contract_rows(lines: list[Row]) -> Iterator[Row]:
    """Contract rows; a line named a second time is a later version with some other cells."""
    known: dict[str, Row] = {}
    for given in map(long_names, lines):
        line_id = given["contract_line_id"]
        known[line_id] = {**known.get(line_id, USUAL_LINE), **given}
        yield known[line_id]


def world_of(stated: Row, more: Row, variables: dict[str, Any]) -> World:
    """The world of a case: what its world states, and what the case adds."""
    lines = tuple(contract_rows([*stated.get("lines", []), *more.get("lines", [])]))
    accounts = {row["account_id"]: {"account_id": row["account_id"]} for row in lines}
    for row in map(long_names, [*stated.get("accounts", []), *more.get("accounts", [])]):
        accounts[row["account_id"]] = row
    rates = [long_names(row) for row in [*stated.get("rates", []), *more.get("rates", [])]]
    return World(
        as_of=date.fromisoformat(stated["as_of"]),
        variables=variables,
        accounts=tuple({**USUAL_ACCOUNT, **row} for row in accounts.values()),
        lines=lines,
        rates=tuple(rates),
    )


def read_table(path: Path) -> Table:
    """One table; every cell stays the text that was written."""
    given = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    cases: list[Case] = []
    for stated in given["worlds"]:
        variables = {name: yaml.safe_load(text) for name, text in stated.get("vars", {}).items()}
        shared = world_of(stated, {}, variables)
        for case in stated["cases"]:
            cases.append(
                Case(
                    case_id=f"{path.stem} {len(cases) + 1:02d}",
                    what=case["what"].strip(),
                    why=case["why"].strip(),
                    terms=tuple(case["terms"]),
                    world=shared if "lines" in stated else world_of(stated, case, variables),
                    expected=case["expect"],
                    is_company="lines" in stated,
                )
            )
    return Table(path.stem, given["title"], given["about"].strip(), tuple(cases))


def read_tables() -> list[Table]:
    """All tables, in the order of their names."""
    return [read_table(path) for path in sorted(FOLDER.glob("*.yml"))]
