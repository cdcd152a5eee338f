"""Finds the name that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_MOST_NAMES = 40


def _plain(name: str) -> str:
    """A name without what people forget: case, blanks, underscores; itself if nothing is left."""
    return "".join(c for c in name.casefold() if c.isalnum()) or name


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like this one, None when none is alike."""
    by_plain: dict[str, str] = {}
    for candidate in known:
        by_plain.setdefault(_plain(candidate), candidate)
    found = difflib.get_close_matches(_plain(name), by_plain, n=1, cutoff=0.6)
    return by_plain[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Half a sentence: the nearest name, else all that there are."""
    known = list(known)
    if meant := nearest(name, known):
        return f"did you mean `{meant}`?"
    if not known:
        return "there is none"
    listed = ", ".join(f"`{candidate}`" for candidate in known[:_MOST_NAMES])
    return f"there are {listed}" + (" and more" if len(known) > _MOST_NAMES else "")
