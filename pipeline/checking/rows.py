"""What the models make of each raw row: counts per source, and the first rows of each reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipeline.cell_types import quoted
from pipeline.checking.models import ENDS_MODEL, Model
from pipeline.checking.reasons import shown_columns
from pipeline.mapping.files import MappedFile
from pipeline.raw_contracts import RawContract, load_contracts
from pipeline.raw_files import RawFolder

EXAMPLES = 3
_MALFORMED = "malformed_line"


@dataclass(frozen=True)
class Example:
    """A row at fault: its file and number, and the cells concerned as the file has them.

    Of a line that does not split, `cells` has the line itself under no name.
    """

    file: str
    row_number: int
    cells: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class ReasonFound:
    """How many rows of a source bear a reason, and the first of them."""

    reason: str
    rows: int
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class SourceChecked:
    """The ends of a source's rows; `kept_rows` are in use."""

    source: str
    raw_rows: int
    kept_rows: int
    superseded_rows: int
    duplicate_rows: int
    quarantined_rows: int
    reasons: tuple[ReasonFound, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What was found in a raw folder; `failed_tests` are those that would stop a build."""

    as_of_date: str | None
    sources: tuple[SourceChecked, ...]
    failed_tests: frozenset[str] = field(default=frozenset())


def check_rows(warehouse: Path, models: Sequence[Model], folder: RawFolder) -> Checked:
    """Run the models on a landed folder and read what they found."""
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("set TimeZone = 'UTC'; set preserve_insertion_order = false")
        failed = frozenset(_run(connection, models))
        day = connection.execute("select as_of_date from intermediate.int_as_of").fetchone()
        sources = tuple(_Reading(connection, folder).sources())
    return Checked(str(day[0]) if day and day[0] else None, sources, failed)


def _run(connection: duckdb.DuckDBPyConnection, models: Sequence[Model]) -> Iterator[str]:
    """Make every model; names of the tests that fail."""
    for schema in ("staging", "intermediate", "quarantine", "marts"):
        connection.execute(f"create schema if not exists {schema}")
    for model in models:
        if model.kind == "test":
            if connection.execute(f"select 1 from ({model.sql}) limit 1").fetchone():
                yield model.name
        else:
            # Every source's rows are asked for by their ends, which are many times looked at.
            kind = "table" if model.name == ENDS_MODEL else model.kind
            connection.execute(f"create {kind} {model.relation} as {model.sql}")


class _Reading:
    """One warehouse in which the models have run."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: RawFolder) -> None:
        self._connection = connection
        self._files = {
            (source, file.relative): file
            for source, files in folder.files.items()
            for file in files
        }
        self._connected = [source for source in load_contracts() if source in folder.files]

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, list(values)).fetchall()

    def sources(self) -> Iterator[SourceChecked]:
        """Every connected source, in the order of the contracts."""
        raw = dict(self._rows("select source, raw_rows from intermediate.int_raw_rows_counted"))
        ends: dict[tuple[str, str], int] = {
            (source, end): count
            for source, end, count in self._rows(
                "select source, row_end, count(*) from intermediate.int_rows_ended"
                " where row_end <> 'staged' group by all"
            )
        }
        quarantined = dict(
            self._rows("select source, count(*) from intermediate.int_rows_quarantined group by 1")
        )
        for source in self._connected:
            total, held = int(raw.get(source, 0)), quarantined.get(source, 0)
            superseded, duplicate = (
                ends.get((source, end), 0) for end in ("superseded", "duplicate")
            )
            yield SourceChecked(
                source=source,
                raw_rows=total,
                kept_rows=total - held - superseded - duplicate,
                superseded_rows=superseded,
                duplicate_rows=duplicate,
                quarantined_rows=held,
                reasons=tuple(self._reasons(source)) if held else (),
            )

    def _reasons(self, source: str) -> Iterator[ReasonFound]:
        """Reasons of a source, the commonest first."""
        counts = self._rows(
            "select reason, count(*) from (select unnest(string_split(reasons, ',')) as reason"
            " from intermediate.int_rows_quarantined where source = ?)"
            " group by 1 order by 2 desc, 1",
            [source],
        )
        for reason, count in counts:
            rows = self._rows(
                "select source_file, source_row_number, coalesce(faulty_cells, '')"
                " from intermediate.int_rows_quarantined where source = ?"
                " and list_contains(string_split(reasons, ','), ?)"
                f" order by source_file, source_row_number limit {EXAMPLES}",
                [source, reason],
            )
            examples = [
                Example(file, number, tuple(self._cells(source, reason, file, number, faulty)))
                for file, number, faulty in rows
            ]
            yield ReasonFound(reason, count, tuple(examples))

    def _cells(
        self, source: str, reason: str, file: str, number: int, faulty: str
    ) -> Iterator[tuple[str, str | None]]:
        """Names and texts of the cells in which the reason shows."""
        if reason == _MALFORMED:
            (line,) = self._rows(
                "select line_text from raw.malformed_lines"
                " where source = ? and _file = ? and _row_number = ?",
                [source, file, number],
            )
            yield "", line[0]
            return
        contract = load_contracts()[source]
        read, written = self._row(contract, file, number)
        for name in shown_columns(reason, contract, faulty.split(), read):
            for shown in self._named(source, file, name):
                yield (
                    (f"{shown} ({name})" if shown != name else name),
                    written.get(shown, read.get(name)),
                )

    def _row(
        self, contract: RawContract, file: str, number: int
    ) -> tuple[dict[str, str | None], dict[str, str | None]]:
        """A row's cells under the contract's names, and the row as the file has it."""
        listed = ", ".join(f"cast({quoted(name)} as varchar)" for name in contract.column_names)
        (row,) = self._rows(
            f"select to_json(_raw_row)::varchar, {listed} from raw.{contract.source}"
            " where _file = ? and _row_number = ?",
            [file, number],
        )
        return dict(zip(contract.column_names, row[1:], strict=True)), json.loads(row[0])

    def _named(self, source: str, file: str, name: str) -> Sequence[str]:
        """The file's own columns behind a contract column; the same name without a mapping."""
        found = self._files.get((source, file))
        if isinstance(found, MappedFile):
            rule = next(rule for rule in found.entry.rules if rule.target == name)
            return rule.columns or (name,)
        return (name,)
