"""`make check`: whether a build of a raw folder would go through, and which rows it would refuse.

Nothing is built and nothing that a build has made is touched.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipeline import preflight
from pipeline.as_of import as_of_failure
from pipeline.checking.logged import run_logged
from pipeline.checking.models import row_models
from pipeline.checking.report import report_lines
from pipeline.checking.rows import Checked, check_rows
from pipeline.console import Console
from pipeline.csv_reader import HeaderError
from pipeline.failure import BuildFailure
from pipeline.landing import WAREHOUSE_NAME, BuildRequest, LandedFile, land
from pipeline.mapping.files import unconfirmed
from pipeline.options import Options
from pipeline.parquet_files import ParquetError
from pipeline.raw_files import RawFolder


def check_command(options: Options) -> int:
    """Look for what a build of the raw files would refuse, without building."""
    if options.raw is None:
        raise BuildFailure("Say which raw files to check: make check RAW=exports")
    options, raw = replace(options, target="duckdb"), options.raw
    return run_logged(options, "check", lambda console: _check(options, raw, console))


def _check(options: Options, raw: Path, console: Console) -> int:
    """The whole check; returns the exit code."""
    # What an earlier check found says nothing of this one.
    (options.out / "check" / "check.json").unlink(missing_ok=True)
    found = _structure(options, raw, console)
    models = row_models(options, console)
    with tempfile.TemporaryDirectory(dir=options.out / "check") as place:
        _land(raw, Path(place), found, console)
        warehouse = Path(place) / WAREHOUSE_NAME
        try:
            checked = check_rows(warehouse, models, found)
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            raise BuildFailure(f"The rows could not be checked ({said}).") from error
        stops = as_of_failure(checked.failed_tests, warehouse)
    return _conclude(options, console, checked, [*unconfirmed(found), *_texts(stops)])


def _structure(options: Options, raw: Path, console: Console) -> RawFolder:
    """The files, when they can be read at all; notes are printed."""
    try:
        found = preflight.open_folder(raw, options.out, options.mapping_file)
        report = preflight.check_folder(raw, found, may_be_unconfirmed=True)
    except preflight.PreflightError as error:
        raise BuildFailure(f"The raw files in {raw} cannot be used:", error.problems) from error
    for warning in report.warnings:
        console.warn(warning)
    return found


def _land(raw: Path, place: Path, found: RawFolder, console: Console) -> None:
    """Read the files into a warehouse of their own."""

    def note(file: LandedFile) -> None:
        if file.filtered_count:
            left_out = f"the filter of the mapping leaves {file.filtered_count:,} rows out"
            console.warn(f"{file.relative} ({file.source}): {left_out}")

    request = BuildRequest("check", datetime.now(UTC), "check")
    try:
        land(raw, place, request, note, folder=found)
    except (HeaderError, ParquetError) as error:
        raise BuildFailure(f"The raw files in {raw} cannot be used:", [str(error)]) from error
    except OSError as error:
        said = f"{error.filename or raw} cannot be read or written ({error.strerror or error})"
        raise BuildFailure(f"The raw files in {raw} cannot be used:", [said]) from error


def _texts(failure: BuildFailure | None) -> list[str]:
    return [] if failure is None else [str(failure)]


def _conclude(options: Options, console: Console, checked: Checked, stops: list[str]) -> int:
    """Print the findings and say what a build would do."""
    for line in report_lines(checked):
        print(line)
        console.log(line)
    held = sum(source.quarantined_rows for source in checked.sources)
    written = {**asdict(checked), "failed_tests": sorted(checked.failed_tests), "stops": stops}
    path = options.out / "check" / "check.json"
    path.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print()
    if stops:
        raise BuildFailure("A build would stop:", stops)
    console.say(f"A build would go through, with {held:,} rows in quarantine.", indent=0)
    return 0
