"""Which files of the raw folder a mapping reads as which source."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from glob import has_magic
from pathlib import Path

from pipeline.mapping.loader import load_mapping, mapping_failure
from pipeline.mapping.model import Entry, Mapping
from pipeline.mapping.nearest import did_you_mean
from pipeline.mapping.tables import TABLE_FORMAT, fetch_table
from pipeline.options import MAPPING_NAME
from pipeline.raw_contracts import load_contracts
from pipeline.raw_files import RawFile, RawFolder, below, discover, is_ignored, partitions_of

FORMATS_BY_ENDING = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
}
# Where the copies of server tables lie in OUT.
_TABLES_FOLDER = "server_tables"


@dataclass(frozen=True)
class MappedFile(RawFile):
    """A file that is read through an entry of a mapping.

    `relative` tells the rows of one entry from those of another of the same source and file:
    the second is called `subscriptions.csv#2`.
    """

    entry: Entry
    mapping_path: Path
    repeat: int = 1


def mapping_of(raw_dir: Path, mapping_file: Path | None = None) -> Path | None:
    """The mapping that holds for a raw folder: the one that is named, else RAW/mapping.yml."""
    if mapping_file is not None:
        return mapping_file
    usual = raw_dir / MAPPING_NAME
    return usual if usual.is_file() else None


def open_raw(raw_dir: Path, out: Path, mapping_file: Path | None = None) -> RawFolder:
    """The files of a raw folder by source, through its mapping where there is one.

    Sources of which a mapping says nothing are found by name as ever. Tables of a server are
    copied to OUT. BuildFailure for a mapping that cannot be used, OSError for a folder.
    """
    found = discover(raw_dir, load_contracts())
    path = mapping_of(raw_dir, mapping_file)
    if path is None:
        return found
    mapping = load_mapping(path)
    return _Resolving(mapping, found, out).folder()


def unconfirmed(folder: RawFolder) -> list[str]:
    """A sentence when the folder is read by guesses that nobody has confirmed; else none."""
    entries = {
        (file.entry.line, file.source): file.mapping_path.name
        for files in folder.files.values()
        for file in files
        if isinstance(file, MappedFile) and not file.entry.is_confirmed
    }
    if not entries:
        return []
    listed = ", ".join(f"{source} (line {line})" for line, source in sorted(entries))
    name = next(iter(entries.values()))
    said = (
        f"{name} holds guesses that nobody has confirmed: {listed}. Look at the lines marked "
        "`# confirm:`, set right what is wrong, then delete the line `confirmed: false` there"
    )
    return [said]


class _Resolving:
    """One mapping on its way to the files it names."""

    def __init__(self, mapping: Mapping, found: RawFolder, out: Path) -> None:
        self._mapping = mapping
        self._found = found
        self._out = out
        self._faults: list[str] = []

    def folder(self) -> RawFolder:
        """The raw folder as the mapping has it; BuildFailure with all that is missing."""
        mapped = [file for entry in self._mapping.entries for file in self._files_of(entry)]
        self._refuse_shared_unawares(mapped)
        if self._faults:
            raise mapping_failure(self._mapping.path, self._faults)
        read = {file.path.resolve() for file in mapped}
        files: dict[str, list[RawFile]] = {}
        unread = [path for path in self._found.unknown if not self._is_read(path, read)]
        for source, plain in self._found.files.items():
            for file in plain:
                if file.path.resolve() in read:
                    continue
                if source in self._mapping.sources:
                    unread.append(file.relative)
                else:
                    files.setdefault(source, []).append(file)
        for file in _told_apart(mapped):
            files.setdefault(file.source, []).append(file)
        for listed in files.values():
            listed.sort(key=lambda file: os.fsencode(file.relative))
        return RawFolder(self._found.directory, files, sorted(unread))

    def _is_read(self, name: str, read: set[Path]) -> bool:
        """Whether an entry of the raw folder is the mapping, or is read by it in part."""
        path = (self._found.directory / name).resolve()
        if path == self._mapping.path.resolve() or name == MAPPING_NAME:
            return True
        return any(path == file or path in file.parents for file in read)

    def _fault(self, line: int, said: str) -> None:
        self._faults.append(f"line {line}: {said}")

    def _files_of(self, entry: Entry) -> Iterator[MappedFile]:
        """All files of one entry; none for one that is not there, which is noted."""
        if entry.origin.table is not None:
            path = fetch_table(entry.origin.table, self._out / _TABLES_FOLDER)
            shown = entry.origin.table.shown
            yield self._file(entry, path, shown, TABLE_FORMAT)
            return
        for path in self._named_paths(entry):
            if file_format := self._format_of(entry, path):
                yield self._file(entry, path, below(path, self._found.directory), file_format)

    def _named_paths(self, entry: Entry) -> list[Path]:
        """The files of all patterns of an entry, each once; a pattern without any is noted."""
        named: dict[Path, None] = {}
        for pattern in entry.origin.patterns:
            paths = self._matching(pattern)
            named.update(dict.fromkeys(paths))
            if not paths:
                known = [below(path, self._found.directory) for path in self._all_files()]
                hint = did_you_mean(pattern, known)
                missing = "no file matches" if has_magic(pattern) else "there is no file"
                self._fault(entry.origin.line, f"{missing} `{pattern}` in RAW; {hint}")
        return list(named)

    def _file(self, entry: Entry, path: Path, relative: str, file_format: str) -> MappedFile:
        parts = partitions_of(relative.split("/")[:-1])
        source, where = entry.source, self._mapping.path
        return MappedFile(source, path, relative, file_format, parts, entry, where)

    def _format_of(self, entry: Entry, path: Path) -> str | None:
        """Kind of a file by the mapping or its ending; another ending is noted."""
        kind = entry.origin.file_type or FORMATS_BY_ENDING.get(path.suffix.lower())
        if kind is None:
            said = f"`{path.name}` ends neither in .csv nor in .parquet; say which by `file_type`"
            self._fault(entry.origin.line, said)
        return kind

    def _matching(self, pattern: str) -> list[Path]:
        """Files that a pattern stands for, in order of their paths; all of a folder."""
        folder = self._found.directory
        if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
            return []
        try:
            found = [folder / pattern] if (folder / pattern).exists() else folder.glob(pattern)
            paths = [path for place in found for path in _files_at(place)]
        except (ValueError, OSError):
            return []
        mapping = self._mapping.path.resolve()
        kept = {p for p in paths if p.resolve() != mapping and not _is_hidden(p, folder)}
        return sorted(kept, key=lambda path: os.fsencode(path))

    def _all_files(self) -> list[Path]:
        folder = self._found.directory
        found = [path for path in _files_at(folder) if not _is_hidden(path, folder)]
        return [path for path in found if path.name != MAPPING_NAME]

    def _refuse_shared_unawares(self, mapped: list[MappedFile]) -> None:
        """Note files that two entries read without the mapping saying that this is meant."""
        first: dict[Path, Entry] = {}
        for file in mapped:
            former = first.setdefault(file.path.resolve(), file.entry)
            if former is file.entry:
                continue
            name = former.origin.shared_name
            if name is not None and name == file.entry.origin.shared_name:
                continue
            both = f"{former.source} (line {former.origin.line}) and {file.source}"
            said = (
                f"{both} read the same {file.relative}; if that is meant, name it under `shared` "
                "and let both read it by `from`"
            )
            self._fault(file.entry.origin.line, said)


def _files_at(place: Path) -> Iterator[Path]:
    """A file, or all files below a folder."""
    if place.is_file():
        yield place
    elif place.is_dir():
        for path in sorted(place.rglob("*")):
            if path.is_file():
                yield path


def _is_hidden(path: Path, folder: Path) -> bool:
    """Whether a file lies below a name that tools keep their own notes under."""
    return any(is_ignored(part) for part in path.relative_to(folder).parts)


def _told_apart(mapped: list[MappedFile]) -> Iterator[MappedFile]:
    """The files with a number behind what several entries of one source read."""
    seen: Counter[tuple[str, str]] = Counter()
    for file in mapped:
        seen[file.source, file.relative] += 1
        count = seen[file.source, file.relative]
        name = file.relative if count == 1 else f"{file.relative}#{count}"
        yield replace(file, relative=name, repeat=count)
