"""The files of the project that are written by hand or generated into it."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from pipeline.options import ROOT

_LEFT_OUT = (".venv", ".git/", "out/", "target/", ".hypothesis/", ".pytest_cache/", ".ruff_cache/")


@cache
def project_files() -> tuple[Path, ...]:
    """All files that are or would be under version control, sorted; without git, all there are."""
    command = ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        paths = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in ROOT.rglob("*") if not _is_left_out(path)]
    return tuple(sorted(path for path in paths if path.is_file()))


def files_ending(*endings: str) -> list[Path]:
    """The project's files with one of these endings."""
    return [path for path in project_files() if path.name.endswith(endings)]


def relative(path: Path) -> str:
    """Path as it is written in messages."""
    return path.relative_to(ROOT).as_posix()


def _is_left_out(path: Path) -> bool:
    return path.relative_to(ROOT).as_posix().startswith(_LEFT_OUT) or "__pycache__" in path.parts
