"""The set-up: what it is made from, whom it turns away, and that it is made once."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from pipeline import environment
from pipeline.environment import (
    ENVIRONMENTS,
    EXTRAS,
    EnvironmentFailure,
    add_extra,
    java_home,
    java_version,
    make_environment,
)
from pipeline.options import ROOT

PINNED = re.compile(r"[a-z0-9._-]+(\[[a-z0-9,_-]+\])?==[0-9][0-9a-z.+!-]*$")
LOCKS = sorted([*(lock for _, lock in ENVIRONMENTS.values()), *EXTRAS.values()])


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


def versions_of(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines)


@pytest.mark.parametrize("name", EXTRAS)
def test_an_extra_adds_packages_and_changes_none(name: str) -> None:
    main, extra = versions_of("requirements.lock"), versions_of(EXTRAS[name])
    plain = {package.partition("[")[0]: version for package, version in main.items()}
    assert {p: v for p, v in extra.items() if plain.get(p, v) != v} == {}
    assert set(extra) - set(plain)


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


def java_that_says(folder: Path, words: str) -> Path:
    """A home of Java whose program says these words."""
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho '{words}' >&2\n")
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("words", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('java version "1.8.0_401"', 8),
        ('openjdk version "25-ea" 2025-09-16', 25),
        ("no Java at all", 0),
    ],
)
def test_the_version_of_a_java_is_read(tmp_path: Path, words: str, version: int) -> None:
    assert java_version(java_that_says(tmp_path, words) / "bin" / "java") == version


def test_the_java_of_java_home_goes_before_the_one_on_the_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named = java_that_says(tmp_path / "named", 'openjdk version "21.0.1"')
    on_path = java_that_says(tmp_path / "path", 'openjdk version "17.0.1"')
    monkeypatch.setenv("PATH", f"{on_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("JAVA_HOME", str(named))
    assert java_home() == named
    (named / "bin" / "java").write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    assert java_home() == on_path


def test_an_extra_is_installed_once_and_anew_when_its_lock_changes(
    installed: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lock = tmp_path / "extra.lock"
    lock.write_text("pyspark==1")
    monkeypatch.setattr(environment, "EXTRAS", {"spark": "extra.lock"})
    monkeypatch.setattr(environment, "java_home", lambda: tmp_path)
    for _ in range(2):
        add_extra("spark")
    assert installed.count(lock) == 1
    lock.write_text("pyspark==2")
    add_extra("spark")
    assert installed.count(lock) == 2


def test_without_java_and_without_the_right_to_install_it_the_set_up_says_so(
    installed: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "extra.lock").write_text("pyspark==1")
    monkeypatch.setattr(environment, "EXTRAS", {"spark": "extra.lock"})
    monkeypatch.setattr(environment, "java_home", lambda: None)
    monkeypatch.setattr(environment.os, "geteuid", lambda: 1000)
    with pytest.raises(EnvironmentFailure, match="apt-get install openjdk-17-jre-headless"):
        add_extra("spark")
