"""What dbt read once serves every later build of the same texts, and of no others."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from dbt.contracts.graph.manifest import Manifest

from checks.spec.project_files import files_ending, relative
from pipeline import parsed_project
from pipeline.options import ROOT

CONFIG = re.compile(r"\bconfig\s*\(.*?\)\s*}}", re.DOTALL)
VAR = re.compile(r"\b(env_)?var\s*\(|\brun_started_at\b")
NAMES_A_RELATION = re.compile(r"\b(ref|source)\s*\(")


def test_no_var_is_asked_for_while_dbt_reads_the_project() -> None:
    """A var in settings would be that of the build that was read, not of the one that runs."""
    # Profiles say where a build lies, which is not kept.
    read = [path for path in files_ending(".yml") if path.parent == ROOT or is_read(path)]
    read.remove(ROOT / "profiles.yml")
    assert not {"packages.yml", "dependencies.yml"} & {path.name for path in read}
    settings = {relative(path): path.read_text(encoding="utf-8") for path in read}
    for path in files_ending(".sql"):
        text = path.read_text(encoding="utf-8")
        if is_read(path):
            settings[relative(path)] = "".join(CONFIG.findall(text))
        if path.is_relative_to(ROOT / "macros") and VAR.search(text):
            assert not NAMES_A_RELATION.search(text), f"{relative(path)}: a var beside a ref"
    assert len(settings) > 500
    assert [name for name, text in settings.items() if VAR.search(text)] == []


def test_every_folder_that_dbt_reads_decides_whether_it_reads_anew() -> None:
    settings = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    folders = [
        path for name, paths in settings.items() if name.endswith("-paths") for path in paths
    ]
    assert len(folders) > 5
    assert set(folders) == set(parsed_project.READ_FOLDERS)


def is_read(path: Path) -> bool:
    return path.relative_to(ROOT).parts[0] in parsed_project.READ_FOLDERS


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one model."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "a.sql").write_text("select 1")
    (tmp_path / "dbt_project.yml").write_text("name: a")
    monkeypatch.setattr(parsed_project, "ROOT", tmp_path)
    monkeypatch.setattr(parsed_project, "FOLDER", tmp_path / "target" / "parsed")
    return tmp_path


@pytest.mark.parametrize(
    "change",
    [
        lambda project: (project / "models" / "a.sql").write_text("select 2"),
        lambda project: (project / "models" / "b.sql").write_text("select 1"),
        lambda project: (project / "models" / "a.sql").rename(project / "models" / "b.sql"),
        lambda project: (project / "dbt_project.yml").write_text("name: b"),
        lambda project: (project / "vars.yml").write_text("vars: {}"),
    ],
    ids=["text", "new file", "other name", "settings", "vars"],
)
def test_a_changed_project_is_read_anew(project: Path, change: Callable[[Path], object]) -> None:
    before = parsed_project.digest("duckdb")
    assert parsed_project.digest("duckdb") == before
    change(project)
    assert parsed_project.digest("duckdb") != before


def test_each_target_and_each_database_is_read_for_itself(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = [parsed_project.digest(target) for target in ("duckdb", "postgres", "spark")]
    monkeypatch.setenv("PGDATABASE", "another")
    digests += [parsed_project.digest(target) for target in ("duckdb", "postgres")]
    assert digests[0] == digests[3]
    assert len(set(digests)) == 4


class Reader:
    """Stands in for dbt and counts how often it is asked."""

    def __init__(self, found: Manifest | None) -> None:
        self.found = found
        self.times = 0

    def __call__(self, target: str) -> Manifest | None:
        self.times += 1
        return self.found


def test_the_project_is_read_once_and_again_when_what_was_kept_is_broken(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(Manifest())
    monkeypatch.setattr(parsed_project, "_read_by_dbt", reader)
    found = [parsed_project.parsed_project("duckdb") for _ in range(3)]
    assert reader.times == 1
    assert all(isinstance(one, Manifest) for one in found)
    assert len({id(one) for one in found}) == 3
    (kept,) = parsed_project.FOLDER.glob("*.pickle")
    kept.write_bytes(kept.read_bytes()[:20])
    assert parsed_project.parsed_project("duckdb") is not None
    assert reader.times == 2


def test_few_projects_are_kept(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsed_project, "_read_by_dbt", Reader(Manifest()))
    for number in range(9):
        (project / "models" / "a.sql").write_text(f"select {number}")
        parsed_project.parsed_project("duckdb")
    assert len(list(parsed_project.FOLDER.glob("*.pickle"))) == 6


def test_a_project_that_dbt_cannot_read_is_not_kept(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsed_project, "_read_by_dbt", Reader(None))
    assert parsed_project.parsed_project("duckdb") is None
    assert list(parsed_project.FOLDER.glob("*.pickle")) == []


def test_a_project_that_is_changed_while_dbt_reads_it_is_not_kept(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(target: str) -> Manifest:
        (project / "models" / "a.sql").write_text("select 2")
        return Manifest()

    monkeypatch.setattr(parsed_project, "_read_by_dbt", read)
    assert parsed_project.parsed_project("duckdb") is not None
    assert list(parsed_project.FOLDER.glob("*.pickle")) == []
