"""What differs between targets in a build; the base class is DuckDB."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import publish
from pipeline.options import Options

if TYPE_CHECKING:
    from pipeline.console import Console
    from pipeline.gx_checks import GxReport
    from pipeline.landing import BuildRequest

# target -> module and class of its engine
_ENGINES = {"duckdb": (__name__, "Engine")}


class Engine:
    """One build on one target, from the raw folder to the published marts.

    The steps run in the order in which they stand here; `abandon` runs after a failure.
    """

    def __init__(self, options: Options, console: Console) -> None:
        self.options = options
        self.console = console

    def prepare(self) -> None:
        """Make sure that the engine can be had before anything else is done; BuildFailure."""

    def land(self, raw: Path, request: BuildRequest) -> None:
        """Make the schema `raw`."""
        from pipeline import landing

        landing.land(raw, self.options.out, request)

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

    def abandon(self) -> None:
        """Leave nothing half published."""
        publish.remove_file(self.options.next_file)


def engine_of(options: Options, console: Console) -> Engine:
    """The engine of the target that was asked for."""
    module, name = _ENGINES[options.target]
    engine: Engine = getattr(importlib.import_module(module), name)(options, console)
    return engine
