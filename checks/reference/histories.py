"""Raw rows with every edge of the book: by a seed, or as a hypothesis strategy.

`generate` and `histories` return source -> rows of text cells (null is None), for the CSV
writer; `write_folder` writes them as CSV files.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st

from .activity import logins_of, tickets_of, users_of
from .columns import COLUMNS
from .contact import customer_rows
from .faults import add_faults
from .late_shapes import LATE_SHAPES
from .money import add_months, last_day, month_of
from .pen import Pen, Row
from .reading import MALFORMED, Raw
from .shapes import SHAPES

AS_OF = date(2025, 6, 17)
ALL_SHAPES = [*SHAPES, *LATE_SHAPES]


def as_cells(row: Row) -> dict[str, str | None]:
    """Return the row with every cell as text."""
    return {name: None if cell is None else str(cell) for name, cell in row.items()}


def named_parent(number: int, ids: list[str]) -> str:
    """Return a parent for an account: the first one, a neighbour, itself or an unknown one.

    Neighbours make chains and cycles; after every internal account stands one that names it.
    """
    before, after = ids[number - 1], ids[(number + 1) % len(ids)]
    return [ids[0], after, before, before, before, ids[number], "nobody"][number % 7]


def accounts(rng: Random, ids: list[str], as_of: date) -> list[Row]:
    """Return one row per account, some internal, some with an older or only a later version."""
    rows: list[Row] = []
    for number, account_id in enumerate(ids):
        row = {
            "account_id": account_id,
            "account_name": rng.choice(["Example", "例株式会社", "Société, d'Exemple"]),
            "created_at": "2020-01-01",
            "parent_account_id": rng.choice([None, named_parent(number, ids)]),
            "industry": rng.choice([None, "retail", "製造"]),
            "country": rng.choice([None, "JP", "DE", "US"]),
            "owner": rng.choice([None, "Aoki", "Baker"]),
            "segment": rng.choice([None, "enterprise", "smb"]),
            "touch_model": rng.choice([None, "high", "low", "tech"]),
            "is_internal": "true" if number % 17 == 16 else rng.choice([None, "false", "0"]),
            "updated_at": rng.choice([None, f"{as_of}T10:00:00Z"]),
        }
        if rng.random() < 0.15:
            older = {**row, "is_internal": "TRUE", "updated_at": "2020-02-02 00:00"}
            rows.append(
                older if row["updated_at"] else {**older, "is_internal": row["is_internal"]}
            )
        if rng.random() < 0.1:
            row["updated_at"] = f"{as_of + timedelta(days=rng.randint(1, 9))}T00:00:00Z"
        rows.append(row)
    return rows


def rates(rng: Random, as_of: date, months: int) -> list[Row]:
    """Return rates of two currencies, from some months after the first on, one after `as_of`."""
    rows: list[Row] = []
    first = add_months(month_of(as_of), 4 - months)
    for currency, base in (("EUR", 1.1), ("JPY", 0.0068)):
        for step in range(max(months, 2)):
            day = add_months(first, step) + timedelta(days=rng.choice([0, 0, 14, 27]))
            if rng.random() < 0.8 or step == 0:
                rate = f"{base * rng.uniform(0.9, 1.1):.8f}"
                rows.append({"currency": currency, "rate_date": day, "rate": rate})
    rows.append({"currency": "EUR", "rate_date": last_day(first), "rate": "1.05"})
    return list({(row["currency"], row["rate_date"]): row for row in rows}.values())


def product_rows() -> list[Row]:
    """Return three known products; P9 is sold and not in the list."""
    return [
        {"product_id": "P1", "product_name": "Seats", "is_seat_based": "true", "family": "core"},
        {"product_id": "P2", "product_name": "Volume", "is_seat_based": "false", "family": None},
        {"product_id": "P3", "product_name": "Add-on", "is_seat_based": None, "family": None},
    ]


def contracts(rng: Random, ids: list[str], as_of: date, grace: int, months: int) -> list[Row]:
    """Return the contract rows of all accounts: every shape in turn, at times a second one."""
    rows: list[Row] = []
    for number, account_id in enumerate(ids):
        pen = Pen(rng, account_id, as_of, grace, months)
        ALL_SHAPES[number % len(ALL_SHAPES)](pen)
        if rng.random() < 0.3:
            rng.choice(ALL_SHAPES)(pen)
        rows += pen.rows
    return rows


def unlike_versions(rows: list[Row]) -> list[Row]:
    """Return the rows without a second one of the same line and `updated_at`."""
    return list({(row["contract_line_id"], row["updated_at"]): row for row in rows}.values())


def generate(
    seed: int | Random,
    accounts_count: int = 300,
    as_of: date = AS_OF,
    *,
    grace: int = 30,
    months: int = 24,
    with_ties: bool = True,
    with_faults: bool = True,
) -> Raw:
    """Return raw rows of `accounts_count` accounts over about `months` months.

    `with_ties`: repeated rows and rows of one key and version that differ. `with_faults`: rows
    with every reason code of the sources.
    """
    rng = seed if isinstance(seed, Random) else Random(seed)
    ids = [f"A{number:04d}" for number in range(1, accounts_count + 1)]
    lines = contracts(rng, ids, as_of, grace, months)
    users = users_of(rng, ids, as_of)
    rows: dict[str, list[Row]] = {
        "accounts": accounts(rng, ids, as_of),
        "contracts": unlike_versions(lines),
        "users": users,
        "logins": logins_of(rng, users, ids, as_of, months),
        "tickets": tickets_of(rng, users, ids, as_of, months),
        "products": product_rows(),
        "fx_rates": rates(rng, as_of, months),
        **customer_rows(rng, users, ids, as_of, months),
    }
    if with_faults:
        add_faults(rows, as_of)
    raw: Raw = {source: [as_cells(row) for row in found] for source, found in rows.items()}
    if with_ties:
        add_ties(rng, raw)
    return raw


def add_ties(rng: Random, raw: Raw) -> None:
    """Repeat some rows of every source, and let some contract versions differ from a twin."""
    for rows in raw.values():
        for row in rng.sample(rows, k=min(len(rows), 1 + len(rows) // 20)) if rows else []:
            rows.insert(rng.randint(0, len(rows)), dict(row))
    lines = raw["contracts"]
    for row in rng.sample(lines, k=min(len(lines), 1 + len(lines) // 30)):
        lines.insert(rng.randint(0, len(lines)), {**row, "quantity": "4"})


@st.composite
def histories(draw: Any, max_accounts: int = 20, *, with_ties: bool = False) -> Raw:
    """Draw raw rows of a few accounts over a few months, without faults."""
    rng = draw(st.randoms(use_true_random=False))
    count = draw(st.integers(min_value=1, max_value=max_accounts))
    months = draw(st.integers(min_value=1, max_value=15))
    return generate(rng, count, grace=30, months=months, with_ties=with_ties, with_faults=False)


def write_folder(raw: Raw, folder: Path) -> Path:
    """Write one CSV file per source with all its columns; malformed rows as they stand."""
    folder.mkdir(parents=True, exist_ok=True)
    for source, rows in raw.items():
        names = [column.name for column in COLUMNS[source]]
        with (folder / f"{source}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, extrasaction="ignore", restval="")
            writer.writeheader()
            for row in rows:
                if MALFORMED in row:
                    file.write(row[MALFORMED].rstrip("\n") + "\n")
                else:
                    writer.writerow(row)
    return folder
