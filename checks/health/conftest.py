"""The project compiled once for the checks of the health score."""

from __future__ import annotations

import pytest

from checks.mutation.compiled_project import CompiledProject, compile_project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> CompiledProject:
    """All models compiled with the project's vars."""
    return compile_project(tmp_path_factory.mktemp("compiled"), [])
