"""Runs one request from accounts to files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from simulator import contact, growth, usage
from simulator.accounts import accounts_table
from simulator.activity import weekly_activity
from simulator.book import empty_book, walk_accounts
from simulator.calibration import calibrate
from simulator.dirty import add_dirt
from simulator.logins import write_logins
from simulator.products import fx_table, products_table
from simulator.schemas import SCHEMAS
from simulator.settings import Settings
from simulator.tickets import tickets_table
from simulator.truth import TRUTH_FOLDER, write_truth
from simulator.users import make_users, users_table
from simulator.world import World, blocks
from simulator.writing import SourceWriter

BLOCK_SOURCES: dict[str, Callable[[World, int, slice], pa.Table]] = {
    "data_volumes": usage.data_volumes_table,
    "messages": contact.messages_table,
    "touchpoints": contact.touchpoints_table,
    "surveys": contact.surveys_table,
    "opportunities": growth.opportunities_table,
    "invoices": growth.invoices_table,
    "feature_requests": growth.feature_requests_table,
}


def _clear(folder: Path) -> None:
    """Remove what an earlier run left, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in SCHEMAS:
        for name in (f"{source}.csv", f"{source}.parquet"):
            (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder / source, ignore_errors=True)
    shutil.rmtree(folder / TRUTH_FOLDER, ignore_errors=True)


def _write(settings: Settings, source: str, tables: Iterable[pa.Table]) -> int:
    with SourceWriter(settings.out, source, settings.format_of(source)) as writer:
        for chunk in tables:
            writer.write(chunk)
    return writer.rows


def _by_block(world: World, make: Callable[[World, int, slice], pa.Table]) -> Iterator[pa.Table]:
    for number, block in blocks(world.settings):
        yield make(world, number, block)


def simulate(settings: Settings) -> dict[str, int]:
    """Write every source and the truth into the request's folder; rows per source."""
    _clear(settings.out)
    settings, richness = calibrate(settings)
    book = empty_book(settings)
    rows = {"contracts": _write(settings, "contracts", walk_accounts(settings, book, richness))}
    rows["accounts"] = _write(settings, "accounts", [accounts_table(settings, book.accounts)])
    rows["products"] = _write(settings, "products", [products_table()])
    rows["fx_rates"] = _write(settings, "fx_rates", [fx_table(settings)])
    users = make_users(settings, book)
    rows["users"] = _write(settings, "users", [users_table(settings, book, users)])
    activity = weekly_activity(settings, book)
    rows["logins"] = write_logins(settings, book, users, activity, settings.out)
    rows["tickets"] = _write(settings, "tickets", [tickets_table(settings, book, users)])
    world = World.build(settings, book, users, activity)
    rows["feature_usage"] = _write(settings, "feature_usage", usage.feature_usage_tables(world))
    rows["milestones"] = _write(settings, "milestones", [growth.milestones_table(world)])
    for source, make in BLOCK_SOURCES.items():
        rows[source] = _write(settings, source, _by_block(world, make))
    write_truth(settings, book)
    if settings.dirty > 0:
        add_dirt(settings)
    return {source: rows[source] for source in SCHEMAS}
