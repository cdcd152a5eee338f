"""The CSV of the published customers: its cells, its order, and when there is none."""

from __future__ import annotations

import csv
import subprocess
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.__main__ import main
from pipeline.export import cell_text
from pipeline.options import ROOT

CUSTOMERS = """
    select * from (values
        ('b', 'Plain', 12.5, 0.3333333, 7, true, date '2025-01-31',
            timestamp '2025-01-31 09:08:07'),
        ('a', 'Says "yes", 株式会社' || chr(10) || 'twice', null, null, null, null, null, null),
        ('B', ' = kept ', 0, 1, -1, false, date '2025-02-01', null)
    ) as customers (
        account_id, account_name, mrr, login_rate, open_tickets, is_grace, notice_date,
        last_touch_at
    )
"""


def published(folder: Path, **marts: str) -> Path:
    """A folder, its name not plain, with a published file that holds these marts."""
    out = folder / "out 出力's"
    out.mkdir()
    with duckdb.connect(str(out / "marts.duckdb")) as connection:
        connection.execute("create schema marts.marts")
        for name, sql in marts.items():
            connection.execute(f"create table marts.marts.{name} as {sql}")
    return out


def test_the_file_is_utf8_with_a_header_quotes_as_asked_and_sorted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sql = CUSTOMERS.replace("12.5", "12.5::decimal(18,4)")
    out = published(tmp_path, export_cs_platform=sql)
    assert main(["export", "--out", str(out)]) == 0
    path = out / "export" / "cs_platform.csv"
    assert capsys.readouterr().out.strip() == str(path)
    assert path.read_bytes().decode("utf-8") == (
        "account_id,account_name,mrr,login_rate,open_tickets,is_grace,notice_date,last_touch_at\r\n"
        "B, = kept ,0.0000,1.0000,-1,false,2025-02-01,\r\n"
        'a,"Says ""yes"", 株式会社\ntwice",,,,,,\r\n'
        "b,Plain,12.5000,0.3333,7,true,2025-01-31,2025-01-31T09:08:07Z\r\n"
    )
    assert [path.name for path in path.parent.iterdir()] == ["cs_platform.csv"]


def test_what_is_written_is_read_again_as_it_was(tmp_path: Path) -> None:
    out = published(tmp_path, export_cs_platform=CUSTOMERS)
    main(["export", "--out", str(out)])
    with (out / "export" / "cs_platform.csv").open(encoding="utf-8", newline="") as file:
        names = {row["account_id"]: row["account_name"] for row in csv.DictReader(file)}
    assert names == {"B": " = kept ", "a": 'Says "yes", 株式会社\ntwice', "b": "Plain"}


def test_a_company_without_customers_gets_the_header_alone(tmp_path: Path) -> None:
    out = published(tmp_path, export_cs_platform="select 'a' as account_id, 1 as mau limit 0")
    assert main(["export", "--out", str(out)]) == 0
    assert (out / "export" / "cs_platform.csv").read_bytes() == b"account_id,mau\r\n"


def test_an_export_replaces_the_one_before(tmp_path: Path) -> None:
    out = published(tmp_path, export_cs_platform=CUSTOMERS)
    main(["export", "--out", str(out)])
    first = (out / "export" / "cs_platform.csv").read_bytes()
    (out / "export" / "cs_platform.csv").write_text("older", encoding="utf-8")
    main(["export", "--out", str(out)])
    assert (out / "export" / "cs_platform.csv").read_bytes() == first


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "true"),
        (Decimal("-1.5"), "-1.5000"),
        (Decimal("12345678901234.5678"), "12345678901234.5678"),
        (2 / 3, "0.6667"),
        (3, "3"),
        (date(2025, 1, 2), "2025-01-02"),
        (datetime(2025, 1, 2, 3, 4, 5, 600000), "2025-01-02T03:04:05Z"),
        ("日本", "日本"),
    ],
)
def test_a_cell_as_text(cell: Any, text: str) -> None:
    assert cell_text(cell) == text


def test_without_a_build_the_message_says_what_to_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--out", str(tmp_path)]) == 1
    assert "run `make build`" in " ".join(capsys.readouterr().err.split())
    assert list(tmp_path.iterdir()) == []


def test_an_older_published_file_is_told_apart_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = published(tmp_path, build_info="select 1 as build_id")
    assert main(["export", "--out", str(out)]) == 1
    assert "before there was an export" in " ".join(capsys.readouterr().err.split())
    assert not (out / "export" / "cs_platform.csv").exists()


def test_make_knows_the_command() -> None:
    command = ["make", "--dry-run", "--no-print-directory", "export"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert "-m pipeline export" in result.stdout
