"""The marts as their YAML describes them: columns, types, tests, owners, versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.contracts.project_yaml import (
    Entry,
    config_of,
    described,
    entries,
    name_and_body,
    owners,
)
from pipeline.failure import BuildFailure
from pipeline.options import ROOT

CLASSES = ("personal", "company", "none")
_MARTS = "marts"
_REF = re.compile(r"ref\(['\"](\w+)['\"]\)")
_NAMES_A_PERSON = re.compile(r"(owner|(\w+_)?user_id)$")
_NAMES_A_CUSTOMER = re.compile(r"(\w+_)?(account|parent)_id$")


@dataclass(frozen=True)
class Column:
    """One published column; `values`, `references`, `minimum` and `maximum` come from dbt's tests.

    `values` empty: any. `deprecated` holds `until` (a date) and perhaps `use` (a column).
    """

    name: str
    type: str
    description: str
    classification: str = "none"
    is_required: bool = False
    is_unique: bool = False
    values: tuple[Any, ...] = ()
    values_may_grow: bool = False
    references: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    deprecated: Entry = field(default_factory=dict)


@dataclass(frozen=True)
class Mart:
    """One published table or view; `name` is that of the relation, `version` dbt's.

    `model` is what dbt calls it, when that is something else.
    """

    name: str
    version: int
    description: str
    subject: str
    group: str
    owner: Entry
    grain: tuple[str, ...]
    is_view: bool
    columns: tuple[Column, ...]
    last_date: str | None = None
    model: str = ""

    @property
    def has_key(self) -> bool:
        """Whether all parts of the grain are never null, so that together they are a key."""
        required = {column.name for column in self.columns if column.is_required}
        return set(self.grain) <= required


@cache
def published_marts() -> tuple[Mart, ...]:
    """All marts, by name; BuildFailure when the YAML of one lacks what a contract needs."""
    found = [
        mart
        for kind in ("models", "seeds")
        for path, entry in entries(kind)
        for mart in _marts_of(kind, path, entry)
    ]
    return tuple(sorted(found, key=lambda mart: mart.name))


def _marts_of(kind: str, path: Path, entry: Entry) -> Iterator[Mart]:
    """The marts that one entry describes: none, one, or one per version."""
    folders = path.relative_to(ROOT / kind).parts[:-1]
    config = config_of(kind, folders, entry["name"], entry.get("config", {}))
    if config.get("schema") != _MARTS:
        return
    latest = entry.get("latest_version")
    for version in entry.get("versions") or [{"v": None}]:
        number = version["v"]
        name = version.get("config", {}).get("alias") or (
            f"{entry['name']}_v{number}" if number is not None else entry["name"]
        )
        last_date = version.get("deprecation_date", entry.get("deprecation_date"))
        yield Mart(
            name=name,
            version=1 if number is None else number,
            description=described(version.get("description", entry["description"]), name),
            subject=folders[1] if len(folders) > 1 else "seed",
            group=_group(config, name),
            owner=owners()[_group(config, name)],
            grain=tuple(config.get("meta", {}).get("grain", ())),
            is_view=config.get("materialized") == "view",
            columns=_columns(name, entry, version, config),
            last_date=str(last_date) if last_date and number != latest else None,
            model=entry["name"],
        )


def _group(config: Entry, name: str) -> str:
    """The group that owns a mart."""
    if config.get("group") not in owners():
        raise BuildFailure(f"{name}: no group of models/_groups.yml owns it.")
    return str(config["group"])


def _columns(name: str, entry: Entry, version: Entry, config: Entry) -> tuple[Column, ...]:
    """The columns of a mart, with what its tests say of them."""
    grain = config.get("meta", {}).get("grain", ())
    listed = _listed_columns(entry, version)
    if untyped := [column["name"] for column in listed if not column.get("data_type")]:
        raise BuildFailure(f"{name}: no data_type for {', '.join(untyped)}.")
    default = _default_class(grain, [column["name"] for column in listed])
    columns = {column["name"]: _column(name, column, default) for column in listed}
    tests = [(test, None) for test in version.get("data_tests", entry.get("data_tests", []))]
    tests += [(test, column["name"]) for column in listed for test in column.get("data_tests", [])]
    for test, column_name in tests:
        for tested, facts in _promised(*name_and_body(test), column_name):
            if tested not in columns:
                raise BuildFailure(f"{name}: a test names {tested}, which is none of its columns.")
            columns[tested] = replace(columns[tested], **facts)
    return tuple(columns.values())


def _listed_columns(entry: Entry, version: Entry) -> list[Entry]:
    """The columns of a version: its own list, with those of the model that it includes."""
    listed: list[Entry] = []
    for column in version.get("columns", entry["columns"]):
        if "include" not in column:
            listed.append(column)
            continue
        wanted, left_out = column["include"], column.get("exclude", [])
        listed += [
            one
            for one in entry["columns"]
            if (wanted in ("all", "*") or one["name"] in wanted) and one["name"] not in left_out
        ]
    return listed


def _column(mart: str, column: Entry, default: str) -> Column:
    """A column as it stands, before its tests are read."""
    meta = column.get("config", {}).get("meta", {})
    by_name = "personal" if _NAMES_A_PERSON.match(column["name"]) else default
    classification = meta.get("classification", by_name)
    where = f"{mart}.{column['name']}"
    if classification not in CLASSES:
        raise BuildFailure(f"{where}: classification {classification} is not one of {CLASSES}.")
    deprecated = meta.get("deprecated", {})
    if deprecated and "until" not in deprecated:
        raise BuildFailure(f"{where}: `deprecated` needs `until`, the last day it is promised.")
    return Column(
        name=column["name"],
        type=column["data_type"],
        description=described(column["description"], where),
        classification=classification,
        values_may_grow=bool(meta.get("values_may_grow", False)),
        deprecated=deprecated,
    )


def _default_class(grain: tuple[str, ...], names: list[str]) -> str:
    """The class of a mart's columns that nothing else is said of; see docs/contracts.md."""
    if any(_NAMES_A_PERSON.match(name) for name in grain):
        return "personal"
    return "company" if any(_NAMES_A_CUSTOMER.match(name) for name in names) else "none"


