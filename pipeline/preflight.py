"""Structural faults of a raw folder, all found before anything is built.

A fault of a row is none: such a row is quarantined. A fault of a file's structure (a required
source or column that is missing, a file that cannot be read, a Parquet column that can never be
read as its contract says) stops the build with one message that names all of them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipeline.cell_types import TEXT, is_readable
from pipeline.contract_checks import schema_findings
from pipeline.csv_reader import CsvReader, HeaderError
from pipeline.file_checks import other_delimiter, similar_name, unreadable_csv
from pipeline.mapping.checking import check_mapped
from pipeline.mapping.files import MappedFile, open_raw, unconfirmed
from pipeline.parquet_files import Footer, ParquetError, native_columns, read_footer
from pipeline.raw_contracts import RawColumn, RawContract, load_contracts
from pipeline.raw_files import RawFile, RawFolder
from pipeline.raw_parts import used_partitions

# Files that share one fault are named up to this many; a partitioned folder can hold thousands.
_NAMED_FILES = 8


class PreflightError(Exception):
    """The raw folder cannot be built from; `problems` are sentences, `str()` is the message."""

    def __init__(self, raw_dir: Path, problems: list[str]) -> None:
        """Make one message of all the problems."""
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        listed = "\n".join(f"  - {problem}" for problem in problems)
        super().__init__(f"The raw folder {raw_dir} cannot be used ({count}):\n{listed}")


@dataclass(frozen=True)
class PreflightReport:
    """What was found in a folder that can be built from; `warnings` are sentences."""

    raw_dir: Path
    connected_sources: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _FileColumns:
    """Columns of one file: DuckDB types by name; those of `empty` hold nothing but null."""

    file: RawFile
    types: dict[str, str]
    footer: Footer | None = None

    def type_of(self, column: RawColumn) -> str | None:
        """DuckDB type of a contract column, None when it is absent or holds nothing."""
        native = self.types.get(column.name)
        if native is None or is_readable(column.type, native):
            return native
        return None if self.footer and column.name in self.footer.empty_columns else native


@dataclass
class _Findings:
    """Problems and warnings by text, with the files they are about (none for a source).

    `columns` are pairs of source and column that a problem is noted of.
    """

    problems: dict[str, list[str]] = field(default_factory=dict)
    warnings: dict[str, list[str]] = field(default_factory=dict)
    columns: set[tuple[str, str]] = field(default_factory=set)

    def problem(self, text: str, file: RawFile | None = None) -> None:
        """Note a problem once, with each file that has it."""
        self.problems.setdefault(text, []).extend([file.relative] if file else [])

    def warning(self, text: str, file: RawFile) -> None:
        """Note a warning once, with each file that gives rise to it."""
        self.warnings.setdefault(text, []).append(file.relative)


def _sentences(findings: dict[str, list[str]]) -> list[str]:
    """Findings as sentences that begin with the files they are about."""
    sentences = []
    for text, files in findings.items():
        named = ", ".join(files[:_NAMED_FILES])
        more = len(files) - _NAMED_FILES
        where = f"{named} and {more} more files" if more > 0 else named
        sentences.append(f"{where}: {text}" if files else text)
    return sentences


def _read_csv_columns(file: RawFile) -> _FileColumns:
    """Columns of a CSV file; HeaderError or OSError when it cannot be read."""
    reason = unreadable_csv(file.path)
    if reason:
        raise HeaderError(reason)
    with CsvReader(file.path) as reader:
        return _FileColumns(file, dict.fromkeys(reader.header.columns, TEXT))


def _mapped_types(file: MappedFile, contract: RawContract, findings: _Findings) -> dict[str, str]:
    """Contract columns that a mapping makes, all of them text; what does not fit is noted."""
    found = check_mapped(file, contract)
    for text in found.problems:
        findings.problem(text, file)
    for text in found.warnings:
        findings.warning(text, file)
    findings.columns.update((file.source, column) for column in found.missing)
    return dict.fromkeys(found.given, TEXT)


class _ParquetColumns:
    """Reads the columns of Parquet files, asking DuckDB once per schema."""

    def __init__(self) -> None:
        self._connection = duckdb.connect()
        self._types: dict[str, dict[str, str]] = {}

    def read(self, file: RawFile, contract: RawContract) -> _FileColumns:
        """Columns of a Parquet file, hive partitions included; ParquetError when unreadable."""
        footer = read_footer(file.path)
        if footer.schema_key not in self._types:
            columns = native_columns(self._connection, footer)
            self._types[footer.schema_key] = {column.name: column.native for column in columns}
        types = dict(self._types[footer.schema_key])
        types.update(dict.fromkeys(used_partitions(file, types, contract), TEXT))
        return _FileColumns(file, types, footer)


def _readable_files(
    files: Iterable[RawFile], contract: RawContract, findings: _Findings
) -> list[_FileColumns]:
    """Columns of the files that can be read; the others are noted."""
    parquet = _ParquetColumns()
    readable = []
    for file in files:
        try:
            file.relative.encode("utf-8")
            if isinstance(file, MappedFile):
                columns = _FileColumns(file, _mapped_types(file, contract, findings))
            elif file.file_format == "csv":
                columns = _read_csv_columns(file)
                _add_partitions(columns, contract)
            else:
                columns = parquet.read(file, contract)
            readable.append(columns)
        except UnicodeEncodeError:
            findings.problem(f"the name of the file {file.path.name!a} is not UTF-8 text")
        except (HeaderError, ParquetError) as error:
            findings.problem(str(error), file)
        except OSError as error:
            findings.problem(f"the file cannot be opened ({error.strerror or error})", file)
    return readable


def _add_partitions(columns: _FileColumns, contract: RawContract) -> None:
    """Count the hive partitions of a CSV file that the contract names as its columns."""
    names = used_partitions(columns.file, columns.types, contract)
    columns.types.update(dict.fromkeys(names, TEXT))


def _check_columns(columns: _FileColumns, contract: RawContract, findings: _Findings) -> None:
    """Note missing required columns, unreadable types and unknown columns of one file."""
    file = columns.file
    if isinstance(file, MappedFile):
        return
    unknown = sorted(set(columns.types) - set(contract.column_names))
    missing = []
    for column in contract.columns:
        if column.name not in columns.types:
            hint = similar_name(column.name, unknown)
            if column.is_required:
                missing.append(column.name + hint)
                findings.columns.add((file.source, column.name))
            elif hint:
                findings.warning(f"no column {column.name}{hint}", file)
            continue
        native = columns.type_of(column)
        if native and not is_readable(column.type, native):
            text = f"the column {column.name} is {native.lower()}, but should be {column.type}"
            findings.problem(text, file)
            findings.columns.add((file.source, column.name))
    if missing:
        are = "column is" if len(missing) == 1 else "columns are"
        hint = other_delimiter(list(columns.types))
        findings.problem(f"required {are} missing: {', '.join(missing)}{hint}", file)
    if unknown:
        names = ", ".join(unknown)
        findings.warning(f"columns that no contract names are ignored: {names}", file)


def _table_found(files: list[_FileColumns], contract: RawContract) -> dict[str, str]:
    """Columns of a source over all its files, as a table for the contract's own checker.

    Text, and whatever can be read as the contract's type, shows as that type.
    """
    found = {}
    for column in contract.columns:
        if column.is_required and any(column.name not in file.types for file in files):
            continue
        wrong = [t for t in (f.type_of(column) for f in files) if t]
        wrong = [native for native in wrong if not is_readable(column.type, native)]
        found[column.name] = wrong[0] if wrong else column.type.replace("text", TEXT)
    return found


def _missing_source(contract: RawContract, folder: RawFolder) -> str:
    """Sentence about a required source without a file, with what may have been meant."""
    name = contract.source
    alike = [entry for entry in folder.unknown if entry.lower().startswith(name)]
    hint = f"; there is {', '.join(alike)}, which is not read" if alike else ""
    return (
        f"the required source {name} is missing "
        f"(expected {name}.csv, {name}.parquet or a folder {name}){hint}"
    )


def open_folder(raw_dir: Path, out: Path, mapping_file: Path | None = None) -> RawFolder:
    """The folder's files, by its mapping where there is one.

    PreflightError when there is none that can be looked into, BuildFailure for the mapping.
    """
    if not raw_dir.exists():
        raise PreflightError(raw_dir, ["the folder does not exist"])
    if not raw_dir.is_dir():
        raise PreflightError(raw_dir, ["this is a file, not a folder"])
    try:
        folder = open_raw(raw_dir, out, mapping_file)
    except OSError as error:
        text = f"{error.filename or raw_dir} cannot be opened ({error.strerror})"
        raise PreflightError(raw_dir, [text]) from error
    if not folder.files and not folder.unknown:
        required = [c.source for c in load_contracts().values() if c.is_required]
        text = f"the folder is empty; at least these sources are needed: {', '.join(required)}"
        raise PreflightError(raw_dir, [text])
    return folder


def check(raw_dir: Path, out: Path | None = None) -> PreflightReport:
    """Look for structural faults of a raw folder; PreflightError with all of them, if any.

    `out` takes copies of the server tables that a mapping in the folder names.
    """
    raw_dir = Path(raw_dir)
    with tempfile.TemporaryDirectory() as elsewhere:
        return check_folder(raw_dir, open_folder(raw_dir, out or Path(elsewhere)))


def check_folder(
    raw_dir: Path, folder: RawFolder, *, may_be_unconfirmed: bool = False
) -> PreflightReport:
    """The same of a folder whose files are known."""
    findings = _Findings()
    for text in [] if may_be_unconfirmed else unconfirmed(folder):
        findings.problem(text)
    tables = {}
    for contract in load_contracts().values():
        files = folder.files.get(contract.source, [])
        if not files and contract.is_required:
            findings.problem(_missing_source(contract, folder))
        readable = _readable_files(files, contract, findings)
        for columns in readable:
            _check_columns(columns, contract, findings)
        if readable:
            tables[contract.source] = _table_found(readable, contract)
    for finding in schema_findings(tables):
        # What was noted with its file above is not said a second time.
        if (finding.source, finding.column) not in findings.columns:
            findings.problem(": ".join(filter(None, [finding.source, finding.reason])))
    if findings.problems:
        raise PreflightError(raw_dir, _sentences(findings.problems))
    warnings = _sentences(findings.warnings)
    warnings += [f"{path}: belongs to no source and is not read" for path in folder.unknown]
    connected = tuple(source for source in load_contracts() if source in folder.files)
    return PreflightReport(folder.directory, connected, tuple(warnings))
