"""The one exception that ends a command with a message in plain words."""

from __future__ import annotations

from collections.abc import Sequence


class BuildFailure(Exception):
    """A command cannot go on for a reason the reader can act on.

    `headline` is one sentence; each of `problems` is one finding, printed as a list below it;
    `str()` gives the whole message.
    """

    def __init__(self, headline: str, problems: Sequence[str] = ()) -> None:
        self.headline = headline
        self.problems = list(problems)
        super().__init__("\n".join([headline, *(_item(problem) for problem in self.problems)]))


def _item(problem: str) -> str:
    """A list entry; its further lines are indented below the first."""
    return "  - " + problem.replace("\n", "\n    ")
