"""Seeds are typed, described and tested like models."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest

from pipeline.options import ROOT


@pytest.fixture(scope="module")
def seeds(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """The project's seeds."""
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "seed"]


def test_every_column_of_a_seed_is_typed_and_described(seeds: list[dict[str, Any]]) -> None:
    assert seeds
    for seed in seeds:
        with (ROOT / seed["original_file_path"]).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        types = {name: column["data_type"] for name, column in seed["columns"].items()}
        assert list(types) == header, seed["name"]
        assert seed["config"]["column_types"] == types, seed["name"]


def test_a_seed_has_a_grain_a_group_and_a_test_of_its_key(
    seeds: list[dict[str, Any]], manifest: dict[str, Any]
) -> None:
    for seed in seeds:
        grain = seed["config"]["meta"]["grain"]
        tests = [
            test["test_metadata"]["kwargs"]
            for test in manifest["nodes"].values()
            if test.get("attached_node") == seed["unique_id"]
            and test["test_metadata"]["name"] in ("unique", "unique_combination")
        ]
        keys = [one.get("column_names") or [one["column_name"]] for one in tests]
        assert grain in keys, seed["name"]
        assert seed["config"]["group"], seed["name"]
        assert re.match(r"One row\b", seed["description"]), seed["name"]
