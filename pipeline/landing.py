"""Land the raw folder: CSV as Parquet, and a view per source in OUT/warehouse.duckdb.

`python -m pipeline.landing --raw DIR --out DIR` checks and lands a folder by itself.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipeline import changes, state
from pipeline.cell_types import DECIMAL_TEXT_MACRO
from pipeline.csv_landing import LandedCsv, MalformedLines, land_csv
from pipeline.failure import BuildFailure
from pipeline.landed_copies import LandedCopies
from pipeline.landed_files import LandedFile, mapped_file, plain_file
from pipeline.mapping.applying import land_mapped
from pipeline.mapping.files import MappedFile, open_raw
from pipeline.parquet_files import Footer
from pipeline.preflight import PreflightError, check
from pipeline.raw_contracts import READ_ONCE, RawContract, load_contracts
from pipeline.raw_files import RawFile, RawFolder
from pipeline.raw_parts import csv_parts, parquet_parts, used_partitions
from pipeline.raw_views import Part, view_sql

WAREHOUSE_NAME = "warehouse.duckdb"
# A file that clients older than the one that wrote it can open.
STORAGE_VERSION = "v1.2.0"


@dataclass(frozen=True)
class BuildRequest:
    """What was asked for: the identity of the build, for the tables that name it."""

    build_id: str
    built_at: datetime
    project_version: str
    git_commit: str | None = None


@dataclass(frozen=True)
class LandedSource:
    """Sums over the files of one source."""

    source: str
    is_connected: bool
    file_count: int
    row_count: int
    malformed_count: int
    unknown_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]


@dataclass(frozen=True)
class LandingResult:
    """All files read, by source, and paths in the raw folder that belong to no source."""

    warehouse: Path
    files: tuple[LandedFile, ...]
    unknown_files: tuple[str, ...]

    @property
    def sources(self) -> dict[str, LandedSource]:
        """One entry per contract, connected or not."""
        return {source: self._source(source) for source in load_contracts()}

    def _source(self, source: str) -> LandedSource:
        files = [file for file in self.files if file.source == source]
        return LandedSource(
            source=source,
            is_connected=bool(files),
            file_count=len(files),
            row_count=sum(file.row_count for file in files),
            malformed_count=sum(file.malformed_count for file in files),
            unknown_columns=tuple(sorted({name for f in files for name in f.unknown_columns})),
            missing_columns=tuple(sorted({name for f in files for name in f.missing_columns})),
        )


Progress = Callable[[LandedFile], None]
# Told of each source: its contract, its landed CSV files, its Parquet files with their footers.
Observer = Callable[[RawContract, list[LandedCsv], list[tuple[RawFile, Footer]]], None]


def _utc(moment: datetime) -> datetime:
    """A moment in UTC without its zone, as the warehouse stores it; without a zone it is UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _is_copied(file: RawFile) -> bool:
    """Whether a file is read once into a copy; other Parquet files are read where they lie."""
    return file.file_format == "csv" or isinstance(file, MappedFile)


