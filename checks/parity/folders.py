"""Raw folders on which engines are compared: every edge, dirty rows, and the demo."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from checks.conftest import simulate
from checks.definitions.hand_worked import read_tables
from checks.reference.histories import generate, write_folder
from pipeline.demo import DEMO_ARGUMENTS

EDGES_AS_OF = date(2025, 6, 30)
Rows = dict[str, list[dict[str, Any]]]


def hand_worked_rows() -> Rows:
    """The raw rows of every hand-worked case that is looked at on one day with the usual vars."""
    rows: Rows = {"accounts": [], "contracts": [], "fx_rates": []}
    for table in read_tables():
        for case in table.cases:
            if case.is_company or case.world.variables or case.world.as_of != EDGES_AS_OF:
                continue
            for source, found in case.raw_rows().items():
                rows[source] += found
    return rows


def edges_folder(folder: Path) -> Path:
    """The hand-worked cases beside generated histories with every shape and every fault."""
    rows = generate(11, 120, as_of=EDGES_AS_OF)
    for source, found in hand_worked_rows().items():
        rows[source] = [*rows.get(source, []), *found]
    return write_folder(rows, folder)


def dirty_folder(folder: Path) -> Path:
    """Simulated files of one row in twenty with a fault, of every kind that is quarantined."""
    return simulate(
        folder,
        *("--accounts", "60", "--months", "14", "--logins", "20000", "--dirty", "0.05"),
        *("--seed", "3", "--as-of", "2025-12-31"),
    )


def demo_folder(folder: Path) -> Path:
    """The demo, as the build makes it without a raw folder."""
    arguments = [part for name, value in DEMO_ARGUMENTS.items() for part in (f"--{name}", value)]
    return simulate(folder, *map(str, arguments))
