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
from checks.engines.builds import build_on, grains
from checks.parity.folders import EDGES_AS_OF, demo_folder, dirty_folder, edges_folder
from checks.postgres.server import Server, throw_away_server
from checks.spark.cluster import Cluster, standalone_cluster

pytestmark = pytest.mark.parity

FOLDERS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "edges": (edges_folder, EDGES_AS_OF.isoformat()),
    "dirty": (dirty_folder, "2025-12-31"),
    "demo": (demo_folder, "2025-12-31"),
}
OTHERS = ("postgres", "spark")
REASONS = {
    *("missing_key", "missing_required", "bad_type", "bad_value", "malformed_line"),
    *("orphan_account", "orphan_user", "future_event", "negative_amount", "invalid_quantity"),
    *("invalid_discount", "end_before_start", "open_ended_term", "no_fx_rate"),
    *("response_before_created", "solved_before_created", "score_out_of_range"),
}
# Minutes each: the lane runs them, every run of CI does not. The first folder has every fault too,
# and Spark builds it on a cluster.
LONG = {"dirty", "demo"}
PAIRS = [
    pytest.param((folder, target), id=f"{folder}-{target}", marks=marks)
    for folder in FOLDERS
    for target in OTHERS
    for marks in [[pytest.mark.long] if folder in LONG else []]
]


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


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A Spark master with two workers."""
    with standalone_cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Folder]:
    """Gives a folder by its name, built on DuckDB once."""
    known: dict[str, Folder] = {}

    def build(name: str) -> Folder:
        if name not in known:
            make, as_of = FOLDERS[name]
            work = tmp_path_factory.mktemp(name)
            known[name] = Folder(make(work / "raw"), as_of, work)
            build_on("duckdb", known[name].raw, work / "duckdb", as_of, {})
        return known[name]

    return build


@pytest.mark.parametrize("pair", PAIRS)
def test_every_published_cell_agrees(
    built: Callable[[str], Folder], pair: tuple[str, str], request: pytest.FixtureRequest
) -> None:
    name, target = pair
    folder = built(name)
    environment: dict[str, str] = {}
    if target == "postgres":
        environment = request.getfixturevalue("server").environment()
    elif name not in LONG:
        environment = request.getfixturevalue("cluster").environment
    built_marts = build_on(target, folder.raw, folder.work / target, folder.as_of, environment)
    if "SPARK_MASTER" in environment:
        assert min(request.getfixturevalue("cluster").executors().values()) >= 1
    keys = grains(folder.work / "duckdb")
    comparison = Comparison(folder.measure, built_marts.marts)
    compared = comparison.compared(keys)
    print("\n".join(f"{mart}: {rows} rows" for mart, rows in compared.items()))
    assert len(compared) == len(keys)
    found = comparison.differences(keys)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", ["edges", pytest.param("dirty", marks=pytest.mark.long)])
def test_folders_with_faults_have_rows_in_quarantine_for_every_reason(
    built: Callable[[str], Folder], name: str
) -> None:
    folder = built(name)
    with duckdb.connect(str(folder.measure), read_only=True) as connection:
        rows = connection.execute(
            "select distinct unnest(string_split(reasons, ',')) from marts.marts.quality_quarantine"
        ).fetchall()
    reasons = {row[0] for row in rows}
    assert reasons == REASONS