class _Landing:
    """One run: the raw folder, the warehouse being filled and what was read so far."""

    def __init__(
        self,
        folder: RawFolder,
        out_dir: Path,
        progress: Progress,
        observer: Observer,
        new: Container[str] | None,
    ) -> None:
        self.folder = folder
        self._observer = observer
        self.copies = LandedCopies(out_dir / "landed", new)
        self.warehouse = out_dir / WAREHOUSE_NAME
        self.files: list[LandedFile] = []
        self._progress = progress
        out_dir.mkdir(parents=True, exist_ok=True)
        if self.copies.is_fresh:
            for left_over in (self.warehouse, self.warehouse.with_name(WAREHOUSE_NAME + ".wal")):
                left_over.unlink(missing_ok=True)
            shutil.rmtree(self.copies.folder, ignore_errors=True)
        self.connection = duckdb.connect(
            self.warehouse, config={"storage_compatibility_version": STORAGE_VERSION}
        )
        if self.copies.is_fresh:
            self.connection.execute("create schema raw")
            self.connection.execute(DECIMAL_TEXT_MACRO)
            state.create_empty(lambda sql: self.connection.execute(sql).fetchall())
        else:
            self.copies.remember(self.connection)

    def land_source(self, contract: RawContract, malformed: MalformedLines) -> None:
        """Land the files of one source and make its views."""
        files = self.folder.files.get(contract.source, [])
        copied = [file for file in files if _is_copied(file)]
        parquet_files = [file for file in files if not _is_copied(file)]
        landed = {file.relative: self._copied(contract, file, malformed) for file in copied}
        parts, footers = self._parquet(parquet_files, contract)
        self._note_parquet(contract, footers)
        parts = csv_parts(landed.values()) + parts
        self.connection.execute(view_sql(contract, parts))
        self._observer(contract, list(landed.values()), footers)
        if contract.source in READ_ONCE:
            is_new = self.copies.is_new
            parts, _ = self._parquet([f for f in parquet_files if is_new(f.relative)], contract)
            parts = csv_parts(csv for name, csv in landed.items() if is_new(name)) + parts
            self.connection.execute(view_sql(contract, parts, name=f"new_{contract.source}"))

    def _parquet(
        self, files: list[RawFile], contract: RawContract
    ) -> tuple[list[Part], list[tuple[RawFile, Footer]]]:
        return parquet_parts(self.connection, self.folder.directory, files, contract)

    def _copied(self, contract: RawContract, file: RawFile, malformed: MalformedLines) -> LandedCsv:
        landed = self.copies.kept(contract.source, file.relative)
        target = self.copies.path(contract.source, file.relative)
        if isinstance(file, MappedFile):
            landed = landed or land_mapped(file, target, malformed)
            self._note(mapped_file(file, landed))
        else:
            landed = landed or land_csv(file, contract.column_names, target, malformed)
            counts = (landed.row_count, landed.malformed_count)
            self._note(plain_file(file, contract, landed.columns, *counts))
        return landed

    def _note_parquet(self, contract: RawContract, footers: list[tuple[RawFile, Footer]]) -> None:
        for file, footer in footers:
            partitions = used_partitions(file, footer.column_names, contract)
            columns = (*footer.column_names, *partitions)
            self._note(plain_file(file, contract, columns, footer.row_count, 0))

    def _note(self, file: LandedFile) -> None:
        self.files.append(file)
        self._progress(file)

    def write_tables(self, malformed_path: Path, request: BuildRequest) -> None:
        """Write what is known of the files, the sources and the build."""
        execute, fill = self.connection.execute, self.connection.executemany
        self.copies.write_malformed_lines(self.connection, malformed_path)
        execute(
            "create or replace table raw.source_files (source varchar, _file varchar, "
            "file_format varchar, row_count bigint, malformed_count bigint, "
            "unknown_columns varchar, missing_columns varchar)"
        )
        for file in self.files:
            columns = (",".join(file.unknown_columns), ",".join(file.missing_columns))
            counts = (file.row_count, file.malformed_count)
            values = (file.source, file.relative, file.file_format, *counts, *columns)
            execute("insert into raw.source_files values (?, ?, ?, ?, ?, ?, ?)", values)
        execute("create or replace table raw.source_status (source varchar, is_connected boolean)")
        fill(
            "insert into raw.source_status values (?, ?)",
            [(source, source in self.folder.files) for source in load_contracts()],
        )
        execute(
            "create or replace table raw.build_request (build_id varchar, built_at timestamp, "
            "project_version varchar, git_commit varchar)"
        )
        values = (
            request.build_id,
            _utc(request.built_at),
            request.project_version,
            request.git_commit,
        )
        execute("insert into raw.build_request values (?, ?, ?, ?)", values)
        self._tell_changes()

    def _tell_changes(self) -> None:
        """Say which files of which source are new, unless all of them are read anew."""
        if self.copies.is_fresh:
            return
        files, is_new = self.folder.files, self.copies.is_new
        new = {
            source: [file.relative for file in files.get(source, []) if is_new(file.relative)]
            for source in load_contracts()
        }
        changes.tell(self.connection.execute, new, sum(file.row_count for file in self.files))


def land(
    raw_dir: Path,
    out_dir: Path,
    build_request: BuildRequest,
    progress: Progress = lambda file: None,
    observer: Observer = lambda contract, landed, footers: None,
    new: Container[str] | None = None,
    folder: RawFolder | None = None,
) -> LandingResult:
    """Land a raw folder that passed the preflight into OUT/warehouse.duckdb.

    The views read the raw Parquet files where they lie. `progress` is told of each file as soon
    as it is read, `observer` of each source. With `new`, the relative paths of files that no
    published build has taken, the warehouse and the copies of all other CSV files are kept; without
    it both are made afresh. `folder` are the raw files where they are known already. HeaderError,
    ParquetError or OSError when a file turns out to be unreadable.
    """
    raw_dir, out_dir = Path(raw_dir).resolve(), Path(out_dir).resolve()
    folder = folder or open_raw(raw_dir, out_dir)
    landing = _Landing(folder, out_dir, progress, observer, new)
    malformed_path = landing.copies.folder / "malformed_lines.parquet"
    try:
        with MalformedLines(malformed_path) as malformed:
            for contract in load_contracts().values():
                landing.land_source(contract, malformed)
        landing.write_tables(malformed_path, build_request)
    finally:
        landing.connection.close()
    return LandingResult(landing.warehouse, tuple(landing.files), tuple(landing.folder.unknown))


def _print_table(result: LandingResult) -> None:
    """One line per connected source."""
    print(f"{'source':<18}{'files':>7}{'rows':>14}{'malformed':>11}")
    for source in result.sources.values():
        if source.is_connected:
            counts = f"{source.file_count:>7}{source.row_count:>14,}{source.malformed_count:>11,}"
            print(f"{source.source:<18}{counts}")


def main(arguments: list[str] | None = None) -> int:
    """Check and land a folder; returns the exit code."""
    parser = argparse.ArgumentParser(description="Land a raw folder into OUT/warehouse.duckdb.")
    parser.add_argument("--raw", type=Path, required=True, help="folder of raw files")
    parser.add_argument("--out", type=Path, required=True, help="folder of the warehouse")
    parsed = parser.parse_args(arguments)
    try:
        report = check(parsed.raw, parsed.out)
    except (PreflightError, BuildFailure) as error:
        print(error, file=sys.stderr)
        return 1
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    request = BuildRequest("landing", datetime.now(UTC), "unknown")
    _print_table(land(parsed.raw, parsed.out, request))
    return 0


if __name__ == "__main__":
    sys.exit(main())
