"""The rendered page: what it shows, what it loads, and what it says when there is nothing."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from checks.conftest import CommandResult
from dashboard.render import BOARDS, MARTS, PAGE, RenderFailure, render
from pipeline.environment import EnvironmentFailure, make_environment
from pipeline.options import ROOT

MONTHLY_MARTS = (
    *("kpi_retention_monthly", "kpi_adoption_monthly", "kpi_support_monthly"),
    "kpi_health_monthly",
)
HEADLINES = """
    select
        strftime(months.month, '%B %Y') as month,
        months.mrr_end, months.nrr_12m, months.grr_12m, months.logo_retention_12m,
        months.logo_churn_rate, adoption.mau, support.backlog
    from marts.kpi_retention_monthly as months
    inner join marts.kpi_adoption_monthly as adoption using (month)
    inner join marts.kpi_support_monthly as support using (month)
    where months.is_final
    order by months.month desc
    limit 1
"""


@pytest.fixture(scope="session")
def tool_python() -> Path:
    """Interpreter of the dashboard's environment; skips where that cannot be made."""
    try:
        return make_environment("dashboard")
    except EnvironmentFailure as failure:
        if os.environ.get("CSW_REQUIRE_ALL_LANES"):
            raise
        pytest.skip(f"the dashboard's environment cannot be made: {failure}")


@pytest.fixture(scope="session")
def marts(tool_python: Path, demo_build: CommandResult) -> Path:
    """A small published file."""
    assert demo_build.code == 0, demo_build.stderr
    return demo_build.out / "marts.duckdb"


@pytest.fixture(scope="session")
def page(marts: Path) -> str:
    """The page that the build made of it."""
    return (marts.parent / "dashboard" / PAGE).read_text(encoding="utf-8")


def text_of(page_html: str) -> str:
    """What a reader sees, as one line."""
    without_code = re.sub(r"<(script|style)\b.*?</\1>", " ", page_html, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without_code)).split())


def fetch_one(marts: Path, query: str) -> dict[str, Any]:
    """First row of a query on a marts file."""
    connection = duckdb.connect()
    try:
        path = str(marts).replace("'", "''")
        connection.execute(f"attach '{path}' as published (read_only); use published")
        result = connection.execute(query)
        names = [column[0] for column in result.description]
        return dict(zip(names, result.fetchone(), strict=True))
    finally:
        connection.close()


def changed_copy(marts: Path, folder: Path, statements: Sequence[str]) -> Path:
    """A copy of a marts file after some statements."""
    folder.mkdir(parents=True)
    copy = shutil.copy(marts, folder / "marts.duckdb")
    connection = duckdb.connect()
    try:
        connection.execute(f"attach '{copy}' as published; use published.marts")
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()
    return Path(copy)


def test_headlines_are_those_of_the_last_final_month(page: str, marts: Path) -> None:
    expected = fetch_one(marts, HEADLINES)
    shown = text_of(page)
    assert f"Headlines are of {expected['month']} , the last final month" in shown
    values = [f"{expected['mrr_end']:,.0f}", f"{expected['mau']:,}", f"{expected['backlog']:,}"]
    for rate in ("nrr_12m", "grr_12m", "logo_retention_12m", "logo_churn_rate"):
        if expected[rate] is not None:
            values.append(f"{100 * expected[rate]:.1f}")
    labels = {match.strip() for match in re.findall(r">([^<>]+)<", page)}
    assert set(values) <= labels


def test_months_that_can_still_move_are_named(page: str, marts: Path) -> None:
    query = "select strftime(max(month), '%B %Y') as month from marts.kpi_retention_monthly"
    latest = fetch_one(marts, f"{query} where not is_final")["month"]
    assert f"Not final, dashed or marked below: {latest}" in text_of(page)


def test_the_page_loads_nothing_from_outside(page: str) -> None:
    loads = re.findall(r"""(?:src|href)\s*=\s*["']?([^"'\s>]+)|url\(\s*["']?([^"')]+)""", page)
    addresses = [attribute or style for attribute, style in loads]
    assert not [a for a in addresses if not a.startswith(("#", "data:"))]
    assert not re.search(r"@import|<link\b|<iframe\b|\bfetch\(|XMLHttpRequest|WebSocket\(", page)


def test_the_board_reads_the_published_marts_only() -> None:
    boards = "\n".join(path.read_text(encoding="utf-8") for path in BOARDS.glob("*.yml"))
    assert set(re.findall(r"\bpublished\.marts\.(\w+)", boards)) == MARTS
    assert not re.search(r"\bpublished\.(?!marts\.|duckdb\b)", boards)


