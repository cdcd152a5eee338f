"""Areas of models whose SQL is measured together; what they read is measured beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Area:
    """Folders of models. The model `apart_from` and all made from it are reported apart."""

    name: str
    folders: tuple[str, ...]
    apart_from: str | None = None


REVENUE = Area("the revenue area", ("revenue", "churn", "retention", "renewals", "bridges"))
# The backtest judges scores and publishes none.
HEALTH = Area("the health score", ("health",), apart_from="int_health_outcomes")


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
