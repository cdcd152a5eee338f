"""OUT folders in which the rules are compiled already, once for all checks of a run."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.checking.models import row_models
from pipeline.console import Console
from pipeline.options import Options

DAY = "2025-12-31"


def _compiled(out: Path, variables: Mapping[str, Any]) -> Path:
    """OUT with the compiled rules."""
    (out / "check").mkdir(parents=True)
    row_models(Options(out, variables=dict(variables)), Console(out / "check" / "check.log", 1))
    return out


def _copied(compiled: Path, out: Path) -> Path:
    """A fresh OUT with the same rules."""
    (out / "check").mkdir(parents=True)
    shutil.copy(compiled / "check" / "models.json", out / "check")
    return out


@pytest.fixture(scope="session")
def compiled_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """OUT with the rules as they are without AS_OF."""
    return _compiled(tmp_path_factory.mktemp("compiled") / "out", {})


@pytest.fixture(scope="session")
def compiled_dated_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """OUT with the rules of AS_OF=2025-12-31."""
    return _compiled(tmp_path_factory.mktemp("compiled") / "out", {"as_of_date": DAY})


@pytest.fixture
def out(compiled_out: Path, tmp_path: Path) -> Path:
    """An OUT for one check without AS_OF."""
    return _copied(compiled_out, tmp_path / "out")


@pytest.fixture
def dated_out(compiled_dated_out: Path, tmp_path: Path) -> Path:
    """An OUT for one check with AS_OF=2025-12-31."""
    return _copied(compiled_dated_out, tmp_path / "out")
