"""All dbt unit tests, run by dbt itself, once; and that they reach every macro."""

from __future__ import annotations

from collections.abc import Callable

from dbt.contracts.graph.manifest import Manifest

from checks.built_warehouse import BuiltWarehouse, WarehouseBuilder, invoke_dbt

PROJECT = "macro.customer_success_warehouse."
# dbt calls the one for every relation it names and the other when it starts; no model does.
CALLED_BY_DBT = {"generate_schema_name", "mark_as_begun"}


def test_all_unit_tests_pass(
    warehouse_builder: WarehouseBuilder, build_folder: Callable[..., BuiltWarehouse]
) -> None:
    built = build_folder({})
    built.connection.close()
    result = invoke_dbt(
        ["test", "--select", "test_type:unit"],
        built.out,
        warehouse_builder.workspace / "target",
        warehouse_builder.manifest(built.out),
    )
    assert result.exception is None
    assert result.result is not None
    statuses = {node.node.name: node.status for node in result.result.results}
    assert statuses, "no unit test was found"
    assert {name: status for name, status in statuses.items() if status != "pass"} == {}


def reached_macros(manifest: Manifest) -> set[str]:
    """The names of the project's macros that the unit-tested models call, directly or not.

    An implementation for one engine (`duckdb__x`) counts when the macro that dispatches to it does.
    """
    tested = {test.model for test in manifest.unit_tests.values()}
    waiting = [
        macro
        for node in manifest.nodes.values()
        if node.resource_type == "model" and node.name in tested
        for macro in node.depends_on.macros
    ]
    reached: set[str] = set()
    while waiting:
        macro = waiting.pop()
        if macro not in reached and macro.startswith(PROJECT):
            reached.add(macro)
            waiting += manifest.macros[macro].depends_on.macros
    return {macro.removeprefix(PROJECT) for macro in reached}


def test_every_macro_is_called_by_a_model_with_unit_tests(
    warehouse_builder: WarehouseBuilder, build_folder: Callable[..., BuiltWarehouse]
) -> None:
    manifest = warehouse_builder.manifest(warehouse_builder.workspace)
    known = {macro.removeprefix(PROJECT) for macro in manifest.macros if macro.startswith(PROJECT)}
    dispatched = {name for name in known if "__" in name}
    reached = reached_macros(manifest)
    generic_tests = {name for name in known if name.startswith("test_")}
    assert sorted(known - dispatched - generic_tests - reached - CALLED_BY_DBT) == []
    assert sorted(name for name in dispatched if name.split("__", 1)[1] not in reached) == []
