"""What a build decides to read: new files, or everything anew for a reason it says in one line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.increments import Plan, decide, settings_of, take_stock
from pipeline.options import Options
from pipeline.raw_files import discover
from pipeline.state import FormerBuild, TakenFile

USERS = TakenFile("users", "users/2025.csv", 10, "aa")
LOGINS = TakenFile("logins", "logins/1.parquet", 20, "bb")
NEW = TakenFile("logins", "logins/2.parquet", 30, "cc")
OPTIONS = Options(out=Path("out"))


def former_build(options: Options = OPTIONS, **changed: object) -> FormerBuild:
    """A published build as of 31 December that took two files."""
    day = date(2025, 12, 31)
    known = FormerBuild("b", day, day, settings_of(options), (USERS, LOGINS), False)
    return replace(known, **changed)


def plan(
    files: tuple[TakenFile, ...] = (USERS, LOGINS, NEW),
    former: FormerBuild | None = None,
    options: Options = OPTIONS,
) -> Plan:
    return decide(options, files, settings_of(options), former)


def sentence(**asked: object) -> str:
    return plan(**{"former": former_build()} | asked).sentence()  # type: ignore[arg-type]


def with_settings(kind: str, name: str) -> str:
    settings = json.loads(settings_of(OPTIONS))
    settings[kind][name] = "something else"
    return json.dumps(settings)


def test_only_new_files_are_read() -> None:
    found = plan(former=former_build())
    assert not found.is_full
    assert found.new == {NEW.relative}
    assert found.taken_before == [USERS.relative, LOGINS.relative]
    assert found.sentence() == "incremental: 1 new file"
    assert found.sentence(812, 3) == "incremental: 1 new file, 812 accounts, 3 days"


def test_without_new_files_there_may_still_be_a_day_to_add() -> None:
    assert sentence(files=(USERS, LOGINS)) == "incremental: 0 new files"


def test_the_first_build_is_full() -> None:
    assert sentence(former=None) == "full refresh: there is no published build to go on from"


def test_a_full_refresh_can_be_asked_for() -> None:
    asked = replace(OPTIONS, full_refresh=True)
    assert sentence(options=asked) == "full refresh: FULL_REFRESH=1"


def test_a_build_that_was_not_published_is_not_gone_on_from() -> None:
    former = former_build(is_unpublished=True)
    assert sentence(former=former) == "full refresh: the build before was not published"


def test_a_changed_file_is_named() -> None:
    files = (replace(USERS, checksum="zz"), LOGINS)
    assert sentence(files=files) == "full refresh: users/2025.csv changed"
    files = (replace(USERS, size_bytes=11), replace(LOGINS, checksum="zz"))
    assert sentence(files=files) == "full refresh: logins/1.parquet changed, and 1 more"


def test_a_removed_file_is_named() -> None:
    assert sentence(files=(LOGINS, NEW)) == "full refresh: users/2025.csv is gone"


@pytest.mark.parametrize("name", ["reporting_timezone", "renewal_grace_days", "gross_margin"])
def test_a_changed_variable_is_named(name: str) -> None:
    former = former_build(settings=with_settings("variables", name))
    assert sentence(former=former) == f"full refresh: the variable {name} changed"


@pytest.mark.parametrize("part", ["models", "macros", "pipeline", "vars.yml"])
def test_a_changed_part_of_the_project_is_named(part: str) -> None:
    former = former_build(settings=with_settings("project", part))
    assert sentence(former=former) == f"full refresh: {part} changed"


def test_another_version_of_the_engine_is_named() -> None:
    settings = json.loads(settings_of(OPTIONS)) | {"engine": "duckdb 0.1"}
    former = former_build(settings=json.dumps(settings))
    assert sentence(former=former).startswith(
        "full refresh: the engine was duckdb 0.1, is duckdb 1"
    )


def test_an_earlier_day_is_made_anew_and_a_later_one_is_added() -> None:
    asked = {
        day: Options(OPTIONS.out, variables={"as_of_date": day})
        for day in ("2025-12-30", "2026-01-01")
    }
    found = sentence(options=asked["2025-12-30"])
    assert found == "full refresh: AS_OF=2025-12-30 is before 2025-12-31"
    assert sentence(options=asked["2026-01-01"]) == "incremental: 1 new file"


def test_a_day_no_longer_asked_for_is_made_anew_when_the_data_may_know_fewer() -> None:
    former = former_build(latest_date=date(2025, 12, 30))
    assert sentence(former=former) == "full refresh: AS_OF=2025-12-31 is no longer given"
    former = former_build(latest_date=date(2026, 1, 5))
    assert sentence(former=former) == "incremental: 1 new file"


def test_files_are_told_by_their_bytes(tmp_path: Path) -> None:
    for name, text in (("users.csv", "a"), ("logins.csv", "a"), ("note.txt", "a")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    stock = {file.relative: file for file in take_stock(discover(tmp_path, ["users", "logins"]))}
    assert sorted(stock) == ["logins.csv", "users.csv"]
    assert stock["users.csv"].size_bytes == 1
    assert stock["users.csv"].checksum == stock["logins.csv"].checksum
    (tmp_path / "users.csv").write_text("b", encoding="utf-8")
    changed = {file.relative: file for file in take_stock(discover(tmp_path, ["users", "logins"]))}
    assert changed["users.csv"] != stock["users.csv"]
    assert changed["logins.csv"] == stock["logins.csv"]
