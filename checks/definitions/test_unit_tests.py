"""All dbt unit tests, run by dbt itself, once; and that they reach every macro."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from dbt.artifacts.resources.types import NodeType
from dbt.contracts.graph.manifest import Manifest

from checks.built_warehouse import BuiltWarehouse, WarehouseBuilder, invoke_dbt

PROJECT = "macro.customer_success_warehouse."
# dbt calls them when it names a relation, starts, makes a relation or has made one; no model does.
# Builds prove what they do, as those of checks/incremental.
CALLED_BY_DBT = {
    "generate_schema_name",
    "mark_as_begun",
    "materialization_table_duckdb",
    "materialization_unit_postgres",
    "plan_changes",
    "restore_catalog",
    "tell_affected_dates",
    "tell_affected_days",
    "tell_affected_months",
}


# Beside all lanes, dbt runs them on Postgres, and the bench of the mutants on DuckDB in memory.
@pytest.mark.alone
def test_all_unit_tests_pass(
    warehouse_builder: WarehouseBuilder, build_folder: Callable[..., BuiltWarehouse]
) -> None:
    built = build_folder({})
    built.connection.close()
    result = invoke_dbt(
        ["test", "--select", "test_type:unit"],
        built.out,
        warehouse_builder.workspace / "target",
        warehouse_builder.manifest(),
    )
    assert result.exception is None
    assert result.result is not None
    statuses = {
        one.node.name: one.status
        for one in result.result.results
        if one.node.resource_type == NodeType.Unit
    }
    assert statuses, "no unit test was found"
    assert {name: status for name, status in statuses.items() if status != "pass"} == {}


def reached_macros(manifest: Manifest) -> set[str]:
    """The names of the project's macros that the unit-tested models call, directly or not.

    An implementation for one engine (`duckdb__x`) is reached with the macro that dispatches to it:
    one of the project, or one that dbt itself calls on that engine.
    """
    tested = {test.model for test in manifest.unit_tests.values()}
    waiting = [
        macro
        for node in manifest.nodes.values()
        if node.resource_type == "model" and node.name in tested
        for macro in node.depends_on.macros
    ]
    waiting += [
        PROJECT + name
        for name, base in implementations(manifest).items()
        if is_dbts_own(manifest, base)
    ]
    waiting += [PROJECT + name for name in CALLED_BY_DBT]
    reached: set[str] = set()
    while waiting:
        macro = waiting.pop()
        if macro not in reached and macro.startswith(PROJECT):
            reached.add(macro)
            name = macro.removeprefix(PROJECT)
            waiting += manifest.macros[macro].depends_on.macros
            waiting += [
                PROJECT + one for one, base in implementations(manifest).items() if base == name
            ]
    return {macro.removeprefix(PROJECT) for macro in reached}


def implementations(manifest: Manifest) -> dict[str, str]:
    """The project's macros for one engine, each with the macro that dispatches to it."""
    names = [macro.removeprefix(PROJECT) for macro in manifest.macros if macro.startswith(PROJECT)]
    return {name: name.split("__", 1)[1] for name in names if "__" in name}


def is_dbts_own(manifest: Manifest, name: str) -> bool:
    return f"macro.dbt.{name}" in manifest.macros


def test_every_macro_is_called_by_a_model_with_unit_tests(
    warehouse_builder: WarehouseBuilder,
) -> None:
    manifest = warehouse_builder.manifest()
    known = {macro.removeprefix(PROJECT) for macro in manifest.macros if macro.startswith(PROJECT)}
    generic_tests = {name for name in known if name.startswith("test_")}
    begun = {f"{engine}__restore_catalog" for engine in ("default", "spark")}
    assert sorted(known - generic_tests - begun - reached_macros(manifest) - CALLED_BY_DBT) == []
