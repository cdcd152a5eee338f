"""One person is forgotten: no trace of them is left, and every figure stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from checks.built_warehouse import WarehouseBuilder
from checks.conftest import simulate
from checks.privacy.forgetting import EMAIL, TRACES, USER, built, marts_of, places_of, plant
from pipeline.failure import BuildFailure
from pipeline.increments import plan_build
from pipeline.options import ROOT, Options
from pipeline.privacy.forget import forget
from pipeline.publish import attached

AS_OF = "2025-12-31"


@dataclass(frozen=True)
class Forgotten:
    """A build before and after; `dry` and `done` are what the command printed."""

    options: Options
    former_raw: Path
    former_marts: dict[str, Any]
    before_dry_run: dict[str, bytes]
    after_dry_run: dict[str, bytes]
    dry: str
    done: str
    key: str


def files_of(*folders: Path) -> dict[str, bytes]:
    """Every file with its bytes."""
    return {
        str(path): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".build.lock"
    }


@pytest.fixture(scope="module")
def forgotten(
    warehouse_builder: WarehouseBuilder, tmp_path_factory: pytest.TempPathFactory
) -> Forgotten:
    """A simulated folder in which one person left traces everywhere, and then was forgotten."""
    folder = tmp_path_factory.mktemp("forget")
    raw = simulate(folder / "raw", "--accounts", "12", "--months", "14", "--logins", "600")
    plant(raw)
    options = replace(built(warehouse_builder, raw, AS_OF), user=USER)
    assert len(places_of(raw, TRACES)) > 6
    assert {path.name for path in _databases(options)} == {
        "warehouse.duckdb",
        "marts.duckdb",
        "marts.previous.duckdb",
    }
    shutil.copytree(raw, folder / "former")
    former_marts = marts_of(options.published, {USER: "the person"})
    before = files_of(raw, options.out)
    dry = printed(replace(options, dry_run=True))
    after = files_of(raw, options.out)
    done = printed(options)
    (raw / "notes.txt").unlink()
    ((key,),) = random_keys(options.published)
    return Forgotten(options, folder / "former", former_marts, before, after, dry, done, key)


def printed(options: Options) -> str:
    """What the command prints."""
    arguments = ["forget", "--user", str(options.user), "--raw", str(options.raw)]
    arguments += ["--out", str(options.out), *(["--dry-run"] if options.dry_run else [])]
    result = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def random_keys(file: Path) -> list[tuple[str]]:
    """The users of a published file whose key was made by chance."""
    with attached(published=file) as connection:
        return connection.execute(
            "select user_id from published.marts.dim_user where user_id like 'forgotten-%'"
        ).fetchall()


def _databases(options: Options) -> list[Path]:
    """The files of the build that hold the person."""
    return sorted(
        {
            Path(place.partition(":")[0])
            for place in places_of(options.out, [USER])
            if ".duckdb:" in place
        }
    )


def test_no_trace_is_left_in_any_byte_of_raw_files_and_outputs(forgotten: Forgotten) -> None:
    assert forgotten.options.raw is not None
    texts = [text for text in TRACES if text != USER]
    assert places_of(forgotten.options.raw, TRACES) == []
    assert places_of(forgotten.options.out, texts) == []
    page = (forgotten.options.out / "dashboard" / "index.html").read_text(encoding="utf-8")
    assert page == f"<p>[forgotten] said: [forgotten] ([forgotten]), not {USER}9</p>"
    others = [place for place in places_of(forgotten.options.out, [USER]) if "index" not in place]
    assert others == []


def test_a_dry_run_says_what_would_be_done_and_does_nothing(forgotten: Forgotten) -> None:
    assert forgotten.before_dry_run == forgotten.after_dry_run
    assert "Would be changed:" in forgotten.dry
    listed = [line for line in forgotten.dry.splitlines() if line.startswith("  ")]
    assert listed == [line for line in forgotten.done.splitlines() if line.startswith("  ")]


def test_the_report_names_every_file_and_what_is_left(forgotten: Forgotten) -> None:
    for name in ("users.csv", "surveys.csv", "tickets.csv", "touchpoints.csv", "logins.parquet"):
        assert f"  {name}: " in forgotten.done
    for name in ("marts.duckdb", "marts.previous.duckdb", "warehouse.duckdb", "landed"):
        assert f"{forgotten.options.out / name}" in forgotten.done
    assert "notes.txt: no file of any source, and it names them" in forgotten.done
    assert EMAIL not in forgotten.done


def test_files_that_do_not_name_them_and_lines_of_others_stay(forgotten: Forgotten) -> None:
    raw = forgotten.options.raw
    assert raw is not None
    for former in sorted(forgotten.former_raw.glob("*.csv")):
        old, new = former.read_bytes().splitlines(), (raw / former.name).read_bytes().splitlines()
        assert len(old) == len(new)
        kept = [line for line in old if USER.encode() not in line and EMAIL.encode() not in line]
        assert set(kept) <= set(new), former.name


def test_the_published_files_tell_the_same_of_everybody_else(forgotten: Forgotten) -> None:
    for file in (forgotten.options.published, forgotten.options.previous):
        assert marts_of(file, {forgotten.key: "the person"}) == forgotten.former_marts


def test_the_next_build_reads_every_file(forgotten: Forgotten) -> None:
    options = forgotten.options
    assert options.raw is not None
    reason = plan_build(options, options.raw).reason
    assert reason == "there is no published build to go on from"


def test_the_next_build_makes_the_same_figures(
    forgotten: Forgotten, warehouse_builder: WarehouseBuilder
) -> None:
    assert forgotten.options.raw is not None
    again = built(warehouse_builder, forgotten.options.raw, AS_OF)
    assert random_keys(again.published) == [(forgotten.key,)]
    marts = marts_of(again.published, {forgotten.key: "the person"})
    for name, rows in forgotten.former_marts.items():
        assert sorted(set(rows) ^ set(marts[name]))[:4] == [], name
    assert marts == forgotten.former_marts


def test_views_and_descriptions_of_the_published_file_stay(forgotten: Forgotten) -> None:
    with attached(published=forgotten.options.published) as connection:
        for sql in (
            "select count(*) from duckdb_views() where not internal",
            "select count(comment) from duckdb_tables()",
            "select count(comment) from duckdb_columns() where not internal",
        ):
            assert connection.execute(sql).fetchall()[0][0] > 0, sql


@pytest.mark.parametrize("missing", ["USER", "RAW", "OUT"])
def test_nothing_is_done_without_user_raw_and_out(
    forgotten: Forgotten, tmp_path: Path, missing: str
) -> None:
    options = Options(
        out=tmp_path,
        raw=None if missing == "RAW" else forgotten.options.raw,
        user=None if missing == "USER" else USER,
        is_out_given=missing != "OUT",
    )
    with pytest.raises(BuildFailure, match=rf"nothing was changed\.\n  - {missing}: "):
        forget(options)


def test_somebody_unknown_is_an_error(forgotten: Forgotten, tmp_path: Path) -> None:
    options = replace(forgotten.options, out=tmp_path, user="U7654321")
    with pytest.raises(BuildFailure, match=r"USER=U7654321: nothing in .* names them"):
        forget(options)


@pytest.mark.parametrize(
    ("name", "content"), [("users.csv", b""), ("logins.parquet", b"PAR1"), ("logins.csv", b'"a')]
)
def test_a_file_that_cannot_be_read_is_named_and_nothing_changes(
    tmp_path: Path, name: str, content: bytes
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "surveys.csv").write_text(f"user_id,comment\n{USER},x\n")
    (raw / name).write_bytes(content)
    before = files_of(raw)
    with pytest.raises(BuildFailure, match=rf"^{name}: .*\. Run it again when that is mended\.$"):
        forget(
            Options(
                out=tmp_path, raw=raw, user='"a' if content == b'"a' else USER, is_out_given=True
            )
        )
    assert files_of(raw) == before


def test_a_published_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "marts.duckdb").write_bytes(b"no database")
    with pytest.raises(BuildFailure, match=r"marts\.duckdb: .* Run it again"):
        forget(Options(out=tmp_path, raw=tmp_path / "raw", user=USER, is_out_given=True))


def test_a_folder_named_after_the_person_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "logins" / f"user_id={USER}"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("login_id\n1\n")
    with pytest.raises(BuildFailure, match="a folder is named after the person"):
        forget(Options(out=tmp_path, raw=tmp_path / "raw", user=USER, is_out_given=True))


def test_make_takes_the_user_from_its_own_line_and_not_from_the_shell(tmp_path: Path) -> None:
    environment = {**os.environ, "USER": "somebody"}
    result = subprocess.run(
        ["make", "-n", "-p", "forget", f"RAW={tmp_path}", f"OUT={tmp_path}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert "CSW_USER := \n" in result.stdout
    result = subprocess.run(
        ["make", "-n", "-p", "forget", "USER=U$1", f"RAW={tmp_path}", f"OUT={tmp_path}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert "CSW_USER := U$$1\n" in result.stdout or "CSW_USER := U$1\n" in result.stdout
