"""How alike a header of somebody's export is to a column of ours, and a value to one of ours."""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SAME, KNOWN = 1.0, 0.9
_LEAST_RATIO = 0.82
_OF_RATIO = 0.75


@cache
def vocabulary() -> dict[str, Any]:
    """The names that others use, all of them texts."""
    text = Path(__file__).with_name("names.yml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)


def plain(text: str) -> str:
    """A name without case, blanks and marks; itself when nothing is left."""
    return "".join(c for c in text.casefold() if c.isalnum()) or text


@cache
def _known_names(source: str, column: str) -> dict[str, float]:
    """Plain names of a column with their weights: what holds for the source before the rest."""
    columns = vocabulary()["columns"]
    known = {plain(name): KNOWN - 0.05 for name in columns["*"].get(column, [])}
    # In a list, what is said first is said most often.
    for place, name in enumerate(columns.get(source, {}).get(column, [])):
        known[plain(name)] = KNOWN - min(place, 10) * 0.01
    return {**known, plain(column): SAME}


def likeness(source: str, column: str, header: str) -> float:
    """From 0 to 1: how well a header suits a column by name."""
    name, known = plain(header), _known_names(source, column)
    if name in known:
        return SAME if header == column else min(known[name], SAME - 0.01)
    best = max(difflib.SequenceMatcher(None, name, other).ratio() for other in known)
    return best * _OF_RATIO if best >= _LEAST_RATIO else 0.0


def source_likeness(source: str, stem: str) -> float:
    """From 0 to 1: how well a file's name suits a source."""
    name = plain(stem)
    words = [plain(source), *map(plain, vocabulary()["sources"].get(source, []))]
    if name in words or name.removesuffix("s") in words:
        return 1.0
    return max((0.5 + 0.4 * len(word) / len(name) for word in words if word in name), default=0.0)


@cache
def _known_values(column: str, accepted: tuple[str, ...]) -> dict[str, str]:
    known = {plain(value): value for value in accepted}
    for value, others in vocabulary()["values"].get(column, {}).items():
        if value in accepted:
            known |= {plain(other): value for other in others}
    return known


def our_value(column: str, accepted: tuple[str, ...], text: str) -> str | None:
    """The accepted value that a text stands for, None when nobody knows."""
    return _known_values(column, accepted).get(plain(text))
