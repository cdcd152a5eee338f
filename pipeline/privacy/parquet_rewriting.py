"""Takes a person out of a Parquet file; every other cell, type and row group stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.failure import BuildFailure
from pipeline.privacy.person import Person, SourceColumns, forgotten_cell
from pipeline.privacy.reading import Reading
from pipeline.raw_files import RawFile


def rows_of(path: Path, names: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Some columns of a file as text, row by row; null is empty."""
    with pq.ParquetFile(path) as parquet:
        kept = [name for name in names if name in parquet.schema_arrow.names]
        for batch in parquet.iter_batches(columns=kept):
            table = pa.Table.from_batches([batch])
            texts = [_texts(table.column(name)).to_pylist() for name in kept]
            for cells in zip(*texts, strict=True):
                yield dict(zip(kept, [cell or "" for cell in cells], strict=True))


def count_rows(file: RawFile, person: Person, reading: Reading | None = None) -> int:
    """How many rows would be others than before; BuildFailure for a key that cannot be replaced."""
    return sum(count for _, count in _groups(file, person, reading or Reading.of([file])))


def rewrite(file: RawFile, target: Path, person: Person, reading: Reading | None = None) -> None:
    """Write the file without the person."""
    reading = reading or Reading.of([file])
    with pq.ParquetFile(file.path) as parquet:
        metadata, schema = parquet.metadata, parquet.schema_arrow
        physical = {parquet.schema.column(place).physical_type for place in range(len(schema))}
    compression = "snappy"
    if metadata.num_row_groups and metadata.num_columns:
        compression = metadata.row_group(0).column(0).compression.lower()
    writer = pq.ParquetWriter(
        target,
        schema,
        compression="none" if compression == "uncompressed" else compression,
        use_deprecated_int96_timestamps="INT96" in physical,
    )
    with writer:
        for table, _ in _groups(file, person, reading):
            writer.write_table(table, row_group_size=max(table.num_rows, 1))


def _groups(file: RawFile, person: Person, reading: Reading) -> Iterator[tuple[pa.Table, int]]:
    """Each row group without the person, and how many of its rows are others than before."""
    with pq.ParquetFile(file.path) as parquet:
        columns = reading.columns(parquet.schema_arrow.names)
        for place in range(parquet.metadata.num_row_groups):
            yield _forgotten_table(file, parquet.read_row_group(place), columns, person)


def _forgotten_table(
    file: RawFile, table: pa.Table, columns: SourceColumns, person: Person
) -> tuple[pa.Table, int]:
    """A table without the person, and how many of its rows are others than before."""
    theirs: set[int] = set()
    for name in columns.keys:
        same = pc.equal(pc.utf8_trim_whitespace(_texts(table.column(name))), person.user_id)
        theirs |= set(_places(same))
    changed: set[int] = set()
    for number, field in enumerate(table.schema):
        places = _places_of(table.column(number), field, columns, person, theirs)
        if not places:
            continue

        def replaced(cell: str, place: int, name: str = field.name) -> str:
            return forgotten_cell(person, columns, name, cell, place in theirs)

        array = _with_cells(file, table.column(number), field, places, replaced)
        changed |= set(places)
        table = table.set_column(number, field, array)
    return table, len(changed)


def _places_of(
    column: pa.ChunkedArray,
    field: pa.Field,
    columns: SourceColumns,
    person: Person,
    theirs: set[int],
) -> list[int]:
    """Rows in which the column says something of the person."""
    if field.name in columns.keys:
        same = pc.equal(pc.utf8_trim_whitespace(_texts(column)), person.user_id)
        return _places(same)
    found: set[int] = set()
    if field.name in columns.free and theirs:
        valid = set(_places(pc.is_valid(column)))
        found |= theirs & valid
    if _is_text(field.type):
        texts = _texts(column)
        sought = list(person.emails)
        sought += [person.user_id] if field.name in columns.free else []
        for text in sought:
            near = _places(pc.match_substring(texts, text, ignore_case=text in person.emails))
            for place in near:
                cell = texts[place].as_py()
                if forgotten_cell(person, columns, field.name, cell, False) != cell:
                    found.add(place)
    return sorted(found)


def _with_cells(
    file: RawFile,
    column: pa.ChunkedArray,
    field: pa.Field,
    places: list[int],
    replaced: Callable[[str, int], str],
) -> pa.Array:
    """The column with other cells at some places: null instead of an empty text."""
    plain = column.combine_chunks()
    if pa.types.is_dictionary(plain.type):
        plain = plain.dictionary_decode()
    texts = _texts(column) if _has_key(field.type) else None
    cells = plain.to_pylist()
    try:
        for place in places:
            text = replaced(texts[place].as_py() if texts is not None else "", place)
            if text:
                cells[place] = pa.array([text]).cast(plain.type)[0].as_py()
            else:
                cells[place] = None if field.nullable else _empty(file, field)
        array = pa.array(cells, plain.type)
    except (pa.ArrowInvalid, OverflowError) as error:
        raise BuildFailure(
            f"{file.relative}: the column {field.name} ({field.type}) has no room for another key."
        ) from error
    return array.dictionary_encode().cast(field.type) if array.type != field.type else array


def _empty(file: RawFile, field: pa.Field) -> str:
    """What stands for nothing in a column without nulls."""
    if not _is_text(field.type):
        raise BuildFailure(f"{file.relative}: the column {field.name} cannot be emptied.")
    return ""


def _value_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _has_key(kind: pa.DataType) -> bool:
    """Whether a key of a person can stand in a column."""
    value = _value_type(kind)
    is_number = pa.types.is_integer(value) or pa.types.is_floating(value)
    return _is_text(kind) or is_number or pa.types.is_decimal(value)


def _is_text(kind: pa.DataType) -> bool:
    """Whether a column holds text."""
    kind = _value_type(kind)
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or kind == pa.string_view()


def _texts(column: pa.ChunkedArray) -> pa.Array:
    """A column of texts or numbers as text."""
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    return array.cast(pa.string())


def _places(mask: pa.Array) -> list[int]:
    """Where a mask is true."""
    return pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()
