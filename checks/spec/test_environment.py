"""The set-up: what it is made from, whom it turns away, and that it is made once."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from pipeline import environment
from pipeline.environment import ENVIRONMENTS, EnvironmentFailure, make_environment
from pipeline.options import ROOT

PINNED = re.compile(r"[a-z0-9._-]+(\[[a-z0-9,_-]+\])?==[0-9][0-9a-z.+!-]*$")
LOCKS = sorted(lock for _, lock in ENVIRONMENTS.values())


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_and_names_no_url(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not PINNED.match(line)] == []
    names = [line.partition("==")[0] for line in lines]
    assert len(names) == len(set(names)) > 0


def test_the_main_lock_holds_what_is_asked_for() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {line.partition("==")[0] for line in lock.splitlines()}
    wanted = (ROOT / "requirements.in").read_text(encoding="utf-8").split()
    assert {re.split(r"[\[=]", name)[0] for name in wanted} <= locked
    assert "dbt-core-experimental-parser" not in locked


def test_the_set_up_needs_nothing_but_python() -> None:
    tree = ast.parse(Path(environment.__file__).read_text(encoding="utf-8"))
    modules = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert modules <= set(sys.stdlib_module_names)


def test_an_older_python_is_turned_away_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "OLDEST_PYTHON", (99, 0))
    with pytest.raises(EnvironmentFailure, match=r"Python 99\.0 or newer is needed"):
        make_environment("main")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """A project of its own with one lock; the list grows with each installation."""
    installations: list[Path] = []
    (tmp_path / "some.lock").write_text("pytest==1\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setitem(environment.ENVIRONMENTS, "main", ("folder", "some.lock"))
    monkeypatch.setattr(environment, "create", lambda folder: folder.mkdir(exist_ok=True))
    monkeypatch.setattr(environment, "install", lambda _, lock: installations.append(lock))
    monkeypatch.setattr(environment, "can_run", lambda *_: True)
    return installations


def test_a_second_set_up_installs_nothing(installed: list[Path]) -> None:
    make_environment("main")
    make_environment("main")
    assert len(installed) == 1


def test_another_lock_is_installed(installed: list[Path], tmp_path: Path) -> None:
    make_environment("main")
    (tmp_path / "some.lock").write_text("pytest==2\n")
    make_environment("main")
    assert len(installed) == 2
