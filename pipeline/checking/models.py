"""The models that end every raw row, as SQL: compiled by dbt once, kept in OUT until they change.

A check of raw files so uses the very rules of a build without running one.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.as_of import KNOWN_DATE_TEST, LONELY_DATE_TEST
from pipeline.console import Console
from pipeline.dbt_runner import run_dbt
from pipeline.increments import settings_of
from pipeline.options import Options

ENDS_MODEL = "int_rows_ended"
_WANTED = (
    *("int_rows_quarantined", "int_raw_rows_counted", "int_as_of_candidates"),
    *(LONELY_DATE_TEST, KNOWN_DATE_TEST),
)
_KEPT_NAME = "models.json"

_Node = Mapping[str, Any]


@dataclass(frozen=True)
class Model:
    """One compiled node; `kind` is view, table or test, and a test has no relation."""

    name: str
    kind: str
    relation: str
    sql: str


def row_models(options: Options, console: Console) -> list[Model]:
    """The models and tests in an order in which they can run; BuildFailure when dbt fails."""
    # Neither raw files nor a mapping change the text of a model.
    settings = settings_of(replace(options, raw=None, mapping=None, target="duckdb"))
    key = hashlib.sha256(settings.encode()).hexdigest()
    kept = options.out / "check" / _KEPT_NAME
    if (models := _read(kept, key)) is not None:
        return models
    console.say("Compile the rules (once for these models and variables)", indent=0)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        models = _compiled(replace(options, out=Path(folder), target="duckdb"), console)
        written = Path(folder) / _KEPT_NAME
        text = json.dumps({"key": key, "models": [asdict(model) for model in models]})
        written.write_text(text, encoding="utf-8")
        # Another check of the same folder may be reading.
        written.replace(kept)
    return models


def _read(path: Path, key: str) -> list[Model] | None:
    """What is kept, None when it is missing, damaged or made from something else."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return [Model(**model) for model in found["models"]] if found["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _compiled(options: Options, console: Console) -> list[Model]:
    """Compile in a folder of its own, so that no model finds tables of an earlier build."""
    selected = [name if name.startswith("assert") else f"+{name}" for name in _WANTED]
    run_dbt(options, ["compile", "--quiet", "--select", *selected], console)
    manifest = json.loads((options.dbt_target / "manifest.json").read_text(encoding="utf-8"))
    nodes = {
        unique_id: node
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] == "model" or node["name"] in _WANTED
    }
    wanted = [unique_id for unique_id, node in nodes.items() if node["name"] in _WANTED]
    return [_model(nodes[unique_id]) for unique_id in _in_order(nodes, sorted(wanted))]


def _in_order(nodes: Mapping[str, _Node], wanted: list[str]) -> Iterator[str]:
    """The wanted nodes and all they read, each after what it reads."""
    done: set[str] = set()

    def visit(unique_id: str) -> Iterator[str]:
        if unique_id in done or unique_id not in nodes:
            return
        done.add(unique_id)
        for parent in sorted(nodes[unique_id]["depends_on"]["nodes"]):
            yield from visit(parent)
        yield unique_id

    for unique_id in wanted:
        yield from visit(unique_id)


def _model(node: _Node) -> Model:
    materialized = node["config"]["materialized"]
    kinds = {"view": "view", "test": "test"}
    kind = kinds.get(materialized, "table")
    return Model(node["name"], kind, node["relation_name"] or "", node["compiled_code"])
