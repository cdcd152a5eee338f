"""A person leaves a Parquet file; types, row groups and the cells of others stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.failure import BuildFailure
from pipeline.privacy.parquet_rewriting import count_rows, rewrite
from pipeline.privacy.person import Person
from pipeline.raw_files import RawFile

TEXT = pa.string()
PERSON = Person("U1", "forgotten-1", emails=frozenset({"ann@example.com"}))


def rewritten(
    folder: Path, source: str, table: pa.Table, person: Person = PERSON, **options: Any
) -> tuple[int, pq.ParquetFile]:
    """How many rows changed, and the file without the person."""
    path, target = folder / f"{source}.parquet", folder / "target.parquet"
    pq.write_table(table, path, **options)
    file = RawFile(source, path, path.name, "parquet", ())
    count = count_rows(file, person)
    rewrite(file, target, person)
    return count, pq.ParquetFile(target)


def users(kind: pa.DataType = TEXT) -> pa.Table:
    """Three people, one of them U1."""
    return pa.table(
        {
            "user_id": pa.array(["U1", "U10", None], kind),
            "email": pa.array(["ann@example.com", "cc ANN@example.com", "bo@x.org"], kind),
            "role": pa.array(["member", "U1", None], kind),
            "age": pa.array([31, 32, None], pa.int32()),
        }
    )


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())]
)
def test_a_persons_cells_change_and_no_other(tmp_path: Path, kind: pa.DataType) -> None:
    count, file = rewritten(tmp_path, "users", users(kind))
    assert count == 2
    assert file.schema_arrow == users(kind).schema
    assert file.read().to_pylist() == [
        {"user_id": "forgotten-1", "email": None, "role": "member", "age": None},
        {"user_id": "U10", "email": "cc [forgotten]", "role": "U1", "age": 32},
        {"user_id": None, "email": "bo@x.org", "role": None, "age": None},
    ]
    assert b"ann@example.com" not in (tmp_path / "target.parquet").read_bytes().lower()


@pytest.mark.parametrize("compression", ["snappy", "zstd", "none", "gzip"])
def test_row_groups_and_compression_stay(tmp_path: Path, compression: str) -> None:
    table = pa.concat_tables([users(), users()])
    _, file = rewritten(tmp_path, "users", table, row_group_size=2, compression=compression)
    groups = [file.metadata.row_group(n) for n in range(file.metadata.num_row_groups)]
    assert [group.num_rows for group in groups] == [2, 2, 2]
    before = pq.ParquetFile(tmp_path / "users.parquet").metadata.row_group(0).column(0)
    assert groups[0].column(0).compression == before.compression


@pytest.mark.parametrize("kind", [pa.int32(), pa.decimal128(18, 0), pa.float64()])
def test_a_number_gives_way_to_a_number(tmp_path: Path, kind: pa.DataType) -> None:
    table = pa.table(
        {
            "login_id": ["7", "8"],
            "user_id": pa.array([7, 77], pa.int32()).cast(kind),
            "result": ["7", "7"],
        }
    )
    count, file = rewritten(tmp_path, "logins", table, Person("7", "123456789"))
    assert count == 1
    assert file.read().column("user_id").to_pylist() == [123456789, 77]
    assert file.read().column("login_id").to_pylist() == ["7", "8"]


def test_a_column_without_room_for_another_key_is_refused(tmp_path: Path) -> None:
    table = pa.table({"login_id": ["1"], "user_id": pa.array([7], pa.int8())})
    with pytest.raises(BuildFailure, match=r"logins\.parquet: the column user_id \(int8\)"):
        rewritten(tmp_path, "logins", table, Person("7", "123456789"))


def test_a_file_without_them_counts_nothing(tmp_path: Path) -> None:
    count, file = rewritten(tmp_path, "users", users().slice(2))
    assert count == 0
    assert file.read() == users().slice(2)


def test_a_file_without_rows_stays_one(tmp_path: Path) -> None:
    count, file = rewritten(tmp_path, "users", users().slice(3))
    assert (count, file.metadata.num_rows) == (0, 0)
