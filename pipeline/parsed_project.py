"""What dbt reads of the project, kept for the next build whatever its day, folder and vars are.

dbt takes a quarter of a minute to read the project, and what it keeps of it serves only the same
vars and the same build file. Vars are asked for when a model runs and not when it is read (a check
holds the project to that), so what was read once serves every build of the same texts and target.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.options import ROOT

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

FOLDER = ROOT / "target" / "parsed"
# Every folder that dbt reads; the settings lie beside them.
READ_FOLDERS = ("analyses", "docs", "macros", "models", "seeds", "tests")
_KEPT = 6


def parsed_project(target: str) -> Manifest | None:
    """The project as dbt reads it for a target, a copy of the caller's own.

    None when dbt cannot read it: the caller's own call of dbt then says why.
    """
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        with (FOLDER / f".{target}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            before = digest(target)
            path = FOLDER / f"{target}-{before}.pickle"
            if found := _loaded(path):
                return found
            manifest = _read_by_dbt(target)
            # A text that was changed meanwhile was read as it was, or as it is.
            if manifest is not None and digest(target) == before:
                with contextlib.suppress(OSError):
                    _keep(manifest, path)
            return manifest
    except OSError:
        return _read_by_dbt(target)


def digest(target: str) -> str:
    """SHA-256 over all that decides what dbt makes of the project."""
    found = hashlib.sha256()
    database = os.environ.get("PGDATABASE", "") if target == "postgres" else ""
    for word in (str(ROOT), target, database, sys.version, *_versions()):
        found.update(word.encode() + b"\0")
    for path in _texts():
        found.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        found.update(path.read_bytes() + b"\0")
    return found.hexdigest()[:32]


@cache
def _versions() -> list[str]:
    """dbt and its adapters."""
    found = ((one.metadata["Name"] or "", one.version) for one in distributions())
    return sorted(f"{name} {version}" for name, version in found if name.startswith("dbt"))


def _texts() -> Iterator[Path]:
    """The files that dbt reads, in an order of their own."""
    yield from sorted(ROOT.glob("*.yml"))
    for folder in READ_FOLDERS:
        yield from sorted(path for path in (ROOT / folder).rglob("*") if path.is_file())


def _loaded(path: Path) -> Manifest | None:
    """What was kept under a name; None when there is nothing that can be used."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    collects = gc.isenabled()
    # A hundred thousand objects at once: looking for garbage among them takes most of the time.
    gc.disable()
    try:
        manifest: Manifest = pickle.loads(content)
    except Exception:
        return None
    finally:
        if collects:
            gc.enable()
    manifest.metadata.generated_at = datetime.now(UTC).replace(tzinfo=None)
    os.utime(path)
    return manifest


def _keep(manifest: Manifest, path: Path) -> None:
    """Write the manifest for the next build; what has not been used for longest goes."""
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_bytes(pickle.dumps(manifest, protocol=5))
    os.replace(temporary, path)
    by_age = sorted(FOLDER.glob("*.pickle"), key=lambda one: -one.stat().st_mtime)
    for old in by_age[_KEPT:]:
        old.unlink(missing_ok=True)


def _read_by_dbt(target: str) -> Manifest | None:
    """Let dbt read the project, without a word."""
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest

    command = ["--quiet", "--log-level", "none", "--log-level-file", "none", "parse"]
    command += ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT), "--target", target]
    with tempfile.TemporaryDirectory() as folder, _no_output():
        found = dbtRunner().invoke([*command, "--target-path", folder]).result
    return found if isinstance(found, Manifest) else None


@contextlib.contextmanager
def _no_output() -> Iterator[None]:
    """Keep what dbt says from whoever reads this process."""
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        yield
