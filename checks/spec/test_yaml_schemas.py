"""Every dbt YAML validates against the JSON schemas that dbt-core ships.

dbt itself is silent on DuckDB about what dbt 2.0 refuses.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import dbt.jsonschemas
import jsonschema
import pytest
import yaml

from checks.spec.project_files import files_ending, relative
from pipeline.options import ROOT

SCHEMAS = Path(dbt.jsonschemas.__file__).parent
LONGEST_YAML = 250
DBT_FOLDERS = ("models", "macros", "seeds", "tests", "analyses", "docs")


@cache
def validator(kind: str) -> jsonschema.Draft7Validator:
    """A validator of `resources` or `project` files."""
    schema = json.loads((SCHEMAS / kind / "latest.json").read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator(schema)


def resource_files() -> list[Path]:
    """The YAML files in which dbt's resources are declared."""
    return [
        path
        for path in files_ending(".yml", ".yaml")
        if path.relative_to(ROOT).parts[0] in DBT_FOLDERS
    ]


def faults(kind: str, content: object) -> list[str]:
    """What the schema finds wrong, each with its place in the file."""
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"
        for error in validator(kind).iter_errors(content)
    ]


@pytest.mark.parametrize("path", resource_files(), ids=relative)
def test_resource_file_follows_the_schema(path: Path) -> None:
    assert faults("resources", yaml.safe_load(path.read_text(encoding="utf-8"))) == []


def test_project_file_follows_the_schema() -> None:
    content = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    assert faults("project", content) == []


def test_a_misspelt_key_would_be_found() -> None:
    model = {"name": "a", "config": {"materialised": "table"}}
    assert faults("resources", {"models": [model]})


@pytest.mark.parametrize("path", resource_files(), ids=relative)
def test_yaml_is_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_YAML, f"{lines} lines"


@pytest.mark.parametrize("path", resource_files(), ids=relative)
def test_yaml_has_neither_a_version_nor_tests_of_the_old_spelling(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "\nversion:" not in "\n" + text
    assert not [line for line in text.splitlines() if line.strip() == "tests:"]


@pytest.mark.parametrize("path", files_ending("unit_tests.yml"), ids=relative)
def test_expected_rows_of_a_unit_test_name_the_same_columns(path: Path) -> None:
    """In one order: dbt unites them as they stand, and an engine may refuse or misread others."""
    tests = yaml.safe_load(path.read_text(encoding="utf-8"))["unit_tests"]
    rows = {test["name"]: test["expect"].get("rows") for test in tests}
    unlike = [
        name
        for name, given in rows.items()
        if isinstance(given, list) and len({tuple(row) for row in given}) > 1
    ]
    assert unlike == []
