"""What a command tells the reader while it runs, and the log file with all the details."""

from __future__ import annotations

import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

WIDTH = 80


class Console:
    """Prints steps to the terminal and everything to a log file; remembers seconds per step."""

    def __init__(self, log_path: Path, step_count: int) -> None:
        """Open the log anew; `step_count` is only shown."""
        self.log_path = log_path
        self.step_count = step_count
        self.seconds: dict[str, float] = {}
        self.current_step = "start"
        self._log: TextIO = log_path.open("w", encoding="utf-8", errors="replace")

    def log(self, text: str) -> None:
        """Write to the log file only."""
        self._log.write(text.rstrip("\n") + "\n")
        self._log.flush()

    def say(self, text: str, indent: int = 6) -> None:
        """Print lines, wrapped to the terminal's width, and log them."""
        for line in text.splitlines() or [""]:
            wrapped = textwrap.wrap(
                line,
                WIDTH,
                initial_indent=" " * indent,
                subsequent_indent=" " * (indent + 2),
                break_long_words=False,
                break_on_hyphens=False,
            )
            print("\n".join(wrapped), flush=True)
            self.log(" " * indent + line)

    def warn(self, text: str) -> None:
        """Print a note that does not fail the build."""
        self.say(f"note: {text}")

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Announce a step and time it; the time is kept when it fails too."""
        self.current_step = title
        number = len(self.seconds) + 1
        self.say(f"[{number}/{self.step_count}] {title}", indent=0)
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds[title] = round(time.monotonic() - began, 1)
            self.log(f"{title}: {self.seconds[title]} s")

    def close(self) -> None:
        """Close the log file."""
        self._log.close()


def complain(message: str) -> None:
    """Print an error to standard error, each line wrapped to the terminal's width."""
    sys.stdout.flush()
    for line in message.splitlines():
        indent = " " * (len(line) - len(line.lstrip()))
        print(
            textwrap.fill(
                line,
                WIDTH,
                subsequent_indent=indent + "  ",
                break_long_words=False,
                break_on_hyphens=False,
            ),
            file=sys.stderr,
            flush=True,
        )
