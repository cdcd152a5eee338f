"""The one exception that ends a command with a message in plain words."""

from __future__ import annotations

from collections.abc import Sequence


class BuildFailure(Exception):
    """A command cannot go on for a reason the reader can act on.

    `headline` is one sentence; each of `problems` is one finding, printed as a list below it.
    """

    def __init__(self, headline: str, problems: Sequence[str] = ()) -> None:
        """Keep both; `str()` gives the whole message."""
        self.headline = headline
        self.problems = list(problems)
        super().__init__("\n".join([headline, *(f"  - {problem}" for problem in self.problems)]))
