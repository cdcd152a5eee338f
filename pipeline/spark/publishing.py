"""Publishes the marts as Parquet: OUT/spark/marts/<mart>/*.parquet.

OUT/spark/marts is a link to the folder of one build. It is replaced in one step, so that a reader
who opens it sees all marts of one build; the folder before it is kept for one cycle.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pipeline.failure import BuildFailure

_CURRENT = "marts"
_PREVIOUS = "marts.previous"
_NEXT = "marts.next"
_FOLDERS = ("marts.a", "marts.b", "marts.c")


def gather(tables: Path, folder: Path) -> None:
    """Link the files of all tables into a folder of their own, which no later build touches."""
    abandon(folder)
    used = {_target(folder / name) for name in (_CURRENT, _PREVIOUS)}
    free = next(folder / name for name in _FOLDERS if folder / name not in used)
    shutil.rmtree(free, ignore_errors=True)
    for table in sorted(tables.iterdir()):
        for file in sorted(table.rglob("*.parquet")):
            target = free / file.relative_to(tables)
            target.parent.mkdir(parents=True, exist_ok=True)
            _link_or_copy(file, target)
    _point(folder / _NEXT, free)


def promote(folder: Path) -> None:
    """Put the gathered folder in the published one's place; keep the one it replaces."""
    if former := _target(folder / _CURRENT):
        _point(folder / _PREVIOUS, former)
    os.replace(folder / _NEXT, folder / _CURRENT)


def roll_back(folder: Path) -> None:
    """Publish the folder before the last one again; the one it replaces becomes the former."""
    current, previous = _target(folder / _CURRENT), _target(folder / _PREVIOUS)
    if previous is None or current is None:
        raise BuildFailure(f"There is no earlier folder of marts in {folder}.")
    _point(folder / _CURRENT, previous)
    _point(folder / _PREVIOUS, current)


def abandon(folder: Path) -> None:
    """Forget a folder that was gathered and not published."""
    (folder / _NEXT).unlink(missing_ok=True)


def _target(link: Path) -> Path | None:
    """The folder that a link names; None without one."""
    return link.parent / os.readlink(link) if link.is_symlink() else None


def _point(link: Path, folder: Path) -> None:
    """Make a link name a folder beside it, without a moment in which it names none."""
    temporary = link.with_name(link.name + ".tmp")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(folder.name)
    os.replace(temporary, link)


def _link_or_copy(file: Path, target: Path) -> None:
    """Make a file appear under another name, where it can be at no cost."""
    try:
        os.link(file, target)
    except OSError:
        shutil.copyfile(file, target)
