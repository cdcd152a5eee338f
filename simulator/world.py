"""Runs one request from accounts to files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa

from simulator.accounts import accounts_table
from simulator.activity import weekly_activity
from simulator.book import Book, empty_book, richness_for, walk_accounts
from simulator.logins import write_logins
from simulator.products import fx_table, products_table
from simulator.schemas import SCHEMAS
from simulator.settings import Settings
from simulator.tickets import tickets_table
from simulator.users import make_users, users_table
from simulator.writing import SourceWriter


def _clear(folder: Path) -> None:
    """Remove what an earlier run left, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in SCHEMAS:
        for name in (f"{source}.csv", f"{source}.parquet"):
            (folder / name).unlink(missing_ok=True)
        if (folder / source).is_dir():
            shutil.rmtree(folder / source)
    if (folder / "_truth").is_dir():
        shutil.rmtree(folder / "_truth")


def _write(settings: Settings, source: str, tables: list[pa.Table]) -> int:
    with SourceWriter(settings.out, source, settings.format_of(source)) as writer:
        for chunk in tables:
            writer.write(chunk)
    return writer.rows


def _write_contracts(settings: Settings, book: Book) -> int:
    richness = richness_for(settings)
    with SourceWriter(settings.out, "contracts", settings.format_of("contracts")) as writer:
        for chunk in walk_accounts(settings, book, richness):
            writer.write(chunk)
    return writer.rows


def simulate(settings: Settings) -> dict[str, int]:
    """Write every source and the truth into the request's folder; rows per source."""
    _clear(settings.out)
    book = empty_book(settings)
    rows = {"contracts": _write_contracts(settings, book)}
    rows["accounts"] = _write(settings, "accounts", [accounts_table(settings, book.accounts)])
    rows["products"] = _write(settings, "products", [products_table()])
    rows["fx_rates"] = _write(settings, "fx_rates", [fx_table(settings)])
    users = make_users(settings, book)
    rows["users"] = _write(settings, "users", [users_table(settings, book, users)])
    activity = weekly_activity(settings, book)
    rows["logins"] = write_logins(settings, book, users, activity, settings.out)
    rows["tickets"] = _write(settings, "tickets", [tickets_table(settings, book, users)])
    return {source: rows[source] for source in SCHEMAS if source in rows}
