"""The comparison finds each kind of difference, and says where it lies."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from bench.comparing import Comparison

GRAINS = {"kpi": ("month",), "build_info": ("build_id",)}
ROWS = """
    select date '2024-01-01' as month, 1.5::decimal(18, 4) as mrr, 0.3::double as rate, 'é' as name
    union all
    select date '2024-02-01', null, null, null
    union all
    select date '2024-03-01', 0, 0.0, ''
"""


def marts(path: Path, kpi: str = ROWS, build_id: str = "a", more: str = "") -> Path:
    """A file of two published marts."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(f"create table marts.kpi as {kpi}")
        connection.execute(
            f"create table marts.build_info as select '{build_id}' as build_id, 7 as raw_rows,"
            f" timestamp '2024-01-01' as built_at"
        )
        connection.execute(more)
    return path


def differences(folder: Path, right: str = ROWS, **cells: str) -> list[str]:
    """What is found between the usual rows and others."""
    left = marts(folder / "left.duckdb")
    return Comparison(left, marts(folder / "right.duckdb", right, **cells)).differences(GRAINS)


def test_equal_marts_have_no_difference_whatever_the_order_and_the_build(tmp_path: Path) -> None:
    backwards = f"select * from ({ROWS}) order by month desc"
    assert differences(tmp_path, backwards, build_id="b") == []


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ("replace (mrr + 0.0001 as mrr)", "mrr=1.5000"),
        ("replace (cast(mrr as decimal(18, 2)) as mrr)", "columns or types differ"),
        ("replace (month + 1 as month)", "month=2024-01-02"),
        ("replace (coalesce(mrr, 0)::decimal(18, 4) as mrr)", "mrr=None"),
        ("replace (coalesce(name, '') as name)", "name=None"),
        ("replace (rate * (1 + 2e-9) as rate)", "left rate=0.3"),
        ("replace (rate + 2e-12 as rate)", "right rate=2e-12"),
        ("replace (coalesce(rate, 0) as rate)", "right rate=0.0"),
        ("replace (nullif(rate, 0.3) as rate)", "right rate=None"),
        ("exclude (name)", "columns or types differ"),
    ],
)
def test_a_changed_cell_is_found_and_shown(tmp_path: Path, change: str, shown: str) -> None:
    found = differences(tmp_path, f"select * {change} from ({ROWS})")
    assert len(found) == 1
    assert shown in found[0]


def test_a_double_may_differ_by_a_billionth(tmp_path: Path) -> None:
    near = f"select * replace (rate * (1 + 0.5e-9) + 0.5e-12 as rate) from ({ROWS})"
    assert differences(tmp_path, near) == []


def test_a_row_too_many_is_found_also_when_it_is_a_repetition(tmp_path: Path) -> None:
    found = differences(tmp_path, f"{ROWS} union all select * from ({ROWS}) where mrr = 1.5")
    assert "3 and 4 rows" in found[0]


def test_a_mart_of_one_side_is_found(tmp_path: Path) -> None:
    found = differences(tmp_path, more="create table marts.extra as select 1 as x")
    assert found == ["extra: missing on the left"]
