"""All dbt unit tests, run by dbt itself, once."""

from __future__ import annotations

from collections.abc import Callable

from checks.built_warehouse import BuiltWarehouse, WarehouseBuilder, invoke_dbt


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
