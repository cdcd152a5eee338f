"""The parsed project, as dbt's manifest describes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checks.built_warehouse import WarehouseBuilder


@pytest.fixture(scope="session")
def manifest(
    warehouse_builder: WarehouseBuilder, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """dbt's manifest.json of this project."""
    warehouse_builder.manifest(tmp_path_factory.mktemp("parse"))
    path: Path = warehouse_builder.workspace / "target" / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def models(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """The project's models."""
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


@pytest.fixture(scope="session")
def marts(models: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The models that are published."""
    return [model for model in models if model["schema"] == "marts"]