def _promised(kind: str, body: Entry, column: str | None) -> Iterator[tuple[str, Entry]]:
    """What a test promises of which columns; nothing where it holds for some rows only or warns."""
    config = body.get("config", {})
    if config.get("where") or str(config.get("severity", "error")).lower() == "warn":
        return
    arguments = body.get("arguments", {})
    names = arguments.get("column_names") or [column]
    match kind:
        case "not_null" | "not_null_columns":
            yield from ((name, {"is_required": True}) for name in names)
        case "unique":
            yield from ((name, {"is_unique": True}) for name in names)
        case "unique_combination":
            never_null = [name for name in names if name not in arguments.get("nullable", [])]
            yield from ((name, {"is_required": True}) for name in never_null)
        case "accepted_values":
            yield from ((name, {"values": tuple(arguments["values"])}) for name in names)
        case "values_in_range":
            limits = {
                limit: arguments[f"{limit[:3]}_value"]
                for limit in ("minimum", "maximum")
                if f"{limit[:3]}_value" in arguments
            }
            yield from ((name, dict(limits)) for name in names)
        case "relationships":
            target = _REF.search(arguments["to"])
            if target and _is_mart(target[1]):
                reference = f"{target[1]}.{arguments['field']}"
                yield from ((name, {"references": (reference,)}) for name in names)


@cache
def _is_mart(name: str) -> bool:
    """Whether a ref names something that is published."""
    return any(
        entry["name"] == name
        and config_of(
            kind, path.relative_to(ROOT / kind).parts[:-1], name, entry.get("config", {})
        ).get("schema")
        == _MARTS
        for kind in ("models", "seeds")
        for path, entry in entries(kind)
    )


def questions() -> dict[str, str]:
    """Mart -> the question it answers, of docs/departments.md."""
    text = (ROOT / "docs" / "departments.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| \w+ \| ([^|]+?) \|$", text, re.MULTILINE)
    return dict(rows)
