"""Reads mapping.yml: one BuildFailure that names every mistake with its line, or a Mapping."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from pathlib import Path

from pipeline.failure import BuildFailure
from pipeline.mapping.model import Condition, Entry, Mapping, Origin, ServerName
from pipeline.mapping.nearest import did_you_mean
from pipeline.mapping.rule_faults import format_faults, mark_fault, marks_clash, time_zone_fault
from pipeline.mapping.rules import FORMAT_KEYS, MARK_KEYS, Reading, column_rule
from pipeline.mapping.schema_faults import Fault, schema_faults
from pipeline.mapping.section import Section
from pipeline.mapping.yaml_lines import Document, YamlError, read_yaml
from pipeline.raw_contracts import load_contracts

_DIALECT_KEYS = ("encoding", "delimiter", "quote", "skip_lines")
# Codecs of Python that no file is written in.
_NO_ENCODINGS = ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape")
# Encodings that are named where a larger one is meant; browsers read them so too.
_READ_AS = {
    "utf-8": "utf-8-sig",
    "shift_jis": "cp932",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
}


def load_mapping(path: Path) -> Mapping:
    """Read one mapping file; BuildFailure with all its mistakes."""
    try:
        document = read_yaml(path)
        checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    except YamlError as error:
        where = f"line {error.line}: " if error.line else ""
        raise mapping_failure(path, [f"{where}{error}"]) from error
    except OSError as error:
        reason = f"the file cannot be opened ({error.strerror or error})"
        raise mapping_failure(path, [reason]) from error
    faults = schema_faults(document)
    entries: tuple[Entry, ...] = ()
    if not faults:
        loader = _Loader(document)
        entries = tuple(loader.entries())
        faults = sorted(set(loader.faults))
    if faults:
        raise mapping_failure(path, [f"line {line}: {said}" for line, said in faults])
    return Mapping(path, checksum, entries)


def mapping_failure(path: Path, problems: list[str]) -> BuildFailure:
    """The failure of a command that was given this mapping."""
    return BuildFailure(f"The mapping {path} cannot be used:", problems)


class _Loader:
    """One document that the schema has nothing against."""

    def __init__(self, document: Document) -> None:
        self.faults: list[Fault] = []
        self._top = Section(document, ())
        self._defaults = self._top.section("defaults")
        self._check_reading(self._defaults)
        self._shared = self._top.section("shared")
        for name in self._shared.names:
            section = self._shared.section(name)
            self._check_reading(section)
            self._check_origin(section, may_be_shared=False)

    def _fault(self, line: int, said: str) -> None:
        self.faults.append((line, said))

    def entries(self) -> Iterator[Entry]:
        """All ways into all sources."""
        sources = self._top.section("sources")
        for source in sources.names:
            parts = sources.several(source)
            for place, section in enumerate(parts, start=1):
                yield self._entry(source, place, section)

    def _entry(self, source: str, place: int, section: Section) -> Entry:
        self._check_reading(section)
        self._check_origin(section, may_be_shared=True)
        sections = [section]
        shared_name = section.text("from")
        if shared_name is not None and shared_name in self._shared.names:
            sections.append(self._shared.section(shared_name))
        sections.append(self._defaults)
        reading = Reading.of(sections)
        if said := marks_clash(reading.decimal_mark, reading.thousands_mark):
            self._fault(section.line, said)
        columns = section.section("columns")
        rules = []
        for column in load_contracts()[source].columns:
            rule, faults = column_rule(column, columns, reading, section.line)
            self.faults += faults
            rules.append(rule)
        origin = self._origin(sections, shared_name)
        conditions = tuple(self._conditions(section))
        is_confirmed = section.data.get("confirmed") is not False
        return Entry(source, place, section.line, origin, tuple(rules), conditions, is_confirmed)

    def _origin(self, sections: list[Section], shared_name: str | None) -> Origin:
        """Where the rows come from: the entry itself or what it shares, then the defaults."""

        def first(key: str) -> str | None:
            return next((s.text(key) for s in sections if s.text(key) is not None), None)

        place = sections[1] if shared_name is not None and len(sections) > 2 else sections[0]
        table = None
        if place.has("table"):
            named = place.section("table")
            table = ServerName(
                named.text("schema") or "public",
                named.text("identifier") or "",
                named.text("database"),
            )
        delimiter, quote = first("delimiter"), first("quote")
        return Origin(
            line=place.line_of("table" if table else "file"),
            patterns=place.texts("file"),
            table=table,
            file_type=place.text("file_type"),
            encoding=_codec(first("encoding")),
            delimiter={"tab": "\t", "\\t": "\t"}.get(delimiter or "", delimiter),
            quote={None: '"', "none": None}.get(quote, quote),
            skip_lines=int(float(first("skip_lines") or 0)),
            shared_name=shared_name,
        )

    def _conditions(self, section: Section) -> Iterator[Condition]:
        if not section.has("filter"):
            return
        for condition in section.several("filter"):
            if condition.has("is") == condition.has("is_not"):
                self._fault(condition.line, "a filter needs either `is` or `is_not`")
                continue
            kept = condition.has("is")
            texts = condition.texts("is" if kept else "is_not")
            yield Condition(condition.line, condition.text("column") or "", texts, kept)

    def _check_origin(self, section: Section, *, may_be_shared: bool) -> None:
        """An entry reads a file, a table or what is shared, and one of these only."""
        ways = ("file", "table", "from") if may_be_shared else ("file", "table")
        given = [key for key in ways if section.has(key)]
        listed = ", ".join(f"`{key}`" for key in ways[:-1]) + f" or `{ways[-1]}`"
        if not given:
            self._fault(section.line, f"`{section.name}` needs a {listed}")
        elif len(given) > 1:
            both = " and ".join(f"`{key}`" for key in given)
            self._fault(section.line_of(given[1]), f"`{section.name}` has {both}; one is enough")
        if section.has("table") and section.has("file_type"):
            self._fault(section.line_of("file_type"), "`file_type` is for files, not for a table")
        name = section.text("from")
        if name is None:
            return
        if name not in self._shared.names:
            hint = did_you_mean(name, self._shared.names)
            self._fault(section.line_of("from"), f"`from: {name}` is not under `shared`; {hint}")
        for key in (*_DIALECT_KEYS, "file_type"):
            if section.has(key):
                said = (
                    f"`{key}` belongs to the file, so it stands under `shared`, not beside `from`"
                )
                self._fault(section.line_of(key), said)

    def _check_reading(self, section: Section) -> None:
        """Marks, zones, formats and the CSV dialect of one level."""
        for key in FORMAT_KEYS.values():
            for said in format_faults(section.texts(key)):
                self._fault(section.line_of(key), said)
        if (zone := section.text("time_zone")) and (said := time_zone_fault(zone)):
            self._fault(section.line_of("time_zone"), said)
        for key in MARK_KEYS:
            if said := mark_fault(key, section.text(key)):
                self._fault(section.line_of(key), said)
        encoding = section.text("encoding")
        if encoding is not None and _codec(encoding) is None:
            said = f"`{encoding}` is not an encoding, such as utf-8, cp932, cp1252 or utf-16"
            self._fault(section.line_of("encoding"), said)
        self._check_character(section, "delimiter", ("tab", "\\t"))
        self._check_character(section, "quote", ("none",))

    def _check_character(self, section: Section, key: str, words: tuple[str, ...]) -> None:
        text = section.text(key)
        if text is None or text in words or (len(text) == 1 and text not in "\r\n\0"):
            return
        said = f"`{key}: {text}` is not one character or `{words[0]}`"
        self._fault(section.line_of(key), said)


def _codec(name: str | None) -> str | None:
    """Python's name of a text encoding, None for one that there is not."""
    if name is None:
        return None
    try:
        found = codecs.lookup("cp932" if name.lower() == "windows-31j" else name)
    except (LookupError, ValueError):
        return None
    if not getattr(found, "_is_text_encoding", True) or found.name in _NO_ENCODINGS:
        return None
    return _READ_AS.get(found.name, found.name)
