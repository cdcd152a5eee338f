"""Changes of contracts in plain words."""

from __future__ import annotations

import re
from typing import Any

_PLACE = re.compile(r"^schema\.(?P<mart>\w+)(?:\.properties\.(?P<column>\w+))?(?:\.(?P<rest>.+))?$")
_FLAGS = {
    "required": ("is never null now", "may be null now"),
    "primaryKey": ("is part of the key now", "is no part of the key any more"),
    "unique": ("never repeats now", "may repeat now"),
    "deprecated": ("is deprecated now", "is not deprecated any more"),
}
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def sentence(entry: Any) -> str | None:
    """One entry of the tool's answer as a sentence; None when another entry says the same."""
    place = _PLACE.match(entry.path)
    if place is None:
        return _whole(entry)
    column, rest = place["column"], place["rest"] or ""
    said = _about_mart(entry, rest) if column is None else _about_column(entry, rest)
    return f"{column} {said}" if said and column else said


def _whole(entry: Any) -> str | None:
    """A change of what stands above the schema."""
    match = re.match(r"^slaProperties\.(\w+)(?:\.(\w+))?$", entry.path)
    if match and match[2] is None:
        return f"service: {match[1]} is {_turn(entry)}"
    if match:
        return f"service: {match[1]} is worded anew"
    if entry.path in ("version", "team.name"):
        what = {"version": "version", "team.name": "owner"}[entry.path]
        return f"{what} {entry.old_value} became {entry.new_value}"
    return None


def _turn(entry: Any) -> str:
    """`new` or `gone`."""
    return "gone" if entry.change_type.value == "removed" else "new"


def _about_mart(entry: Any, rest: str) -> str | None:
    """A change of the table itself."""
    if rest == "description":
        return "described anew: does it still mean the same?"
    if rest == "physicalType":
        return f"{entry.old_value} became {entry.new_value}"
    if rest == "customProperties.grain.value":
        return f"one row per {entry.old_value} became one row per {entry.new_value}"
    if rest == "deprecated":
        return _FLAGS["deprecated"][entry.new_value != "True"]
    return _rule(entry, rest)


def _about_column(entry: Any, rest: str) -> str | None:
    """A change of a column, without its name."""
    last = rest.rsplit(".", 1)[-1]
    if not rest:
        return f"is {_turn(entry)}"
    if rest in _FLAGS:
        return _FLAGS[rest][entry.new_value != "True"]
    if rest == "physicalType":
        return f"was {entry.old_value} and is {entry.new_value} now"
    if rest == "description":
        return "is described anew: does it still mean the same?"
    if rest == "classification":
        return f"was classified {entry.old_value} and is {entry.new_value} now"
    if rest.startswith("logicalTypeOptions.") and last in _LIMITS:
        return f"had {last} {entry.old_value or 'none'} and has {entry.new_value or 'none'} now"
    if rest == "enum" or (rest.startswith("enum.") and last == "value"):
        return _values(entry, rest)
    if match := re.match(r"relationships\.([\w.]+)$", rest):
        return f"refers to {match[1]}: {_turn(entry)}"
    return _rule(entry, rest)


def _rule(entry: Any, rest: str) -> str | None:
    """A change of a quality rule."""
    match = re.match(r"quality\.([^.]+)(\..+)?$", rest)
    if match is None:
        return None
    return f"rule {match[1]} is {'another one' if match[2] else _turn(entry)}"


def _values(entry: Any, rest: str) -> str:
    """A change of the listed values."""
    if rest == "enum":
        return (
            "may hold any value now" if _turn(entry) == "gone" else "holds listed values only now"
        )
    if entry.new_value is None:
        return f"never holds {entry.old_value} any more"
    return f"may hold {entry.new_value} too"