def test_no_month_is_said_in_words_in_a_folder_with_any_name(
    marts: Path, tool_python: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "顧客 成功 {x}"
    statements = [f"delete from {name}" for name in (*MONTHLY_MARTS, "fct_mrr_monthly")]
    statements.append("update build_info set as_of_date = date '2001-01-31'")
    empty = changed_copy(marts, folder, statements)
    shown = text_of(render(empty, folder / "dashboard", tool_python).read_text(encoding="utf-8"))
    assert "No recurring contract starts on or before as-of 31 January 2001" in shown
    assert "the first one starts on" in shown
    assert "Headlines are of" not in shown
    assert "What moved MRR" not in shown
    assert "Whose health moved most" not in shown
    assert "health score to show" not in shown


def test_use_and_support_that_are_not_there_are_said_in_words(
    marts: Path, tool_python: Path, tmp_path: Path
) -> None:
    statements = [
        "update kpi_adoption_monthly set mau = 0, login_rate = 0",
        "update kpi_support_monthly set tickets_created = 0, tickets_solved = 0, backlog = 0",
        "update kpi_support_monthly set first_response_hours_median = null",
    ]
    bare = changed_copy(marts, tmp_path / "bare", statements)
    shown = text_of(render(bare, tmp_path / "out", tool_python).read_text(encoding="utf-8"))
    assert "No successful login of an active account is known" in shown
    assert "No ticket of a customer is known" in shown
    assert "What moved MRR" in shown


def test_health_headlines_are_those_of_the_as_of_month(page: str, marts: Path) -> None:
    query = "select * from marts.kpi_health_monthly order by month desc limit 1"
    latest = fetch_one(marts, query)
    shown = text_of(page)
    assert f"{latest['scored_accounts']} of {latest['health_accounts']} customers have" in shown
    labels = {match.strip() for match in re.findall(r">([^<>]+)<", page)}
    assert {str(latest["at_risk_accounts"]), f"{latest['health_score_mean']:.1f}"} <= labels


def test_a_proof_that_is_known_stands_beside_logins_only_and_one_that_is_not_is_said_in_words(
    marts: Path, tool_python: Path, tmp_path: Path
) -> None:
    judged = (
        "metric = 'auc' and segment = '(all)' and horizon_days = 90 "
        "and population = 'no_notice' and date_set = 'out_of_time'"
    )
    known = [
        f"delete from health_backtest where {judged}",
        *(
            "insert into health_backtest by name select max(score_version) as score_version, "
            "'auc' as metric, '(all)' as segment, 90 as horizon_days, 'no_notice' as population, "
            f"'out_of_time' as date_set, '{name}' as baseline, {value} as value, 4321 as n, "
            "43 as churned, false as is_withheld from fct_health_score"
            for name, value in (("none", 0.81), ("logins_only", 0.64))
        ),
    ]
    proven = changed_copy(marts, tmp_path / "proven", known)
    shown = text_of(render(proven, tmp_path / "first", tool_python).read_text(encoding="utf-8"))
    assert "0.81" in shown
    assert "logins only 0.64" in shown
    withheld = [*known, "update health_backtest set value = null, n = 12, churned = 1"]
    unproven = changed_copy(marts, tmp_path / "unproven", withheld)
    shown = text_of(render(unproven, tmp_path / "second", tool_python).read_text(encoding="utf-8"))
    assert "cannot be said yet" in shown
    assert "has 12 observations and 1 of them churned, which is too few" in shown


def test_health_that_is_not_known_is_said_in_words(
    marts: Path, tool_python: Path, tmp_path: Path
) -> None:
    statements = ["update fct_health_score set score = null"]
    blind = changed_copy(marts, tmp_path / "blind", statements)
    shown = text_of(render(blind, tmp_path / "out", tool_python).read_text(encoding="utf-8"))
    assert "There is no health score to show: none of the" in shown
    assert "Whose health moved most" not in shown
    assert "What moved MRR" in shown


def test_a_file_that_is_no_marts_file_ends_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "broken.duckdb").write_bytes(b"this is not a database" * 200)
    for name in ("missing.duckdb", "broken.duckdb"):
        command = [sys.executable, "-m", "dashboard.render", "--marts", str(tmp_path / name)]
        command += ["--out", str(tmp_path / "out")]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert result.returncode == 1
        assert result.stderr.startswith("dashboard: ")
        assert len(result.stderr.splitlines()) == 1
        assert name in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_page_that_cannot_be_made_leaves_the_former_one(marts: Path, tmp_path: Path) -> None:
    (tmp_path / PAGE).write_text("former", encoding="utf-8")
    with pytest.raises(RenderFailure, match=r"the charting tool failed: .*dbt_charts"):
        render(marts, tmp_path, Path(sys.executable))
    assert (tmp_path / PAGE).read_text(encoding="utf-8") == "former"
