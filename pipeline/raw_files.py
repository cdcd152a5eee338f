"""Which files of the raw folder belong to which source."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

FORMATS = {".csv": "csv", ".parquet": "parquet"}
# What Hive and Spark write for a partition whose value is null.
_NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True)
class RawFile:
    """One file of a source; `relative` is its path below the raw folder, with forward slashes.

    `partitions` holds the names and values of hive-partitioned folders on its way (None for null).
    """

    source: str
    path: Path
    relative: str
    file_format: str
    partitions: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class RawFolder:
    """What a raw folder holds: files by source (bytewise by path), and paths of no known use."""

    directory: Path
    files: dict[str, list[RawFile]]
    unknown: list[str]


def is_ignored(name: str) -> bool:
    """True for hidden files and for names that tools keep their own notes under."""
    return name.startswith((".", "_"))


def _is_readme(name: str) -> bool:
    """True for the page that people put beside their files."""
    return name.lower() in ("readme", "readme.md", "readme.txt")


def _split_ending(name: str) -> tuple[str, str | None]:
    """Name without its ending, and the format of the ending in any case (None for another)."""
    stem, ending = os.path.splitext(name)
    file_format = FORMATS.get(ending.lower())
    return (stem, file_format) if file_format else (name, None)


def partitions_of(folders: Iterable[str]) -> tuple[tuple[str, str | None], ...]:
    """Names and values of the folders called `name=value`, percent-decoded."""
    pairs = []
    for folder in folders:
        name, equals, value = folder.partition("=")
        if equals:
            pairs.append((unquote(name), None if value == _NULL_PARTITION else unquote(value)))
    return tuple(pairs)


def _raise(error: OSError) -> None:
    raise error


def _files_below(folder: Path) -> Iterator[Path]:
    """All files of a folder and its sub-folders that are not ignored, in no particular order.

    Links are followed. OSError for a folder that cannot be opened, so that none is passed over.
    """
    for parent, folders, names in os.walk(folder, onerror=_raise, followlinks=True):
        folders[:] = [name for name in folders if not is_ignored(name)]
        yield from (Path(parent, name) for name in names if not is_ignored(name))


def below(path: Path, folder: Path) -> str:
    """A path relative to a folder that it lies in, with forward slashes."""
    return path.relative_to(folder).as_posix()


def _printable(path: str) -> str:
    """A path as text that can be shown, also where the file system's bytes are not UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def _raw_file(raw_dir: Path, path: Path, source: str) -> RawFile | None:
    """The file as part of a source, None when its ending is neither csv nor parquet."""
    file_format = _split_ending(path.name)[1]
    if file_format is None:
        return None
    relative = path.relative_to(raw_dir)
    partitions = partitions_of(relative.parts[1:-1])
    return RawFile(source, path, relative.as_posix(), file_format, partitions)


def discover(raw_dir: Path, sources: Iterable[str]) -> RawFolder:
    """Find the files of each source: `<source>.csv`, `<source>.parquet` and the folder `<source>`.

    A folder is read with all its sub-folders; a folder called `<source>.parquet`, as Spark writes
    it, counts too. Sources without a file have no entry. OSError when the folder cannot be read.
    """
    raw_dir = raw_dir.resolve()
    known = set(sources)
    files: dict[str, list[RawFile]] = {}
    unknown: list[str] = []
    for entry in raw_dir.iterdir():
        if is_ignored(entry.name) or _is_readme(entry.name):
            continue
        source = _split_ending(entry.name)[0]
        paths = _files_below(entry) if entry.is_dir() else [entry]
        if source not in known:
            unknown.append(entry.name)
            continue
        for path in paths:
            raw_file = _raw_file(raw_dir, path, source)
            if raw_file:
                files.setdefault(source, []).append(raw_file)
            else:
                unknown.append(path.relative_to(raw_dir).as_posix())
    for found in files.values():
        found.sort(key=lambda file: os.fsencode(file.relative))
    return RawFolder(raw_dir, files, sorted(map(_printable, unknown)))
