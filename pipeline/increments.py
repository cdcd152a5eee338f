"""Decides what a build has to read: the new files, or everything anew and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from pipeline import state
from pipeline.mapping.files import open_raw
from pipeline.options import ROOT, Options, known_variables
from pipeline.raw_files import RawFolder
from pipeline.state import FormerBuild, TakenFile

# Parts of the project whose text decides what a build makes.
_PARTS = (
    *("models", "macros", "seeds", "contracts", "pipeline"),
    *("dbt_project.yml", "vars.yml", "requirements.lock"),
)
_ENDINGS = {".sql", ".yml", ".yaml", ".csv", ".py", ".lock"}
_ENGINES = {"duckdb": "duckdb", "postgres": "dbt-postgres", "spark": "pyspark"}
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class Plan:
    """What to read. `reason` says why everything is made anew, None when it is not.

    `files` are all files of the raw folder, `new` the relative paths of those not taken before.
    """

    reason: str | None
    files: tuple[TakenFile, ...]
    new: frozenset[str]

    @property
    def is_full(self) -> bool:
        """Whether everything is made anew."""
        return self.reason is not None

    @property
    def taken_before(self) -> list[str]:
        """Relative paths of the files that are not read again; none in a full refresh."""
        return (
            [] if self.is_full else [f.relative for f in self.files if f.relative not in self.new]
        )

    def sentence(self, accounts: int | None = None, days: int | None = None) -> str:
        """The one line of the summary; accounts and days once they are known."""
        if self.is_full:
            return f"full refresh: {self.reason}"
        parts = [_counted(len(self.new), "new file")]
        if accounts is not None and days is not None:
            parts += [_counted(accounts, "account"), _counted(days, "day")]
        return f"incremental: {', '.join(parts)}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def take_stock(folder: RawFolder) -> tuple[TakenFile, ...]:
    """All files of the raw folder with their sizes and checksums. OSError for one that is gone.

    A file that several sources read is taken once.
    """
    taken: dict[str, TakenFile] = {}
    for source, files in sorted(folder.files.items()):
        for file in files:
            if file.relative not in taken:
                size = file.path.stat().st_size
                taken[file.relative] = TakenFile(source, file.relative, size, _checksum(file.path))
    return tuple(taken.values())


def _checksum(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def settings_of(options: Options) -> str:
    """Everything but raw files that decides what a build makes, as JSON."""
    variables = known_variables() | options.variables
    return json.dumps(
        {
            "as_of_date": variables.pop("as_of_date"),
            "engine": f"{options.target} {version(_ENGINES[options.target])}",
            "mapping": _checksum(options.mapping_file) if options.mapping_file else None,
            "variables": variables,
            "project": {part: _text_checksum(ROOT / part) for part in _PARTS},
        },
        sort_keys=True,
        default=str,
    )


def _text_checksum(part: Path) -> str:
    """SHA-256 over the names and texts of a part of the project."""
    digest = hashlib.sha256()
    for path in _texts(part):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def _texts(part: Path) -> Iterator[Path]:
    """The files of a part that hold text of the project, in order of their paths."""
    if part.is_file():
        yield part
    yield from sorted(path for path in part.rglob("*") if path.suffix in _ENDINGS)


def plan_build(options: Options, raw: Path, folder: RawFolder | None = None) -> Plan:
    """The plan of a build of this raw folder into OUT. OSError for a file that is gone.

    `folder` are its files where they are known already.
    """
    files = take_stock(folder or open_raw(raw, options.out, options.mapping_file))
    return decide(options, files, settings_of(options), _former_build(options.warehouse))


def _former_build(warehouse: Path) -> FormerBuild | None:
    """What the last published build left in the build file; None without one that can be read."""
    if not warehouse.exists():
        return None
    try:
        with state.opened(warehouse) as execute:
            return state.read(execute)
    except duckdb.Error:
        return None


def decide(
    options: Options, files: Sequence[TakenFile], settings: str, former: FormerBuild | None
) -> Plan:
    """The plan of a build, given the files there are, its settings and the build before it."""
    taken = {file.relative: file for file in former.files} if former else {}
    new = frozenset(file.relative for file in files if file.relative not in taken)
    if options.full_refresh:
        reason: str | None = "FULL_REFRESH=1"
    elif former is None:
        reason = "there is no published build to go on from"
    elif former.is_unpublished:
        reason = "the build before was not published"
    else:
        reason = (
            _changed_settings(json.loads(former.settings), json.loads(settings))
            or _changed_files(files, taken)
            or _earlier_date(former, json.loads(settings)["as_of_date"])
        )
    return Plan(reason, tuple(files), new)


def _changed_settings(former: dict[str, Any], now: dict[str, Any]) -> str | None:
    """The first setting that is not what it was."""
    if former["engine"] != now["engine"]:
        return f"the engine was {former['engine']}, is {now['engine']}"
    if former.get("mapping") != now["mapping"]:
        return "the mapping changed"
    for kind, words in (("variables", "the variable {} changed"), ("project", "{} changed")):
        for name in sorted(former[kind].keys() | now[kind].keys()):
            if former[kind].get(name) != now[kind].get(name):
                return words.format(name)
    return None


def _changed_files(files: Sequence[TakenFile], taken: dict[str, TakenFile]) -> str | None:
    """The files that were taken before and are not what they were."""
    there = {file.relative: file for file in files}
    for words, names in (
        ("changed", [name for name in taken if name in there and taken[name] != there[name]]),
        ("is gone", [name for name in taken if name not in there]),
    ):
        if names:
            more = len(names) - 1
            return f"{sorted(names)[0]} {words}" + (f", and {more} more" if more else "")
    return None


def _earlier_date(former: FormerBuild, as_of_date: str | None) -> str | None:
    """Set when this build knows, or may know, fewer days than the one before."""
    if as_of_date is not None:
        is_earlier = as_of_date < former.as_of_date.isoformat()
        return f"AS_OF={as_of_date} is before {former.as_of_date}" if is_earlier else None
    if former.latest_date is None or former.latest_date < former.as_of_date:
        return f"AS_OF={former.as_of_date} is no longer given"
    return None
