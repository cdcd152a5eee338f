"""What no text of the project may contain, and how long code may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checks.spec.project_files import files_ending, project_files, relative
from pipeline.options import ROOT

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
FORBIDDEN_EVERYWHERE = [
    re.compile(r"/(?:home|root|work|Users)/[a-z]"),
    re.compile(r"https?://(?:files\.pythonhosted|pypi)\.org"),
    re.compile(r"\bTODO\b|\bFIXME\b"),
]
FORBIDDEN_IN_SQL = [
    re.compile(r"\bcurrent_(?:date|timestamp|time)\b", re.IGNORECASE),
    re.compile(r"\b(?:now|today|get_current_timestamp|localtimestamp)\s*\(\s*\)", re.IGNORECASE),
    re.compile(r"\brandom\s*\(", re.IGNORECASE),
]
DBT_VARIABLE = re.compile(r"env_var\(\s*['\"]DBT_")
TYPED_PACKAGES = ("pipeline", "simulator", "dashboard", "bench", "calibration")


def text_of(path: Path) -> str | None:
    """Text of a file, None for a binary one."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def findings(path: Path, patterns: list[re.Pattern[str]]) -> list[str]:
    """Lines of a file that hold something forbidden."""
    if path == Path(__file__):
        return []
    return [
        f"{relative(path)}:{number}: {line.strip()[:120]}"
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1)
        if any(pattern.search(line) for pattern in patterns)
    ]


def python_files(*packages: str) -> list[Path]:
    """The project's Python files, or those of some packages."""
    return [
        path
        for path in files_ending(".py")
        if not packages or path.relative_to(ROOT).parts[0] in packages
    ]


def test_no_text_names_a_machine_or_a_registry_or_puts_work_off() -> None:
    assert [
        found for path in project_files() for found in findings(path, FORBIDDEN_EVERYWHERE)
    ] == []


def test_no_sql_asks_the_clock_or_for_chance() -> None:
    paths = files_ending(".sql", ".yml")
    assert [found for path in paths for found in findings(path, FORBIDDEN_IN_SQL)] == []


def test_no_environment_variable_of_the_project_starts_with_dbt() -> None:
    assert [found for path in project_files() for found in findings(path, [DBT_VARIABLE])] == []


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions of a file, inner ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", python_files(), ids=relative)
def test_python_file_and_its_functions_are_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_FILE, f"{lines} lines"
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in functions(path)
        if node.end_lineno and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


@pytest.mark.parametrize("path", python_files(*TYPED_PACKAGES), ids=relative)
def test_python_functions_have_type_hints(path: Path) -> None:
    untyped = [
        node.name
        for node in functions(path)
        if node.returns is None
        or any(
            argument.annotation is None and argument.arg not in ("self", "cls")
            for argument in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        )
    ]
    assert untyped == []
