"""`make build` after new files, end to end: what it says, what it keeps, what it publishes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest

from checks.conftest import CommandResult, run_build
from checks.incremental.histories import History

pytestmark = [pytest.mark.slow, pytest.mark.long]


def write_files(history: History, raw: Path) -> None:
    """The new rows of a history as the files they name."""
    for rows in history.new.values():
        path = raw / rows[0]["_file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        columns = dict.fromkeys(name for row in rows for name in row if not name.startswith("_"))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(columns), extrasaction="ignore", restval="")
            writer.writeheader()
            writer.writerows(rows)


def tables(path: Path, schema: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables of a schema but the build's stamp, in an order of their own."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables where table_schema = ?", [schema]
        ).fetchall()
        return {
            name: connection.execute(f"from {path.stem}.{schema}.{name} order by all").fetchall()
            for (name,) in names
            if name != "build_info"
        }


def built(raw: Path, out: Path, day: object, *arguments: str) -> str:
    """Build, and give the line that says what was made anew."""
    return line_of(run_build(raw, out, "--as-of", str(day), *arguments))


def line_of(result: CommandResult) -> str:
    assert result.code == 0, result.stdout + result.stderr
    line = json.loads((result.out / "summary.json").read_text(encoding="utf-8"))["increment"]
    assert line in result.stdout
    return line


def published(out: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a build made for its readers, and what it left out for which reason."""
    quarantine = tables(out / "warehouse.duckdb", "quarantine")
    quarantine.pop("raw_login_rows")
    return tables(out / "marts.duckdb", "marts") | quarantine


def test_days_are_added_and_troubles_end_in_a_full_refresh(tmp_path: Path) -> None:
    history, raw, out = History(1), tmp_path / "raw", tmp_path / "out"
    (raw / "tickets").mkdir(parents=True)
    header = "ticket_id,account_id,created_at,priority,status\n"
    (raw / "tickets" / "none.csv").write_text(header, encoding="utf-8")
    write_files(history, raw)
    first = built(raw, out, history.day, "--full-refresh")
    assert first == "full refresh: FULL_REFRESH=1"
    for _ in range(2):
        history.add_day()
        write_files(history, raw)
        count = f"{len(history.new)} new file" + ("s" if len(history.new) > 1 else "")
        assert built(raw, out, history.day).startswith(f"incremental: {count}, ")
    added = published(out)

    lonely = raw / "logins" / "lonely.csv"
    row = "l,u01,a1,2031-01-01T00:00:00\n"
    lonely.write_text("login_id,user_id,account_id,logged_in_at\n" + row, encoding="utf-8")
    assert run_build(raw, out).code == 1
    lonely.unlink()
    assert built(raw, out, history.day) == "full refresh: the build before was not published"
    anew = published(out)
    assert anew.keys() == added.keys()
    for name, rows in anew.items():
        assert added[name] == rows, name
