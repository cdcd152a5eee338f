"""What dbt's own files say of the project: docs blocks, groups, and configs set by folder.

Read as YAML, without a parse of dbt, which takes half a minute; a check compares the outcome with
dbt's manifest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.failure import BuildFailure
from pipeline.options import ROOT

Entry = dict[str, Any]

_DOCS_FOLDERS = ("models", "docs")
_BLOCK = re.compile(r"{%\s*docs\s+(\w+)\s*%}(.*?){%\s*enddocs\s*%}", re.DOTALL)
_CALL = re.compile(r"{{\s*doc\('(\w+)'\)\s*}}")


@cache
def read_yaml(path: Path) -> Any:
    """Content of a YAML file; BuildFailure naming file and line when it cannot be read."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise BuildFailure(
            f"{path.relative_to(ROOT)}{place}: not valid YAML: {problem}."
        ) from error


@cache
def docs_blocks() -> dict[str, str]:
    """Name of each docs block -> its text."""
    return {
        name: text.strip()
        for folder in _DOCS_FOLDERS
        for path in sorted((ROOT / folder).rglob("*.md"))
        for name, text in _BLOCK.findall(path.read_text(encoding="utf-8"))
    }


def described(text: str, where: str) -> str:
    """A description with its docs blocks put in; BuildFailure when there is no such block."""

    def block(match: re.Match[str]) -> str:
        if match[1] not in docs_blocks():
            raise BuildFailure(f"{where}: there is no docs block {match[1]}.")
        return docs_blocks()[match[1]]

    return _CALL.sub(block, text).strip()


@cache
def owners() -> dict[str, Entry]:
    """Group -> its owner, name and email."""
    groups = read_yaml(ROOT / "models" / "_groups.yml")["groups"]
    return {group["name"]: group["owner"] for group in groups}


@cache
def _project_configs() -> Entry:
    """dbt_project.yml."""
    return read_yaml(ROOT / "dbt_project.yml")


def config_of(kind: str, folders: tuple[str, ...], name: str, own: Entry) -> Entry:
    """Config of a resource: what the project says by folder, then by name, then its own YAML.

    `kind` is models or seeds; the `+` before a key of dbt_project.yml is left out.
    """
    project = _project_configs()
    level: Any = project.get(kind, {})
    config: Entry = {}
    for step in (project["name"], *folders, name):
        level = level.get(step) if isinstance(level, dict) else None
        if not isinstance(level, dict):
            break
        config |= {key[1:]: value for key, value in level.items() if key.startswith("+")}
    return config | own


def entries(kind: str) -> Iterator[tuple[Path, Entry]]:
    """Each model or seed that the project's YAML describes, with the file it stands in."""
    for path in sorted((ROOT / kind).rglob("*.yml")):
        # Unit tests are most of the YAML and describe no columns.
        if not path.name.endswith("unit_tests.yml"):
            yield from ((path, entry) for entry in read_yaml(path).get(kind, []))


def name_and_body(test: str | Entry) -> tuple[str, Entry]:
    """Name and body of an entry of `data_tests`."""
    if isinstance(test, str):
        return test, {}
    name, body = next(iter(test.items()))
    return name, body or {}
