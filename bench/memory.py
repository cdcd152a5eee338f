"""Memory of this process's children, sampled while they work."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

_EVERY_SECONDS = 0.2
_PROC = Path("/proc")
_KIBI = 1024


class MemorySampler:
    """Adds up the memory of all descendants of this process a few times a second.

    So dbt with DuckDB or a Spark session, its Java process, and a server that was started here are
    all in it. Pages that several processes share are counted once where the system tells (Pss).
    On a system without /proc there are no samples, and every peak is 0.
    """

    def __init__(self) -> None:
        self.samples: list[tuple[datetime, int]] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> MemorySampler:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def peak(self) -> int:
        """The largest sample, in bytes."""
        return max((size for _, size in self.samples), default=0)

    def peak_between(self, start: datetime, end: datetime) -> int:
        """The largest sample from the last one before `start` to `end`, in bytes."""
        before = [size for moment, size in self.samples if moment <= start][-1:]
        within = [size for moment, size in self.samples if start < moment <= end]
        return max([*before, *within], default=0)

    def _sample(self) -> None:
        while not self._ended.wait(_EVERY_SECONDS):
            self.samples.append((datetime.now(UTC), sum(map(_memory, descendants(os.getpid())))))


def descendants(process: int) -> Iterator[int]:
    """All processes below a process."""
    if not _PROC.exists():
        return
    children: dict[int, list[int]] = {}
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            children.setdefault(_parent(int(folder.name)), []).append(int(folder.name))
    waiting = children.get(process, [])
    while waiting:
        found = waiting.pop()
        yield found
        waiting = [*waiting, *children.get(found, [])]


def _parent(process: int) -> int:
    """The parent of a process; 0 for one that has ended meanwhile."""
    try:
        text = (_PROC / str(process) / "stat").read_text()
    except OSError:
        return 0
    return int(text.rpartition(")")[2].split()[1])


def _memory(process: int) -> int:
    """Bytes that a process holds; 0 for one that has ended meanwhile."""
    for name, label in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        try:
            lines = (_PROC / str(process) / name).read_text().splitlines()
        except OSError:
            continue
        for line in lines:
            if line.startswith(label):
                return int(line.split()[1]) * _KIBI
    return 0
