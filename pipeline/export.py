"""Writes the published customers as one CSV file, to be loaded into a customer success platform."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.failure import BuildFailure
from pipeline.options import Options
from pipeline.publish import MARTS_SCHEMA, attached, mart_names, quote_name

MART = "export_cs_platform"
_ROWS_AT_ONCE = 10_000
_PLACES = 4


def export_path(options: Options) -> Path:
    """Where the file goes."""
    return options.out / "export" / "cs_platform.csv"


def export_customers(options: Options) -> Path:
    """Write the file anew in one step and return where it is.

    UTF-8 with a header, RFC 4180, sorted by account; see `cell_text` for the cells. Builds on all
    targets publish a file. Raises BuildFailure when there is none, or one without an export.
    """
    if not options.published.exists():
        raise BuildFailure(f"Nothing is published in {options.out} yet: run `make build`.")
    path = export_path(options)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".tmp")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(_lines(options))
    os.replace(unfinished, path)
    return path


def _lines(options: Options) -> Iterator[list[str]]:
    """The header, then a line per account."""
    with attached(published=options.published) as connection:
        if MART not in mart_names(connection, "published"):
            raise BuildFailure(
                f"{options.published} was built before there was an export: run `make build`."
            )
        relation = f"published.{MARTS_SCHEMA}.{quote_name(MART)}"
        result = connection.execute(f"select * from {relation} order by account_id")
        yield [column[0] for column in result.description]
        while rows := result.fetchmany(_ROWS_AT_ONCE):
            yield from ([cell_text(cell) for cell in row] for row in rows)


def cell_text(cell: Any) -> str:
    """One cell as text: ISO dates, UTC instants, `true` and `false`, 4 decimals, nothing for null.

    Whole numbers stay whole.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal | float):
        return f"{cell:.{_PLACES}f}"
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds") + "Z"
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
