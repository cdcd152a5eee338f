"""The parsed project, as dbt's manifest describes it."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

import pytest
from dbt.flags import set_from_args

from checks.built_warehouse import WarehouseBuilder


@pytest.fixture(scope="session")
def manifest(warehouse_builder: WarehouseBuilder) -> dict[str, Any]:
    """dbt's manifest.json of this project."""
    # What a call of dbt would have set; the manifest notes it.
    set_from_args(Namespace(SEND_ANONYMOUS_USAGE_STATS=False), None)
    found = warehouse_builder.manifest().writable_manifest().to_dict(omit_none=False)
    described: dict[str, Any] = json.loads(json.dumps(found, default=str))
    return described


@pytest.fixture(scope="session")
def models(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """The project's models."""
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


@pytest.fixture(scope="session")
def marts(models: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The models that are published."""
    return [model for model in models if model["schema"] == "marts"]
