"""How a raw file is written and which of its columns say what of a person, mapped or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.csv_dialect import CsvDialect
from pipeline.failure import BuildFailure
from pipeline.mapping.files import MappedFile
from pipeline.mapping.model import ColumnRule, Entry
from pipeline.mapping.origins import dialect_of
from pipeline.privacy.person import SourceColumns
from pipeline.raw_contracts import load_contracts
from pipeline.raw_files import RawFile


@dataclass(frozen=True)
class Reading:
    """One file: its dialect, the source whose names it bears, or the entries that map it."""

    dialect: CsvDialect = field(default_factory=CsvDialect)
    source: str | None = None
    entries: tuple[Entry, ...] = ()

    @classmethod
    def of(cls, files: Sequence[RawFile]) -> Reading:
        """All that read one file; BuildFailure when a key cannot be found in it as it stands."""
        mapped = [file for file in files if isinstance(file, MappedFile)]
        if not mapped:
            return cls(source=files[0].source)
        faults = [fault for file in mapped for fault in _faults_of_keys(file)]
        if faults:
            said = "Take the person out of the export, or out of these files, by hand:"
            raise BuildFailure(said, faults)
        dialect = dialect_of(mapped[0]) if mapped[0].file_format == "csv" else CsvDialect()
        return cls(dialect, entries=tuple(file.entry for file in mapped))

    @property
    def holds_persons(self) -> bool:
        """Whether rows of the file name people who sign in."""
        sources = [self.source] if self.source else [entry.source for entry in self.entries]
        return any(load_contracts()[source].person_keys for source in sources)

    def columns(self, names: Sequence[str]) -> SourceColumns:
        """What becomes of the columns of the file, which has these names."""
        if self.source:
            return SourceColumns.of(load_contracts()[self.source], names)
        keys, private, used = set(), set(), set()
        for entry in self.entries:
            contract = load_contracts()[entry.source]
            of_persons = {column.name for column in contract.columns if column.is_private}
            for rule in entry.rules:
                is_key = rule.target in contract.person_keys
                kept = keys if is_key else private if rule.target in of_persons else used
                kept.update(rule.columns)
            used.update(condition.column for condition in entry.conditions)
        present = frozenset(names)
        return SourceColumns(
            keys=present & keys,
            words=present & (private - used - keys),
            unread=present - keys - private - used,
        )

    def name_of(self, source: str, column: str) -> str | None:
        """The file's column that gives one of ours by itself, None when there is none."""
        if self.source:
            return column if self.source == source else None
        rules = (rule for entry in self.entries if entry.source == source for rule in entry.rules)
        found = next((rule for rule in rules if rule.target == column), None)
        return found.columns[0] if found and len(found.columns) == 1 else None


def _faults_of_keys(file: MappedFile) -> Iterator[str]:
    """Keys of persons that the mapping makes from what stands in the file."""
    keys = load_contracts()[file.source].person_keys
    for rule in file.entry.rules:
        if rule.target in keys and not _is_taken_as_it_is(rule):
            where = f"{file.mapping_path.name}, line {rule.line}"
            yield f"{file.relative}: {rule.target} is not a cell of it as it stands ({where})"


def _is_taken_as_it_is(rule: ColumnRule) -> bool:
    """Whether the mapping leaves the cells of a column alone, or reads none for the key."""
    made = (*rule.values, *rule.strip, rule.prefix, rule.suffix)
    return not rule.columns or (len(rule.columns) == 1 and not any(made))


def by_path(files: Iterable[RawFile]) -> list[list[RawFile]]:
    """The files with all that read the same one together, in their order."""
    found: dict[object, list[RawFile]] = {}
    for file in files:
        found.setdefault(file.path.resolve(), []).append(file)
    return list(found.values())
