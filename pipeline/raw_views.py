"""SQL of the views in schema `raw`: one per source, every column of its contract."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.cell_types import TEXT, as_read, as_text, is_readable, quoted
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

    `file` and `row_number` are SQL expressions over the scan.
    """

    scan: str
    columns: tuple[PartColumn, ...]
    file: str
    row_number: str

    def column(self, contract_column: RawColumn) -> PartColumn | None:
        """The part's column of that very name, None where there is none that can be read."""
        for column in self.columns:
            if column.name == contract_column.name:
                readable = is_readable(contract_column.type, column.native)
                return column if readable and not column.is_empty else None
        return None


def _shown_type(column: RawColumn, parts: list[Part]) -> str:
    """Type of a contract column in the view: native where all parts agree on it, else text."""
    found = [part.column(column) for part in parts]
    types = {as_read(column.type, part.reference, part.native)[1] for part in found if part}
    return types.pop() if len(types) == 1 else TEXT


def _cell(column: RawColumn, part: Part, shown_type: str) -> str:
    """SQL of one contract column over one part."""
    found = part.column(column)
    if found is None:
        return f"cast(null as {shown_type})"
    expression, native = as_read(column.type, found.reference, found.native)
    return expression if native == shown_type else as_text(found.reference, found.native)


def _raw_row_fields(part: Part, contract: RawContract) -> list[tuple[str, str]]:
    """Names and SQL texts of all cells of a part's row, in header order."""
    names = distinct_names((column.name for column in part.columns), contract.column_names)
    cells = [as_text(column.reference, column.native) for column in part.columns]
    return list(zip(names, cells, strict=True))


def _select(
    part: Part, contract: RawContract, shown_types: dict[str, str], rows_as_json: bool
) -> str:
    """SQL of one part's share of the view."""
    cells = [
        f"{_cell(column, part, shown_types[column.name])} as {quoted(column.name)}"
        for column in contract.columns
    ]
    fields = [f"{quoted(name)} := {cell}" for name, cell in _raw_row_fields(part, contract)]
    raw_row = f"struct_pack({', '.join(fields)})"
    cells += [
        f"{part.file} as _file",
        f"{part.row_number} as _row_number",
        "cast(null as timestamp) as _loaded_at",
        f"to_json({raw_row}) as _raw_row" if rows_as_json else f"{raw_row} as _raw_row",
    ]
    listed = ",\n    ".join(cells)
    return f"select\n    {listed}\nfrom {part.scan}"


def _empty_part(contract: RawContract) -> Part:
    """Stands in for the files of a source that is not connected."""
    columns = tuple(
        PartColumn(name, "cast(null as varchar)", TEXT) for name in contract.column_names
    )
    nothing = "(select 1 as nothing) as nothing where false"
    return Part(nothing, columns, "cast(null as varchar)", "cast(null as bigint)")


def view_sql(contract: RawContract, parts: list[Part], name: str) -> str:
    """SQL that makes the view `name` of a source; an empty relation where it has no part.

    `_raw_row` is a struct of texts; where headers differ between parts it is JSON, since one
    struct for all would show cells that a row's own header does not have.
    """
    parts = parts or [_empty_part(contract)]
    shown_types = {column.name: _shown_type(column, parts) for column in contract.columns}
    headers = {tuple(name for name, _ in _raw_row_fields(part, contract)) for part in parts}
    selects = [_select(part, contract, shown_types, len(headers) > 1) for part in parts]
    return f"create or replace view raw.{quoted(name)} as\n" + "\nunion all\n".join(selects)
