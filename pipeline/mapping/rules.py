"""Reads the rule of one contract column, or makes the one that holds where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.mapping.model import ColumnRule
from pipeline.mapping.rule_faults import (
    format_faults,
    is_number,
    mark_fault,
    rule_faults,
    time_zone_fault,
)
from pipeline.mapping.schema import UNIX_UNITS
from pipeline.mapping.schema_faults import Fault
from pipeline.mapping.section import Section
from pipeline.raw_contracts import RawColumn

MARK_KEYS = ("decimal_mark", "thousands_mark")
# Type of a contract column -> the key that gives its format for all columns of a file.
FORMAT_KEYS = {"date": "date_format", "timestamp": "timestamp_format"}
_OF_DATES = ("format", "unix", "inclusive", "time_zone")
_OF_NUMBERS = ("decimal_mark", "thousands_mark", "divide_by", "strip")


@dataclass(frozen=True)
class Reading:
    """How a source's cells are written where its columns say nothing else."""

    decimal_mark: str | None
    thousands_mark: str | None
    time_zone: str | None
    formats: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, sections: Sequence[Section]) -> Reading:
        """What the first of the sections says that says anything."""

        def first(key: str) -> str | None:
            return next((s.text(key) for s in sections if s.text(key) is not None), None)

        def formats(key: str) -> tuple[str, ...]:
            return next((s.texts(key) for s in sections if s.texts(key)), ())

        return cls(
            decimal_mark=first("decimal_mark"),
            thousands_mark=first("thousands_mark"),
            time_zone=first("time_zone"),
            formats={kind: formats(key) for kind, key in FORMAT_KEYS.items()},
        )

    def of_column(self, rule: ColumnRule) -> ColumnRule:
        """The rule with what holds for its type."""
        if rule.type in FORMAT_KEYS:
            return replace(rule, formats=self.formats[rule.type], time_zone=self.time_zone)
        if is_number(rule.type):
            return replace(rule, decimal_mark=self.decimal_mark, thousands_mark=self.thousands_mark)
        return rule


def column_rule(
    column: RawColumn, columns: Section, reading: Reading, line: int
) -> tuple[ColumnRule, list[Fault]]:
    """The rule of a contract column under `columns`, and what is wrong with it."""
    name = column.name
    usual = reading.of_column(ColumnRule(name, column.type, line))
    if not columns.has(name):
        return replace(usual, columns=(name,), is_implicit=True), []
    usual = replace(usual, line=columns.line_of(name))
    if columns.is_empty(name):
        said = f"`{columns.name}.{name}` is left empty, but the column is required"
        return usual, [(usual.line, said)] if column.is_required else []
    if (text := columns.text(name)) is not None:
        return replace(usual, columns=(text,)), []
    section = columns.section(name)
    if column.is_required and section.has("value") and not section.text("value"):
        return usual, [(usual.line, f"`{section.name}` is left empty, but the column is required")]
    rule = _detailed(section, usual)
    return rule, [*_form_faults(section, rule), *((rule.line, s) for s in rule_faults(rule))]


def _detailed(section: Section, usual: ColumnRule) -> ColumnRule:
    """The rule of a column that is described key by key."""
    unix = section.text("unix")
    formats = section.texts("format") or (() if unix else usual.formats)
    return replace(
        usual,
        columns=section.texts("columns") or section.texts("column"),
        join=section.text("join") or "",
        constant=section.text("value"),
        values=_values(section),
        formats=formats,
        unix=UNIX_UNITS[unix] if unix else None,
        is_inclusive=section.text("inclusive") in ("true", "True", "TRUE"),
        time_zone=section.text("time_zone") or usual.time_zone,
        decimal_mark=section.text("decimal_mark") or usual.decimal_mark,
        thousands_mark=section.text("thousands_mark") or usual.thousands_mark,
        shift=len(str(int(section.data.get("divide_by", 1)))) - 1,
        strip=section.texts("strip"),
        prefix=section.text("prefix") or "",
        suffix=section.text("suffix") or "",
    )


def _values(section: Section) -> tuple[tuple[str, str], ...]:
    values = section.section("values")
    return tuple((key, values.text(key) or "") for key in values.names)


def _form_faults(section: Section, rule: ColumnRule) -> Iterator[Fault]:
    """Keys that are missing, that exclude each other, or whose values cannot be used."""
    given = [key for key in ("column", "columns", "value") if section.has(key)]
    if len(given) != 1:
        there = " and ".join(f"`{key}`" for key in given) or "none"
        said = f"takes one of `column`, `columns` and `value`, and has {there}"
        yield rule.line, f"`{section.name}` {said}"
    if rule.join and not section.has("columns"):
        yield section.line_of("join"), "`join` needs `columns`, the list of those to be joined"
    if section.has("value"):
        for key in section.names:
            if key != "value":
                yield section.line_of(key), f"`{key}` does nothing beside `value`"
    if rule.type not in FORMAT_KEYS:
        yield from _misplaced(section, _OF_DATES, "dates and times", rule)
    if not is_number(rule.type):
        yield from _misplaced(section, _OF_NUMBERS, "numbers", rule)
    for said in format_faults(section.texts("format")):
        yield section.line_of("format"), said
    if (zone := section.text("time_zone")) and (said := time_zone_fault(zone)):
        yield section.line_of("time_zone"), said
    for key in MARK_KEYS:
        if said := mark_fault(key, section.text(key)):
            yield section.line_of(key), said


def _misplaced(
    section: Section, keys: Sequence[str], suits: str, rule: ColumnRule
) -> Iterator[Fault]:
    for key in keys:
        if section.has(key):
            yield section.line_of(key), f"`{key}` is for {suits}, but {rule.target} is {rule.type}"
