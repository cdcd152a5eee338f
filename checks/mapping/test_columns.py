"""Which columns of a file a contract column is made of."""

from __future__ import annotations

from checks.mapping.mapped import landed, write_files


def test_columns_are_joined_and_empty_when_one_of_them_is(tmp_path):
    mapping = (
        "sources: {accounts: {file: a.csv, columns: {account_id: {columns: [a, b], join: '-'},"
        " account_name: {columns: [a, b, a]}}}}"
    )
    files = {"a.csv": 'a,b\n1,2\n1,\n,2\n" ",2\n 1 , 2\n', "mapping.yml": mapping}
    _, rows, _ = landed(write_files(tmp_path / "raw", files), "accounts")
    assert [row["account_id"] for row in rows] == ["1-2", None, None, None, "1-2"]
    assert [row["account_name"] for row in rows] == ["121", None, None, None, "121"]


def test_a_column_of_the_contracts_own_name_needs_no_rule(tmp_path):
    mapping = "sources: {accounts: {file: a.csv, columns: {account_id: ID, country: }}}"
    files = {"a.csv": "ID,country,segment\n1,JP,smb\n", "mapping.yml": mapping}
    _, (row,), _ = landed(write_files(tmp_path / "raw", files), "accounts")
    assert (row["account_id"], row["segment"], row["country"]) == ("1", "smb", None)


def test_forms_of_the_defaults_hold_until_something_nearer_says_otherwise(tmp_path):
    mapping = """
defaults: {date_format: "%d.%m.%Y", decimal_mark: ",", delimiter: "|"}
sources:
  contracts:
    file: c.csv
    decimal_mark: "'"
    columns:
      start_date: a
      end_date: {column: a, format: "%m.%d.%Y"}
      unit_price: b
      quantity: {column: b, decimal_mark: "_"}
"""
    files = {"c.csv": "a|b\n01.02.2025|1'5\n01.02.2025|1_5\n", "mapping.yml": mapping}
    _, rows, _ = landed(write_files(tmp_path / "raw", files), "contracts")
    found = [(r["start_date"], r["end_date"], r["unit_price"], r["quantity"]) for r in rows]
    assert found == [
        ("2025-02-01", "2025-01-02", "1.5", "1'5"),
        ("2025-02-01", "2025-01-02", "1_5", "1.5"),
    ]
