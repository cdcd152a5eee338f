"""The recorded builds, once for all checks of the folder."""

from __future__ import annotations

import pytest

from checks.definitions.conftest import model_graph
from checks.incremental.recorded import Recording, record

__all__ = ["model_graph", "recordings"]


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Recording, Recording]:
    """What dbt runs in a full refresh and in an incremental build."""
    return record(tmp_path_factory.mktemp("recorded"))
