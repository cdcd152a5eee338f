"""Arrow columns from numpy arrays: decimals without floats, ids, choices, missing values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.schemas import SCHEMAS

NO_TIME = np.iinfo(np.int64).max


def decimals(unscaled: np.ndarray, kind: pa.Decimal128Type) -> pa.Array:
    """Decimal column from int64 values in units of the last decimal place."""
    values = np.asarray(unscaled, dtype=np.int64)
    halves = np.empty((len(values), 2), dtype=np.int64)
    halves[:, 0] = values
    halves[:, 1] = np.where(values < 0, -1, 0)
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(halves.tobytes())])


def moments(values: np.ndarray, known: np.ndarray | None = None) -> pa.Array:
    """Timestamp column from microseconds; null where not `known` or where the value is NO_TIME."""
    missing = values == NO_TIME
    if known is not None:
        missing = missing | ~known
    return pa.array(np.where(missing, 0, values), mask=missing).cast(pa.timestamp("us"))


def days(values: np.ndarray, known: np.ndarray | None = None) -> pa.Array:
    """Date column from day numbers, null where not `known`."""
    mask = None if known is None else ~known
    return pa.array(values.astype(np.int32), mask=mask).cast(pa.date32())


def ids(prefix: str, numbers: np.ndarray, width: int) -> pa.Array:
    """Text ids such as `T0000042`."""
    digits = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, padding="0")
    return pc.binary_join_element_wise(prefix, digits, "")


def choices(names: Sequence[str | None], picks: np.ndarray) -> pa.Array:
    """Text column that takes `names[pick]` for each pick."""
    return pa.array(list(names), type=pa.string()).take(pa.array(picks))


def weighted(rng: np.random.Generator, size: int, weights: Sequence[float]) -> np.ndarray:
    """`size` draws of positions with the given weights."""
    edges = np.cumsum(np.asarray(weights, dtype=float))
    return np.searchsorted(edges / edges[-1], rng.random(size), side="right").clip(
        0, len(edges) - 1
    )


def only(column: pa.Array, known: np.ndarray) -> pa.Array:
    """The column with nulls where not `known`."""
    return pc.if_else(pa.array(known), column, pa.scalar(None, column.type))


def table(source: str, columns: dict[str, pa.Array | np.ndarray | list]) -> pa.Table:
    """A table of one source with its exact columns, order and types."""
    schema = SCHEMAS[source]
    arrays = []
    for field in schema:
        column = columns[field.name]
        array = column if isinstance(column, (pa.Array, pa.ChunkedArray)) else pa.array(column)
        if pa.types.is_date32(field.type) and pa.types.is_int64(array.type):
            array = array.cast(pa.int32())
        arrays.append(array if array.type == field.type else array.cast(field.type))
    return pa.table(arrays, schema=schema)
