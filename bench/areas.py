"""Areas of models whose SQL is measured together; what they read is measured beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Area:
    """Folders of models. The model `apart_from` and all made from it are reported apart.

    `core` are models of the area whose sum is reported too, under the name `core_name`.
    """

    name: str
    folders: tuple[str, ...]
    apart_from: str | None = None
    core_name: str = ""
    core: tuple[str, ...] = ()


REVENUE = Area("the revenue area", ("revenue", "churn", "retention", "renewals", "bridges"))
# The backtest judges scores and publishes none.
HEALTH = Area(
    "the health score, its inputs and what is read from it",
    ("health",),
    apart_from="int_health_outcomes",
    core_name="scoring: from the inputs of accounts and dates to components and scores",
    core=(
        "int_health_profile_choices",
        "int_health_parameters",
        "int_health_components_judged",
        "int_health_version_scores",
        "fct_health_component",
        "fct_health_score",
    ),
)


def models_after(manifest: dict[str, Any], name: str | None) -> frozenset[str]:
    """The model of this name and those that are made from it, however far."""
    waiting = [
        unique_id
        for unique_id, node in manifest["nodes"].items()
        if node["name"] == name and node["resource_type"] == "model"
    ]
    found: set[str] = set()
    while waiting:
        unique_id = waiting.pop()
        node = manifest["nodes"].get(unique_id, {})
        if node.get("resource_type") == "model" and node["name"] not in found:
            found.add(node["name"])
            waiting += manifest["child_map"].get(unique_id, [])
    return frozenset(found)
