"""The same raw folder on three engines gives the same marts, cell by cell.

Left out are build_info.build_id and build_info.built_at, which name the build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from bench.comparing import Comparison
from checks.parity.builds import build_on, grains
from checks.parity.folders import EDGES_AS_OF, demo_folder, dirty_folder, edges_folder
from checks.postgres.server import Server, throw_away_server

pytestmark = pytest.mark.parity

FOLDERS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "edges": (edges_folder, EDGES_AS_OF.isoformat()),
    "dirty": (dirty_folder, "2025-12-31"),
    "demo": (demo_folder, "2025-12-31"),
}
OTHERS = ("postgres", "spark")


@dataclass(frozen=True)
class Folder:
    """A raw folder with the DuckDB build that is the measure of the others."""

    raw: Path
    as_of: str
    work: Path

    @property
    def measure(self) -> Path:
        """The marts that DuckDB made."""
        return self.work / "duckdb" / "marts.duckdb"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL server for all folders."""
    with throw_away_server() as running:
        yield running


@pytest.fixture(scope="module", params=FOLDERS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """One of the folders, built on DuckDB."""
    make, as_of = FOLDERS[request.param]
    work = tmp_path_factory.mktemp(request.param)
    found = Folder(make(work / "raw"), as_of, work)
    build_on("duckdb", found.raw, work / "duckdb", as_of, {})
    return found


@pytest.fixture(params=OTHERS)
def comparison(request: pytest.FixtureRequest, folder: Folder, server: Server) -> Comparison:
    """The folder on another engine beside DuckDB."""
    target = request.param
    environment = server.environment() if target == "postgres" else {}
    marts = build_on(target, folder.raw, folder.work / target, folder.as_of, environment)
    return Comparison(folder.measure, marts)


def test_every_published_cell_agrees(comparison: Comparison, folder: Folder) -> None:
    keys = grains(folder.work / "duckdb")
    compared = comparison.compared(keys)
    print("\n".join(f"{name}: {rows} rows" for name, rows in compared.items()))
    assert len(compared) == len(keys)
    found = comparison.differences(keys)
    assert not found, "\n".join(found)


def test_folders_with_faults_have_rows_in_quarantine_for_every_reason(folder: Folder) -> None:
    if folder.raw.parent.name.startswith("demo"):
        return
    with duckdb.connect(str(folder.measure), read_only=True) as connection:
        rows = connection.execute(
            "select distinct unnest(string_split(reasons, ',')) from marts.quality_quarantine"
        ).fetchall()
    reasons = {row[0] for row in rows}
    assert {"bad_type", "bad_value", "missing_required", "malformed_line"} <= reasons
