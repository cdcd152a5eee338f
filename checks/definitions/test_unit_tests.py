"""dbt's own unit tests, run once and reported one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from checks.built_warehouse import WarehouseBuilder, invoke_dbt, write_raw_folder
from pipeline.options import ROOT


def declared_unit_tests() -> list[str]:
    """Names of all unit tests in the project's YAML."""
    names = []
    for path in sorted((ROOT / "models").rglob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        names += [unit_test["name"] for unit_test in content.get("unit_tests", [])]
    return names


@pytest.fixture(scope="module")
def outcomes(
    warehouse_builder: WarehouseBuilder, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[str, str]]:
    """Unit test -> how it ended and its message; the models they read are built empty first."""
    raw = write_raw_folder(tmp_path_factory.mktemp("empty") / "raw", {})
    built = warehouse_builder.build(raw, as_of="2025-12-31")
    built.connection.close()
    result = invoke_dbt(
        ["test", "--select", "test_type:unit"],
        built.out,
        warehouse_builder.workspace / "target",
        warehouse_builder.manifest(built.out),
    )
    assert result.result is not None, result.exception
    return {
        one.node.name: (str(one.status), str(one.message or "")) for one in result.result.results
    }


@pytest.mark.parametrize("name", declared_unit_tests())
def test_unit_test(name: str, outcomes: dict[str, tuple[str, str]]) -> None:
    status, message = outcomes[name]
    assert status == "pass", message


def test_every_unit_test_ran(outcomes: dict[str, tuple[str, str]]) -> None:
    assert set(outcomes) == set(declared_unit_tests())


def test_names_are_sentences() -> None:
    assert [name for name in declared_unit_tests() if name.count("_") < 3] == []


def test_names_are_used_once() -> None:
    names = declared_unit_tests()
    assert len(names) == len(set(names))


def test_unit_tests_stand_in_files_of_their_own() -> None:
    others = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "models").rglob("*.yml"))
        if not path.name.endswith("__unit_tests.yml") and "\nunit_tests:" in _text(path)
    ]
    assert others == []


def _text(path: Path) -> str:
    return "\n" + path.read_text(encoding="utf-8")
