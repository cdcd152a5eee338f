"""What differs between targets in a build; the base class is DuckDB."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import publish
from pipeline.failure import BuildFailure
from pipeline.increments import Plan, plan_build
from pipeline.options import Options
from pipeline.summary import Summary, fill_from_marts

if TYPE_CHECKING:
    from pipeline.console import Console
    from pipeline.gx_checks import GxReport
    from pipeline.landing import BuildRequest, LandedFile
    from pipeline.raw_files import RawFolder

# target -> module and class of its engine
_ENGINES = {
    "duckdb": (__name__, "Engine"),
    "postgres": ("pipeline.postgres.engine", "PostgresEngine"),
    "spark": ("pipeline.spark.engine", "SparkEngine"),
}


class Engine:
    """One build on one target, from the raw folder to the published marts.

    The steps run in the order in which they stand here; `abandon` runs after a failure.
    """

    # Whether a build goes on from the one before where it can.
    is_incremental = True

    def __init__(self, options: Options, console: Console) -> None:
        self.options = options
        self.console = console
        self._filtered: Counter[str] = Counter()
        self._folder: RawFolder | None = None

    def prepare(self) -> None:
        """Make sure that the engine can be had before anything else is done; BuildFailure."""

    def raw_folder(self, raw: Path) -> RawFolder:
        """The files of the raw folder, looked for once; PreflightError or BuildFailure."""
        from pipeline import preflight

        if self._folder is None:
            mapping = self.options.mapping_file
            self._folder = preflight.open_folder(raw, self.options.out, mapping)
        return self._folder

    def has_raw_data(self) -> bool:
        """Whether there is raw data already, where the engine reads it."""
        return False

    def preflight(self, raw: Path | None) -> list[str]:
        """Look for structural faults of the raw data; BuildFailure with all of them, else notes."""
        from pipeline import preflight

        assert raw is not None
        try:
            return list(preflight.check_folder(raw, self.raw_folder(raw)).warnings)
        except preflight.PreflightError as error:
            raise BuildFailure(f"The raw files in {raw} cannot be used:", error.problems) from error

    def plan(self, raw: Path | None) -> Plan:
        """What to read: the files that are new, or everything and why."""
        if not self.is_incremental:
            reason = f"a build on {self.options.target} makes everything anew"
            return Plan(reason, files=(), new=frozenset())
        assert raw is not None
        return plan_build(self.options, raw, self.raw_folder(raw))

    def land(
        self, raw: Path | None, request: BuildRequest, new: Container[str] | None = None
    ) -> None:
        """Make the schema `raw`; `new` are the files that no published build has taken."""
        from pipeline import landing

        assert raw is not None
        landing.land(
            raw, self.options.out, request, self._count, new=new, folder=self.raw_folder(raw)
        )

    def _count(self, file: LandedFile) -> None:
        """Keep count of the rows that a mapping leaves out."""
        if file.filtered_count:
            self._filtered[file.source] += file.filtered_count

    @property
    def notes(self) -> list[str]:
        """What came to light while landing, in sentences."""
        return [
            f"{source}: the filter of the mapping leaves {count:,} "
            f"{'row' if count == 1 else 'rows'} out"
            for source, count in self._filtered.items()
        ]

    def fetch(self) -> None:
        """Bring what dbt made to the build file, all of it or as far as it got."""

    def collect(self, manifest: dict[str, Any]) -> int:
        """Write the next file from what dbt built; returns how many marts it holds."""
        return publish.copy_marts(self.options, manifest)

    def check(self, manifest: dict[str, Any]) -> GxReport:
        """Run the expectations on the marts that are about to be published."""
        from pipeline.gx_checks import run_checks

        options = self.options
        return run_checks(options.next_file, options.published, manifest, options.out / "data_docs")

    def promote(self) -> None:
        """Put the new marts in the published ones' place."""
        publish.promote(self.options)

    def roll_back(self) -> list[str]:
        """Publish the marts before the last ones again; returns lines for the reader."""
        publish.rollback(self.options)
        summary = Summary()
        fill_from_marts(summary, self.options.published)
        return [
            f"Published again: build {summary.build_id}, as of {summary.as_of_date}",
            f"  {self.options.published}",
            f"The file it replaced is kept: {self.options.previous}",
        ]

    def abandon(self) -> None:
        """Leave nothing half published."""
        publish.remove_file(self.options.next_file)


def engine_of(options: Options, console: Console) -> Engine:
    """The engine of the target that was asked for."""
    module, name = _ENGINES[options.target]
    engine: Engine = getattr(importlib.import_module(module), name)(options, console)
    return engine
