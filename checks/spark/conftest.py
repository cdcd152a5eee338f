"""One session for the small questions; where there is no Spark the lane is left out, or fails."""

from __future__ import annotations

import os

import pytest

from checks.engines.expressions import calendar, money
from checks.engines.rendering import ANY_ZONE, rendered
from checks.engines.spellings import TEMPLATE
from checks.spark.session import Session
from pipeline.spark.engine import SET_UP, is_set_up


@pytest.fixture(scope="session", autouse=True)
def _spark_is_there() -> None:
    if is_set_up():
        return
    message = f"Spark is not set up: run `{SET_UP}`"
    if os.environ.get("CSW_REQUIRE_ALL_LANES") == "1":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def session(_spark_is_there: None, tmp_path_factory: pytest.TempPathFactory) -> Session:
    return Session(tmp_path_factory.mktemp("session"))


@pytest.fixture(scope="session")
def macros() -> dict[tuple[str, str], list[str]]:
    """SQL of cells, money and calendar by engine and zone."""
    templates = [TEMPLATE, money()[2], calendar()[2]]
    return {
        (target, zone): [rendered(target, template, zone) for template in templates]
        for target in ("duckdb", "spark")
        for zone in ("UTC", ANY_ZONE)
    }
