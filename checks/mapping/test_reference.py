"""The reference of mapping.yml names every key, and its examples are sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipeline.mapping.loader import load_mapping
from pipeline.mapping.schema import mapping_schema
from pipeline.options import ROOT
from pipeline.raw_contracts import load_contracts

PAGE = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
SCHEMA = mapping_schema()


def keys_of(part: Any) -> Iterator[str]:
    """All property names of a schema, but for the names of our sources and columns."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == "properties":
                yield from inner
            yield from keys_of(inner)


def test_every_key_is_in_the_reference():
    contracts = load_contracts()
    ours = set(contracts) | {name for c in contracts.values() for name in c.column_names}
    keys = set(keys_of(SCHEMA)) - ours
    assert len(keys) > 30
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_of_the_reference_is_sound(number, tmp_path):
    path = tmp_path / "mapping.yml"
    path.write_text(EXAMPLES[number], encoding="utf-8")
    assert load_mapping(path).entries


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)
    references = set(re.findall(r"#/\$defs/(\w+)", str(SCHEMA)))
    assert references <= set(SCHEMA["$defs"])


def test_the_schema_knows_every_column_of_every_contract():
    for source, contract in load_contracts().items():
        columns = SCHEMA["$defs"][f"source_{source}"]["properties"]["columns"]["properties"]
        assert tuple(columns) == contract.column_names
