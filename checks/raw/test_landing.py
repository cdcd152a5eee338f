"""What landing makes of a raw folder: views, side tables, text columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.raw.folders import (
    PLAIN_ROWS,
    column_types,
    contract_row,
    land_folder,
    query,
    required_folder,
    write_csv,
)
from pipeline.raw_contracts import load_contracts

LINEAGE = ("_file", "_row_number", "_loaded_at", "_raw_row")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory):
    """The required sources alone, a row each, under a path that needs care."""
    raw_dir = tmp_path_factory.mktemp("plain") / "raw [1] 日本's * ä=b"
    raw_dir.mkdir()
    return land_folder(required_folder(raw_dir))


@pytest.mark.parametrize("source", load_contracts())
def test_every_source_has_a_view_with_the_columns_of_its_contract(plain, source):
    contract = load_contracts()[source]
    assert tuple(column_types(plain, source)) == contract.column_names + LINEAGE


def test_a_source_without_a_file_is_an_empty_relation(plain):
    assert query(plain, "select count(*) from raw.surveys") == [(0,)]
    assert query(plain, "select is_connected from raw.source_status where source = 'surveys'") == [
        (False,)
    ]


def test_every_source_has_its_status(plain):
    connected = query(plain, "select source from raw.source_status where is_connected")
    assert {source for (source,) in connected} == set(PLAIN_ROWS)
    assert query(plain, "select count(*) from raw.source_status") == [(len(load_contracts()),)]


def test_a_missing_optional_column_is_null(plain):
    assert query(plain, "select country, _loaded_at from raw.accounts") == [(None, None)]


def test_the_request_is_kept_with_the_raw_rows(plain):
    rows = query(plain, "select build_id, built_at::varchar, git_commit from raw.build_request")
    assert rows == [("b1", "2025-12-31 12:00:00", "abc")]


def test_csv_cells_are_text_and_empty_ones_null(tmp_path):
    raw_dir = required_folder(tmp_path / "raw")
    (raw_dir / "products.csv").write_text('product_id,product_name\n P1 ,""\n"1,000",x\n')
    result = land_folder(raw_dir)
    rows = query(result, "select product_id, product_name from raw.products order by _row_number")
    assert rows == [(" P1 ", None), ("1,000", "x")]
    assert column_types(result, "products")["is_seat_based"] == "VARCHAR"


def test_row_numbers_count_malformed_lines_but_no_blank_ones(tmp_path):
    raw_dir = required_folder(tmp_path / "raw")
    (raw_dir / "products.csv").write_text("product_id,product_name\n\nP1,a\nP2\n\nP3,c\n\n")
    result = land_folder(raw_dir)
    rows = query(result, "select _file, _row_number, product_id from raw.products order by all")
    assert rows == [("products.csv", 1, "P1"), ("products.csv", 3, "P3")]
    assert query(result, "from raw.malformed_lines") == [("products", "products.csv", 2, "P2")]


def test_every_record_of_a_file_is_counted_once(tmp_path):
    raw_dir = required_folder(tmp_path / "raw")
    text = "product_id,product_name,colour\nP1,a,red\nP2\nP3,c,\n"
    (raw_dir / "products.csv").write_text(text)
    columns = "file_format, row_count, malformed_count, unknown_columns, missing_columns"
    result = land_folder(raw_dir)
    rows = query(result, f"select {columns} from raw.source_files where source = 'products'")
    assert rows == [("csv", 2, 1, "colour", "family,is_seat_based")]
    products = result.sources["products"]
    assert (products.file_count, products.row_count, products.malformed_count) == (1, 2, 1)


def test_the_raw_row_has_all_cells_in_header_order(tmp_path):
    raw_dir = required_folder(tmp_path / "raw")
    text = 'zebra,product_name,product_id\n"a ""b""",名,P1\n,x,P2\n'
    (raw_dir / "products.csv").write_text(text, encoding="utf-8")
    rows = query(land_folder(raw_dir), "select to_json(_raw_row)::varchar from raw.products")
    assert rows == [
        ('{"zebra":"a \\"b\\"","product_name":"名","product_id":"P1"}',),
        ('{"zebra":null,"product_name":"x","product_id":"P2"}',),
    ]


def test_a_raw_row_has_the_cells_of_its_own_file_only(tmp_path):
    raw_dir = required_folder(tmp_path / "raw")
    write_csv(raw_dir / "products" / "a.csv", [{"product_id": "P1", "product_name": "a"}])
    write_csv(raw_dir / "products" / "b.csv", [{"product_name": "b", "product_id": "P2", "x": "1"}])
    rows = query(land_folder(raw_dir), "select to_json(_raw_row)::varchar from raw.products")
    assert sorted(rows) == [
        ('{"product_id":"P1","product_name":"a"}',),
        ('{"product_name":"b","product_id":"P2","x":"1"}',),
    ]


def test_names_that_differ_in_case_only_do_not_get_mixed_up(tmp_path):
    raw_dir = required_folder(tmp_path / "raw")
    row = {"Product_ID": "other", "product_id": "P1", "product_name": "a", "_file": "mine"}
    write_csv(raw_dir / "products.csv", [row])
    rows = query(
        land_folder(raw_dir),
        "select product_id, _file, to_json(_raw_row)::varchar from raw.products",
    )
    raw_row = '{"Product_ID_2":"other","product_id":"P1","product_name":"a","_file_2":"mine"}'
    assert rows == [("P1", "products.csv", raw_row)]


def test_a_column_in_the_wrong_case_is_not_taken_for_the_contracts(tmp_path):
    raw_dir = required_folder(tmp_path / "raw")
    write_csv(raw_dir / "products.csv", [{"product_id": "P1", "product_name": "a", "FAMILY": "f"}])
    assert query(land_folder(raw_dir), "select family from raw.products") == [(None,)]


def test_partition_folders_of_csv_files_count_as_columns(tmp_path):
    raw_dir = required_folder(tmp_path / "raw")
    row = {"product_id": "P1", "product_name": "a"}
    write_csv(raw_dir / "products" / "family=core%20x" / "year=1" / "a.csv", [row])
    rows = query(
        land_folder(raw_dir), "select family, to_json(_raw_row)::varchar from raw.products"
    )
    assert rows == [("core x", '{"product_id":"P1","product_name":"a","family":"core x"}')]


def test_landing_again_starts_afresh(tmp_path):
    raw_dir = required_folder(tmp_path / "raw")
    write_csv(raw_dir / "products.csv", [contract_row("products")])
    assert query(land_folder(raw_dir), "select count(*) from raw.products") == [(1,)]
    (raw_dir / "products.csv").unlink()
    result = land_folder(raw_dir)
    assert query(result, "select count(*) from raw.products") == [(0,)]
    assert not (result.warehouse.parent / "landed" / "products").exists()


def test_a_file_larger_than_a_row_group_is_landed_whole(tmp_path):
    raw_dir = required_folder(tmp_path / "raw", without=["logins"])
    lines = (f"G{n},U1,2025-01-01T00:00:00" for n in range(150_000))
    text = "login_id,user_id,logged_in_at\n" + "\n".join(lines)
    Path(raw_dir / "logins.csv").write_text(text)
    figures = "count(*), count(distinct login_id), min(_row_number), max(_row_number)"
    rows = query(land_folder(raw_dir), f"select {figures} from raw.logins")
    assert rows == [(150_000, 150_000, 1, 150_000)]
