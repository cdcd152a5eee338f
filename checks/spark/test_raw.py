"""The raw layer shows on Spark the same rows, cells and texts as on DuckDB."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from checks.raw.folders import REQUEST, required_folder, write_csv, write_parquet
from checks.spark.session import Session
from pipeline.console import Console
from pipeline.options import Options
from pipeline.spark.engine import SparkEngine

pytestmark = pytest.mark.spark
NOON = datetime(2025, 12, 31, 12, 0, 0, 123450)
FLOATS = [
    *(0.0, -0.0, 1.0, -2.5, 0.1, 1 / 3, 1e-5, -1.5e-7, 1e7, 123456789.125, 1e15, 1e16, 1.5e21),
    *(2e23, 1.7976931348623157e308, 9007199254740993.0, 4.35, 0.3, 2.2250738585072014e-308),
    *(math.nan, math.inf, -math.inf, None, 100.0, 1234.5678, 5e-324 * 2**60, 8.41e21, 2.0e-3),
]


def csv_texts(folder: Path) -> None:
    """Every character that JSON may escape, names that SQL must quote, and malformed lines."""
    header = 'contract_id,contract_line_id,a.b,c`d,"e,f",g h,it\'s,back\\slash,値,UPPER,upper'
    odd = "".join(map(chr, [*range(1, 10), 11, 12, *range(14, 32), 127, 0x80, 0x2028, 0xFFFD]))
    lines = [header, f'C1,L1,"{odd}","q""q","n\nl",\\,/,é,😀,1,2', "C2,L2,,,,,,,,,", "broken", ""]
    (folder / "contracts.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def parquet_types(folder: Path) -> None:
    """Each type that is read in place, in columns of the contract and in others."""
    count = len(FLOATS)
    write_parquet(
        folder / "contracts" / "a file+%20.parquet",
        {
            "contract_line_id": pa.array(range(count), pa.int64()),
            "contract_id": pa.array([f"C{n}" for n in range(count)]),
            "unit_price": pa.array(FLOATS, pa.float64()),
            "quantity": pa.array([Decimal(n - 3).scaleb(-8) for n in range(count)]),
            "discount_pct": pa.array(FLOATS, pa.float32()),
            "interval_count": pa.array([n % 100 for n in range(count)], pa.uint8()),
            "start_date": pa.array([date(2025, 1, 1)] * count),
            "end_date": pa.array([NOON] * count, pa.timestamp("us")),
            "is_auto_renew": pa.array([n % 2 == 0 for n in range(count)]),
            "signed_at": pa.array(
                [NOON.replace(tzinfo=UTC)] * count, pa.timestamp("ms", "Asia/Tokyo")
            ),
            "updated_at": pa.array([NOON] * count, pa.timestamp("ms")),
            "big": pa.array([2**63 + n for n in range(count)], pa.uint64()),
            "small": pa.array([-n for n in range(count)], pa.int8()),
            "nothing": pa.nulls(count),
        },
    )


def parquet_landed(folder: Path) -> None:
    """Types and names that Spark cannot show as DuckDB does."""
    write_parquet(
        folder / "contracts" / "b:c.parquet",
        {
            "contract_line_id": pa.array(["L1", None]),
            "CONTRACT_LINE_ID": pa.array(["other", "case"]),
            "updated_at": pa.array([NOON, None], pa.timestamp("ns")),
            "unit_price": pa.array([0.1, 1e-9]),
            "at": pa.array([time(1, 2, 3), None]),
            "list": pa.array([[1, 2], None]),
            "bytes": pa.array([b"\x00a", None]),
            "wide": pa.array([Decimal("0.5").scaleb(-37), None], pa.decimal128(38, 38)),
        },
    )


def parquet_legacy(folder: Path) -> None:
    """Timestamps of 96 bits, as Spark itself wrote them for long."""
    table = pa.table(
        {"contract_line_id": ["L1"], "updated_at": pa.array([NOON]), "signed_at": [NOON]}
    )
    path = folder / "contracts" / "legacy.parquet"
    path.parent.mkdir()
    pq.write_table(table, path, use_deprecated_int96_timestamps=True)


def parquet_partitions(folder: Path) -> None:
    """Folders of a partition, one of them null, with values that paths must encode."""
    for value in ("EUR", "a%20b%2Bc", "__HIVE_DEFAULT_PARTITION__"):
        for number in (1, 2):
            write_parquet(
                folder / "contracts" / f"currency={value}" / f"part {number}.parquet",
                {"contract_line_id": [f"{value}{number}", "x"], "unit_price": [1, 2]},
            )
    write_parquet(folder / "contracts" / "_hidden" / "x.parquet", {"contract_line_id": ["no"]})


def mixed_files(folder: Path) -> None:
    """Files of one source that agree neither on format, nor on columns, nor on types."""
    write_csv(folder / "contracts" / "1.csv", [{"contract_line_id": "L1", "unit_price": "7"}])
    write_csv(folder / "contracts" / "2.csv", [{"contract_line_id": "L2", "quantity": "7"}])
    write_parquet(folder / "contracts" / "3.PARQUET", {"contract_line_id": [3], "quantity": [1.5]})
    write_parquet(
        folder / "contracts" / "{4,[5]}.parquet", {"contract_line_id": [4], "quantity": [2]}
    )


def mapped_files(folder: Path) -> None:
    """Files of two shapes that a mapping reads, with every character that JSON may escape."""
    odd = "".join(map(chr, [*range(1, 10), 11, 12, *range(14, 32), 127, 0x80, 0x2028, 0xFFFD]))
    text = f'契約;a.b;金額\nK1;"{odd}";1.234,5\nK2;"q""q";x\nbroken\n'
    (folder / "verträge.csv").write_text(text, encoding="utf-8")
    columns = {"No": [1, 2], "price": [0.1, None], "at": pa.array([NOON, None])}
    write_parquet(folder / "lines.parquet", columns)
    (folder / "mapping.yml").write_text(
        "sources: {contracts: ["
        '{file: verträge.csv, delimiter: ;, decimal_mark: ",", thousands_mark: .,'
        " columns: {contract_line_id: 契約, contract_id: {value: C}, account_id: {value: A1},"
        " product_id: a.b, unit_price: 金額}},"
        "{file: lines.parquet, time_zone: Asia/Tokyo,"
        " columns: {contract_line_id: No, unit_price: price, updated_at: at}}]}",
        encoding="utf-8",
    )


FOLDERS = [
    csv_texts,
    parquet_types,
    parquet_landed,
    parquet_legacy,
    parquet_partitions,
    mixed_files,
    mapped_files,
]


def land(session: Session, raw: Path, out: Path) -> None:
    """Land a folder, and make its raw layer in the session."""
    out.mkdir()
    engine = SparkEngine(Options(out=out, raw=raw, target="spark"), Console(out / "log", 1))
    engine.land(raw, REQUEST)
    catalog = f"from '{out / 'spark' / 'catalog.parquet'}' order by place"
    session.execute(row[1] for row in duckdb.execute(catalog).fetchall())


@pytest.mark.parametrize("write", FOLDERS)
def test_rows_are_shown_alike(
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[Path], None],
) -> None:
    monkeypatch.setenv("CSW_SPARK_PARTITIONS", "1")
    raw, out = tmp_path / "raw 'files'", tmp_path / "out"
    required_folder(raw, without=["contracts"])
    write(raw)
    land(session, raw, out)
    with duckdb.connect(str(out / "warehouse.duckdb"), read_only=True) as file:
        file.execute("set TimeZone = 'UTC'")
        names = [row[0] for row in file.execute("describe raw.contracts").fetchall()]
        listed = ", ".join(f"cast({name} as varchar) as {name}" for name in names[:-1])
        ours = f"select {listed}, cast(to_json(_raw_row) as varchar) as _raw_row from raw.contracts"
        theirs = f"select {listed}, _raw_row from '{session.answer('select * from raw.contracts')}'"
        rows = [file.execute(f"from ({sql}) order by all").fetchall() for sql in (ours, theirs)]
        assert len(rows[0]) == len(rows[1]) > 0
        pairs = [
            (name, our, their)
            for our_row, their_row in zip(*rows, strict=True)
            for name, our, their in zip(names, our_row, their_row, strict=True)
        ]
        assert [pair for pair in pairs if pair[1] != pair[2]][:5] == []


def test_parquet_is_read_where_it_lies(session: Session, tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    required_folder(raw, without=["contracts"])
    parquet_types(raw)
    land(session, raw, out)
    assert list((out / "landed").glob("contracts/*")) == []


def test_what_describes_the_files_is_shown_too(session: Session, tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    required_folder(raw, without=["contracts"])
    csv_texts(raw)
    land(session, raw, out)
    with duckdb.connect(str(out / "warehouse.duckdb"), read_only=True) as file:
        for name in ("malformed_lines", "source_files", "source_status", "build_request"):
            answer = session.answer(f"select * from raw.{name}")
            ours = file.execute(f"from raw.{name} order by all").fetchall()
            assert ours == file.execute(f"from '{answer}' order by all").fetchall() != []
