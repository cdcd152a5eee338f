"""A build on Spark: raw files are read in place, models become Parquet tables below OUT/spark.

OUT/warehouse.duckdb holds views over what Spark wrote, so that the expectations, the summary, the
published file and the dashboard are made as on DuckDB, of Spark's rows.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from pipeline import publish
from pipeline.engine import Engine
from pipeline.environment import has_extra, java_home
from pipeline.failure import BuildFailure
from pipeline.spark import publishing
from pipeline.spark.catalog import write_catalog
from pipeline.spark.collecting import show_tables, show_views
from pipeline.spark.dialect import read_as
from pipeline.spark.raw import SparkRaw

if TYPE_CHECKING:
    from pipeline.landing import BuildRequest

SET_UP = "make setup EXTRAS=spark"
_TECHNICAL_TABLES = ("malformed_lines", "source_files", "source_status", "build_request")
# Below this size of the raw files Spark spends its time on planning and compiling, not on rows.
_SMALL_BYTES = 64 << 20
# Settings that the profile reads, for few rows: what is already set stays.
FOR_FEW_ROWS = {
    "CSW_SPARK_PARTITIONS": "1",
    "CSW_SPARK_CODEGEN": "false",
    "CSW_SPARK_JAVA_OPTIONS": (
        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=512m"
    ),
}


class SparkEngine(Engine):
    """One build in a Spark session of dbt's own, local or on the cluster of SPARK_MASTER."""

    is_incremental = False

    @property
    def folder(self) -> Path:
        """What Spark keeps in OUT."""
        return self.options.out / "spark"

    @property
    def warehouse(self) -> Path:
        """Where Spark writes its tables, a folder per schema."""
        return self.folder / "warehouse"

    def prepare(self) -> None:
        """Make sure of pyspark, dbt's adapter and Java."""
        missing = [
            name
            for name in ("pyspark", "dbt.adapters.spark")
            if importlib.util.find_spec(name) is None
        ]
        if missing:
            raise BuildFailure(
                f"TARGET=spark needs {' and '.join(missing)}, which .venv does not hold. "
                f"Run `{SET_UP}` first."
            )
        home = java_home()
        if home is None:
            raise BuildFailure(
                "TARGET=spark needs Java 17 or newer: JAVA_HOME names none and there is none on "
                f"the path. Run `{SET_UP}`, which installs it where it may, or install it yourself."
            )
        if os.environ.get("SPARK_REMOTE"):
            raise BuildFailure(
                "SPARK_REMOTE is set: a Spark Connect session keeps its tables where its server "
                "likes, out of sight of the build. Name the cluster by SPARK_MASTER."
            )
        os.environ["JAVA_HOME"] = str(home)
        if os.environ.get("SPARK_MASTER", "local").startswith("local"):
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")

    def land(
        self, raw: Path | None, request: BuildRequest, new: Container[str] | None = None
    ) -> None:
        """Land as on DuckDB, then tell Spark where everything lies."""
        from pipeline import landing

        assert raw is not None
        out = self.options.out
        shutil.rmtree(self.folder / "raw", ignore_errors=True)
        shutil.rmtree(self.warehouse, ignore_errors=True)
        layer = SparkRaw(raw.resolve(), out / "landed")
        folder = self.raw_folder(raw)
        landing.land(raw, out, request, self._count, observer=layer.add_source, folder=folder)
        self._describe(layer)
        layer.add_empty_state()
        write_catalog(self.folder / "catalog.parquet", layer.statements)
        files = [file for files in folder.files.values() for file in files]
        if sum(file.path.stat().st_size for file in files) < _SMALL_BYTES:
            for name, value in FOR_FEW_ROWS.items():
                os.environ.setdefault(name, value)

    def _describe(self, layer: SparkRaw) -> None:
        """Give Spark what is known of the files and the build."""
        folder = self.folder / "raw"
        folder.mkdir(parents=True)
        with publish.attached(build=self.options.warehouse) as connection:
            for name in _TECHNICAL_TABLES:
                path = folder / f"{name}.parquet"
                connection.execute(f"copy build.raw.{name} to {publish.quote_text(path)}")
                described = connection.execute(f"describe build.raw.{name}").fetchall()
                layer.add_table(name, [(row[0], read_as(row[1]) or "") for row in described], path)

    def fetch(self) -> None:
        """Show what Spark wrote in the build file, as far as it got."""
        manifest = json.loads((self.options.dbt_target / "manifest.json").read_text("utf-8"))
        with duckdb.connect(str(self.options.warehouse)) as connection:
            for schema in sorted(path.stem for path in self.warehouse.glob("*.db")):
                show_tables(connection, self.warehouse / f"{schema}.db", schema)
            show_views(connection, manifest)

    def collect(self, manifest: dict[str, Any]) -> int:
        """Write the next file, and beside it the folder of Parquet files that will be published."""
        count = super().collect(manifest)
        publishing.gather(self.warehouse / f"{publish.MARTS_SCHEMA}.db", self.folder)
        return count

    def promote(self) -> None:
        """Publish the folder and the file; each in one step."""
        publishing.promote(self.folder)
        super().promote()

    def roll_back(self) -> list[str]:
        """Publish the folder and the file before the last ones again."""
        lines = super().roll_back()
        publishing.roll_back(self.folder)
        return lines

    def abandon(self) -> None:
        """Leave nothing half published."""
        super().abandon()
        publishing.abandon(self.folder)


def is_set_up() -> bool:
    """Whether the extra is installed and there is a Java for it."""
    return has_extra("spark") and java_home() is not None
