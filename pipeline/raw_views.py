"""SQL of the views in schema `raw`: one per source, every column of its contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cell_types import TEXT, ZONED, as_text, is_readable, quoted, read_type
from pipeline.csv_landing import distinct_names
from pipeline.raw_contracts import RawColumn, RawContract


@dataclass(frozen=True)
class PartColumn:
    """A column of a part: name in the header, SQL reference and native type.

    `is_empty` says that it is known to hold nothing but null.
    """

    name: str
    reference: str
    native: str
    is_empty: bool = False


@dataclass(frozen=True)
class Part:
    """Files of one source that share a header: how to scan them and what is in them.

    `file` and `row_number` are SQL expressions over the scan, and so is `raw_row`, which names the
    row as JSON where it is not made of the columns.
    """

    scan: str
    columns: tuple[PartColumn, ...]
    file: str
    row_number: str
    raw_row: str | None = None

    def column(self, contract_column: RawColumn) -> PartColumn | None:
        """The part's column of that very name, None where there is none that can be read."""
        for column in self.columns:
            if column.name == contract_column.name:
                readable = is_readable(contract_column.type, column.native)
                return column if readable and not column.is_empty else None
        return None


class Dialect:
    """How an engine writes what the views need; this one is DuckDB.

    Types are named as DuckDB names them.
    """

    def quoted(self, name: str) -> str:
        """A column name."""
        return quoted(name)

    def type_name(self, native: str) -> str:
        """A type."""
        return native

    def shown_type(self, native: str) -> str:
        """Type as which a column that could keep a native type is shown: that, or text."""
        return native

    def as_text(self, expression: str, native: str) -> str:
        """A native value as text."""
        return as_text(expression, native)

    def in_utc(self, expression: str) -> str:
        """A moment with a zone as a timestamp in UTC."""
        return f"({expression} at time zone 'UTC')"

    def written_row(self, reference: str) -> str:
        """The column `_raw_row` where the row is there as JSON text."""
        return f"cast({reference} as json)"

    def raw_row(self, fields: Sequence[tuple[str, str]], as_json: bool) -> str:
        """The column `_raw_row` of names and texts of cells.

        A struct, which is made JSON for the few rows that are shown; JSON at once where the
        headers of a source differ, since one struct for all would show cells that a row's own
        header does not have.
        """
        struct = ", ".join(f"{self.quoted(name)} := {cell}" for name, cell in fields)
        return f"to_json(struct_pack({struct}))" if as_json else f"struct_pack({struct})"


class _SourceView:
    """The view of one source on one engine."""

    def __init__(self, contract: RawContract, parts: list[Part], dialect: Dialect) -> None:
        self.contract = contract
        self.dialect = dialect
        self.parts = parts or [self._empty_part()]
        self._shown_types = {column.name: self._shown_type(column) for column in contract.columns}

    def _empty_part(self) -> Part:
        """Stands in for the files of a source that is not connected."""
        text = self.dialect.type_name(TEXT)
        columns = tuple(
            PartColumn(name, f"cast(null as {text})", TEXT) for name in self.contract.column_names
        )
        nothing = "(select 1 as nothing) as nothing where false"
        return Part(nothing, columns, f"cast(null as {text})", "cast(null as bigint)")

    def _shown_type(self, column: RawColumn) -> str:
        """Type of a contract column in the view: native where all parts agree on it, else text."""
        found = [part.column(column) for part in self.parts]
        natives = {read_type(column.type, part.native) for part in found if part}
        types = {self.dialect.shown_type(native) for native in natives}
        return types.pop() if len(types) == 1 else TEXT

    def _cell(self, column: RawColumn, part: Part) -> str:
        """SQL of one contract column over one part."""
        shown = self._shown_types[column.name]
        found = part.column(column)
        if found is None:
            return f"cast(null as {self.dialect.type_name(shown)})"
        if shown == TEXT:
            return self.dialect.as_text(found.reference, found.native)
        if found.native == shown:
            return found.reference
        if found.native == ZONED:
            return self.dialect.in_utc(found.reference)
        return f"cast({found.reference} as {self.dialect.type_name(shown)})"

    def _fields(self, part: Part) -> list[tuple[str, str]]:
        """Names and SQL texts of all cells of a part's row, in header order."""
        names = distinct_names((column.name for column in part.columns), self.contract.column_names)
        cells = [self.dialect.as_text(column.reference, column.native) for column in part.columns]
        return list(zip(names, cells, strict=True))

    def _raw_row(self, part: Part, as_json: bool) -> str:
        """SQL of the row as the user wrote it."""
        if part.raw_row is not None:
            return self.dialect.written_row(part.raw_row)
        return self.dialect.raw_row(self._fields(part), as_json)

    def _select(self, part: Part, rows_as_json: bool) -> str:
        """SQL of one part's share of the view."""
        cells = [
            f"{self._cell(column, part)} as {self.dialect.quoted(column.name)}"
            for column in self.contract.columns
        ]
        cells += [
            f"{part.file} as _file",
            f"{part.row_number} as _row_number",
            "cast(null as timestamp) as _loaded_at",
            f"{self._raw_row(part, rows_as_json)} as _raw_row",
        ]
        listed = ",\n    ".join(cells)
        return f"select\n    {listed}\nfrom {part.scan}"

    def sql(self, name: str) -> str:
        """The statement that makes the view under a name."""
        headers = {tuple(name for name, _ in self._fields(part)) for part in self.parts}
        as_json = len(headers) > 1 or any(part.raw_row for part in self.parts)
        selects = [self._select(part, as_json) for part in self.parts]
        view = f"raw.{self.dialect.quoted(name)}"
        return f"create or replace view {view} as\n" + "\nunion all\n".join(selects)


def view_sql(
    contract: RawContract,
    parts: list[Part],
    dialect: Dialect | None = None,
    name: str | None = None,
) -> str:
    """SQL that makes the view of a source; an empty relation where it has no part.

    `name` is that of the view when it is not the source's.
    """
    return _SourceView(contract, parts, dialect or Dialect()).sql(name or contract.source)
