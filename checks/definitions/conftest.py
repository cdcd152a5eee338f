"""The project compiled once for the checks of the definitions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checks.conftest import Once
from checks.definitions.model_graph import ModelGraph
from checks.mutation.compiled_project import compile_project, read_project

VARIANTS: tuple[dict[str, Any], ...] = (
    {},
    {"renewal_grace_days": 5, "max_pause_days": 20},
    {
        "renewal_grace_days": 0,
        "reporting_timezone": "America/New_York",
        "reporting_currency": "EUR",
    },
)
# Compiled too, for the checks that ask for them.
OTHERS: tuple[dict[str, Any], ...] = ({"in_place_edits": "amendment"},)


@pytest.fixture(scope="session")
def model_graph(once: Once) -> ModelGraph:
    """All models compiled with the project's vars and with each of the variants."""

    def compiled(place: Path) -> Path:
        compile_project(place, [*VARIANTS, *OTHERS])
        return place

    return ModelGraph(read_project(once("compiled", compiled)))


@pytest.fixture(params=VARIANTS, ids=["default", "short grace", "no grace"])
def variables(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The vars of one variant."""
    chosen: dict[str, Any] = request.param
    return chosen


def as_key(variables: dict[str, Any]) -> str:
    """The name under which a set of vars is compiled."""
    return json.dumps(variables, sort_keys=True)
