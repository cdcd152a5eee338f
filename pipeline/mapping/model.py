"""What a mapping says, once it has been read and found sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.csv_dialect import CsvDialect


@dataclass(frozen=True)
class ServerName:
    """A table or view of a PostgreSQL server; `database` None is the one of PGDATABASE."""

    schema: str
    identifier: str
    database: str | None = None

    @property
    def shown(self) -> str:
        """The name by which rows of the table are known."""
        return ".".join(filter(None, (self.database, self.schema, self.identifier)))


@dataclass(frozen=True)
class Origin:
    """Where rows come from: files by pattern, or a server table. `line` is that of the mapping.

    `encoding` and `delimiter` are None where the mapping leaves them to the file.
    """

    line: int
    patterns: tuple[str, ...] = ()
    table: ServerName | None = None
    file_type: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = '"'
    skip_lines: int = 0
    shared_name: str | None = None

    def dialect(self, encoding: str, file_name: str) -> CsvDialect:
        """How a CSV file of this origin is written."""
        usual = "\t" if file_name.lower().endswith((".tsv", ".tab")) else ","
        return CsvDialect(encoding, self.delimiter or usual, self.quote, self.skip_lines)


@dataclass(frozen=True)
class ColumnRule:
    """How the cells of one contract column are made; empty parts do nothing.

    Either `columns` (joined by `join` when there are several) or `constant`, or neither for a
    column that is left empty. `values` maps texts to final cells, `formats` are strptime codes,
    `unix` is the count of units in a second, `shift` the power of ten to divide by.
    `is_implicit`: the mapping does not name the column, the file may have it under its own name.
    """

    target: str
    type: str
    line: int
    columns: tuple[str, ...] = ()
    join: str = ""
    constant: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    formats: tuple[str, ...] = ()
    time_zone: str | None = None
    unix: int | None = None
    is_inclusive: bool = False
    decimal_mark: str | None = None
    thousands_mark: str | None = None
    shift: int = 0
    strip: tuple[str, ...] = ()
    prefix: str = ""
    suffix: str = ""
    is_implicit: bool = False


@dataclass(frozen=True)
class Condition:
    """Rows are kept whose cell is one of `texts`, or with `is_kept` false those whose is not."""

    line: int
    column: str
    texts: tuple[str, ...]
    is_kept: bool


@dataclass(frozen=True)
class Entry:
    """One way into one source: an origin, a rule per contract column, conditions that all hold.

    `place` counts the entries of the source from 1. `is_confirmed` false: `make map` guessed it and
    nobody has said yet that it is right.
    """

    source: str
    place: int
    line: int
    origin: Origin
    rules: tuple[ColumnRule, ...]
    conditions: tuple[Condition, ...] = ()
    is_confirmed: bool = True

    def named_columns(self) -> Sequence[tuple[str, int]]:
        """Columns of the origin that the mapping names, with the lines where it does."""
        named = [(name, rule.line) for rule in self.rules for name in rule.columns
                 if not rule.is_implicit]  # fmt: skip
        return named + [(condition.column, condition.line) for condition in self.conditions]


@dataclass(frozen=True)
class Mapping:
    """A whole mapping file; `checksum` is that of its text."""

    path: Path
    checksum: str
    entries: tuple[Entry, ...] = field(default=())

    @property
    def sources(self) -> set[str]:
        """The sources that the mapping speaks of."""
        return {entry.source for entry in self.entries}
