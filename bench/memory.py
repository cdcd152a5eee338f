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
    all in it. What processes share (a server's buffers) is counted once: the largest of them.
    Only counters are read, since walking pages would hold the measured process up. On a system
    without /proc there are no samples, and every peak is 0.
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
            found = [_memory(process) for process in descendants(os.getpid())]
            own, shared = sum(one[0] for one in found), max((one[1] for one in found), default=0)
            self.samples.append((datetime.now(UTC), own + shared))


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


def _memory(process: int) -> tuple[int, int]:
    """Bytes of its own and shared bytes that a process holds; none for one that has ended."""
    try:
        lines = (_PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return 0, 0
    sizes = {line.split()[0]: int(line.split()[1]) * _KIBI for line in lines if "Rss" in line[:4]}
    return sizes.get("RssAnon:", 0) + sizes.get("RssFile:", 0), sizes.get("RssShmem:", 0)
