"""Tables made anew where something changed are, row by row, those of a full refresh.

Days pass over simulated data of all sources: rows that were still to come become known each day,
and one day brings late rows of every source in files of their own, and moves lines and users to
other accounts.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt.contracts.graph.manifest import Manifest

from checks.built_warehouse import invoke_dbt
from checks.conftest import simulate
from pipeline import changes, increments, landing, state
from pipeline.options import Options
from pipeline.parsed_project import parsed_project

pytestmark = pytest.mark.slow

# The second build finds new files; the last one follows a Sunday and the end of a month.
DAYS = (date(2025, 11, 27), date(2025, 11, 28), date(2025, 12, 5))
# The same, with the files on a day that was built already; what they make is compared too.
LONGER = (date(2025, 11, 27), date(2025, 11, 28), date(2025, 11, 28), date(2025, 12, 5))
# Accounts with late rows, the one that is left and the one that is joined; one in so many users.
_LATE, _LEFT, _JOINED = ("07", "17", "27"), "33", "44"
_LATE_USERS = 20
# A text of a macro and another in its place, with which stale rows must be found.
BREAKS = {
    "what changed is not told further": (
        "compare_units",
        "sum(sign) <> 0 or sum(sign * checksum) <> 0",
        "false",
    ),
    "rows that are gone are not told": (
        "compare_units",
        "sum(sign) <> 0 or",
        "sum(sign) > 0 or false and",
    ),
    "files that are new are not told": ("note_nodes", " where new_files = []", ""),
    "another day is not told": (
        "changes_read",
        "'all' if node[2] == 'always' else 'kept'",
        "'kept'",
    ),
    "rows that were still to come are not looked at again": (
        "keys_read",
        "('is_future_event', 'not is_known_version')",
        "()",
    ),
    "of a key only the new row is looked at": (
        "rows_of_keys",
        "new ~ ' union all by name ' ~ kept",
        "new",
    ),
    "another date is not asked what it reaches": (
        "reached_by_date",
        "' where ('",
        "' where false and ('",
    ),
    "a change is seen in its own period only": (
        "later_units",
        "' <= made.period'",
        "' = made.period'",
    ),
    "counts are added and not taken away": (
        "count_differences",
        "append('-' ~ name",
        "append('0 * ' ~ name",
    ),
    "what people do in other accounts is not looked at": (
        "reached_by_users",
        "' where ' ~ column",
        "' where false and ' ~ column",
    ),
    "the score of 28 days ago is not read again": (
        "changing_node",
        "meta.looks_back_days",
        "none",
    ),
}


@dataclass(frozen=True)
class Project:
    """How to build: `manifest` gives the project as dbt is to read it."""

    manifest: Callable[[], Manifest]

    def build(self, raw: Path, out: Path, day: date) -> tuple[str, int]:
        """Build and keep the state; what is said of it, and how many tables were made by units."""
        options = Options(out=out, variables={"as_of_date": day.isoformat()})
        plan = increments.plan_build(options, raw)
        request = landing.BuildRequest("build", datetime(2000, 1, 1, tzinfo=UTC), "0")
        landing.land(raw, out, request, new=None if plan.is_full else plan.new)
        command = ["build", "--resource-type", "model", "--resource-type", "seed"]
        command += ["--full-refresh"] if plan.is_full else []
        command += ["--vars", repr(options.variables)]
        result = invoke_dbt(command, out, out / "dbt", self.manifest())
        assert result.success, result.exception or _problems(result.result)
        with state.opened(options.warehouse) as execute:
            settings = increments.settings_of(options)
            made = changes.tables_made(execute)
            state.commit(execute, "build", settings, plan.files, plan.taken_before)
        return plan.sentence(), made.get("some", 0)


def _problems(results: Any) -> list[str]:
    """What dbt says of the nodes that failed."""
    return [f"{one.node.name}: {one.message}" for one in results if one.status == "error"]


def project() -> Manifest:
    """The project as it is."""
    manifest = parsed_project("duckdb")
    assert manifest is not None
    return manifest


def broken(macro: str, old: str, new: str) -> Callable[[], Manifest]:
    """The project with a text of one macro replaced; it must be there."""

    def manifest() -> Manifest:
        found = project()
        (one,) = (m for m in found.macros.values() if m.name == macro)
        assert old in one.macro_sql, macro
        one.macro_sql = one.macro_sql.replace(old, new)
        return found

    return manifest


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Simulated data; rows of few accounts that come late lie beside it in `late` and `later`.

    Few, since of many all is made anew.
    """
    folder = tmp_path_factory.mktemp("days")
    simulated = simulate(folder / "simulated", "--accounts", "60", "--months", "12")
    for path in sorted(simulated.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        is_late = [_is_late(header, row) for row in rows]
        late = [row for row, is_one in zip(rows, is_late, strict=True) if is_one]
        others = [row for row, is_one in zip(rows, is_late, strict=True) if not is_one]
        later: list[list[str]] = []
        if path.stem in ("contracts", "users"):
            late += _new_versions(header, others, _LEFT, DAYS[1])
            later = _new_versions(header, others, _JOINED, DAYS[-1])
        for name, part in (("raw", others), ("late", late), ("later", later)):
            target = folder / name / path.stem / f"{name}.csv"
            target.parent.mkdir(parents=True)
            with target.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([header, *part])
    for name, condition in (("raw", ">"), ("late", "=")):
        (folder / name / "logins").mkdir()
        duckdb.sql(
            f"from '{simulated / 'logins.parquet'}'"
            f" where hash(user_id) % {_LATE_USERS} + hash(login_id) % 3 {condition} 0"
        ).write_parquet(str(folder / name / "logins" / f"{name}.parquet"))
    return folder / "raw"


def _is_late(header: list[str], row: list[str]) -> bool:
    """A third of the rows of some accounts, but for what the accounts themselves are."""
    if "account_id" not in header or header[0] == "account_id":
        return False
    return row[header.index("account_id")].endswith(_LATE) and row[0][-1] in "036"


def _new_versions(
    header: list[str], rows: list[list[str]], ending: str, day: date
) -> list[list[str]]:
    """Versions of a day of what was an account's before: it belongs to the joined one from then on.

    What was its own stays: the account is looked at again, and what it was joined by with it.
    """
    account, updated = header.index("account_id"), header.index("updated_at")
    found = [row for row in rows if row[account].endswith(ending) and row[updated] < str(DAYS[0])]
    changed = [list(row) for row in found]
    for row in changed:
        row[account], row[updated] = row[account][:-2] + _JOINED, f"{day}T09:00:00Z"
    return changed


def stale(
    one: Project, raw: Path, folder: Path, days: Sequence[date], compared: Collection[int]
) -> list[str]:
    """Tables of builds that follow each other, where they are first not those of a full refresh.

    The last two builds find the late and the later files; `compared` are those to be compared.
    """
    mine = folder / "raw"
    shutil.copytree(raw, mine)
    for number, day in enumerate(days):
        if number == len(days) - 2:
            shutil.copytree(raw.parent / "late", mine, dirs_exist_ok=True)
        if number == len(days) - 1:
            shutil.copytree(raw.parent / "later", mine, dirs_exist_ok=True)
        line, by_units = one.build(mine, folder / "out", day)
        assert line.startswith("incremental: " if number else "full refresh: "), line
        assert not number or one.manifest is not project or by_units > 50
        if number in compared:
            anew = folder / f"anew_{number}"
            Project(project).build(mine, anew, day)
            if found := differing(folder / "out", anew):
                return found
    return []


def differing(out: Path, anew: Path) -> list[str]:
    """Tables of which only one of two builds has some row; what the last increment did is none."""
    manifest = project()
    names = [
        (node.schema, node.name)
        for node in manifest.nodes.values()
        if node.resource_type == "model"
        and node.config.materialized in ("table", "incremental")
        and "increments" not in node.fqn
        and node.name not in ("build_info", "raw_login_rows")
    ]
    with duckdb.connect() as connection:
        for name, folder in (("mine", out), ("theirs", anew)):
            connection.execute(f"attach '{folder / 'warehouse.duckdb'}' as {name} (read_only)")
        return [
            table
            for schema, table in names
            if connection.execute(
                f"(from mine.{schema}.{table} except all from theirs.{schema}.{table})"
                f" union all (from theirs.{schema}.{table} except all from mine.{schema}.{table})"
            ).fetchone()
        ]


@pytest.fixture(autouse=True)
def of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small tables are made by changes too."""
    monkeypatch.setattr(changes, "MANY_ROWS", 0)


def test_days_added_are_a_full_refresh(raw: Path, tmp_path: Path) -> None:
    assert stale(Project(project), raw, tmp_path, DAYS, {2}) == []


@pytest.mark.long
def test_files_that_come_on_the_same_day_too(raw: Path, tmp_path: Path) -> None:
    assert stale(Project(project), raw, tmp_path, LONGER, {1, 2, 3}) == []


def reached() -> list[tuple[str, str]]:
    """Models that say what another date reaches, each with a table that they say it of."""
    return [
        (key, parent)
        for key, node in project().nodes.items()
        if key.startswith("model")
        for parent in (node.config.meta or {}).get("reached_by_date", {})
    ]


def silent(key: str, parent: str) -> Callable[[], Manifest]:
    """The project in which a date reaches nothing of what a model reads of one table."""

    def manifest() -> Manifest:
        found = project()
        found.nodes[key].config.meta["reached_by_date"][parent] = "false"
        return found

    return manifest


@pytest.mark.long
@pytest.mark.parametrize(("key", "parent"), reached(), ids=lambda text: text.split(".")[-1])
def test_what_a_date_reaches_is_needed(raw: Path, tmp_path: Path, key: str, parent: str) -> None:
    found = stale(Project(silent(key, parent)), raw, tmp_path, LONGER, {1, 2, 3})
    assert key.split(".")[-1] in found


@pytest.mark.long
@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_rule_leaves_stale_rows(raw: Path, tmp_path: Path, name: str) -> None:
    one = Project(broken(*BREAKS[name]))
    assert stale(one, raw, tmp_path, LONGER, {2, 3}) != []
