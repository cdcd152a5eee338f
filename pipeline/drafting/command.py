"""`make map`: a proposal of RAW/mapping.yml for exports that nobody has described yet."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from pipeline import preflight
from pipeline.checking.logged import run_logged
from pipeline.checking.models import row_models
from pipeline.console import Console
from pipeline.csv_reader import HeaderError
from pipeline.drafting.guesses import Group, SourceGuess, assign
from pipeline.drafting.measuring import measured_shares
from pipeline.drafting.merging import indent_of, left_out, read_text, with_sources
from pipeline.drafting.samples import Sample, read_sample
from pipeline.drafting.writing import (
    Shares,
    count_guesses,
    head,
    is_certain,
    shared_lines,
    shared_names,
    source_lines,
)
from pipeline.failure import BuildFailure
from pipeline.mapping.files import FORMATS_BY_ENDING, MappedFile
from pipeline.mapping.loader import load_mapping
from pipeline.options import MAPPING_NAME, Options
from pipeline.raw_contracts import load_contracts
from pipeline.raw_files import RawFolder, below, is_ignored

_DRAFT_NAME = "mapping.proposed.yml"


def map_command(options: Options) -> int:
    """Propose a mapping of the raw files, each guess on a line to be confirmed."""
    if options.raw is None:
        raise BuildFailure("Say which raw files to look at: make map RAW=exports")
    options, raw = replace(options, target="duckdb"), options.raw
    return run_logged(options, "map", lambda console: _Drafting(options, raw, console).run())


class _Drafting:
    """One raw folder on its way to a mapping."""

    def __init__(self, options: Options, raw: Path, console: Console) -> None:
        self._options = options
        self._raw = raw
        self._console = console
        self._path = options.mapping_file or raw / MAPPING_NAME
        self._old = _text_of(self._path)
        self._unread: list[str] = []

    def run(self) -> int:
        """Look, guess, write; returns the exit code."""
        try:
            folder = preflight.open_folder(self._raw, self._options.out, self._options.mapping_file)
        except preflight.PreflightError as error:
            said = f"The raw files in {self._raw} cannot be used:"
            raise BuildFailure(said, error.problems) from error
        served = _served(folder)
        wanted = [s for s in load_contracts() if s not in served | left_out(self._old)]
        groups = _grouped(self._samples(folder, served))
        guesses = assign(groups, wanted)
        if self._old:
            # Files of two sources belong under `shared`, where the user may have some already.
            guesses = [g for g in guesses if g.group not in shared_names(guesses).values()]
        if guesses:
            self._write(guesses)
        self._report(guesses, groups, wanted)
        return 0

    def _samples(self, folder: RawFolder, served: set[str]) -> Iterator[Sample]:
        """The files that no source reads yet."""
        read = {
            file.path.resolve()
            for source, files in folder.files.items()
            if source in served
            for file in files
        }
        for path in sorted(folder.directory.rglob("*"), key=os.fsencode):
            relative = below(path, folder.directory)
            kind = FORMATS_BY_ENDING.get(path.suffix.lower())
            hidden = any(is_ignored(part) for part in Path(relative).parts)
            if hidden or kind is None or not path.is_file() or path.resolve() in read:
                continue
            try:
                relative.encode("utf-8")
                yield read_sample(path, relative, kind)
            except UnicodeEncodeError:
                self._unread.append(f"{relative!a}: the name is not UTF-8 text")
            except HeaderError as error:
                self._unread.append(f"{relative}: {error}")
            except (OSError, pa.ArrowException) as error:
                said = str(error).splitlines()[0] if str(error) else type(error).__name__
                self._unread.append(f"{relative}: the file cannot be read ({said})")

    def _write(self, guesses: Sequence[SourceGuess]) -> None:
        """Write the proposal, first without the shares that the models can read, then with them."""
        draft = self._text(guesses, {})
        models = row_models(self._options, self._console)
        with tempfile.TemporaryDirectory(dir=self._options.out / "check") as place:
            path = Path(place) / MAPPING_NAME
            path.write_text(draft, encoding="utf-8")
            shares = measured_shares(self._raw, path, Path(place), models)
            path.write_text(self._text(guesses, shares), encoding="utf-8")
            load_mapping(path)
            text = self._text(guesses, shares)
        if self._old:
            added = "".join(f"{line}\n" for line in _sources(guesses, shares, indent_of(self._old)))
            merged = with_sources(self._old, added)
            if merged is None:
                self._path = self._path.with_name(_DRAFT_NAME)
            else:
                text = merged
        try:
            self._path.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise BuildFailure(f"{self._path} cannot be written ({error.strerror}).") from error

    def _text(self, guesses: Sequence[SourceGuess], shares: Shares) -> str:
        """A whole mapping of the proposed sources."""
        shared = list(shared_lines(guesses))
        lines = ["shared:", *shared] if shared else []
        return head() + "\n".join([*lines, "sources:", *_sources(guesses, shares)]) + "\n"

    def _report(
        self, guesses: Sequence[SourceGuess], groups: Sequence[Group], wanted: Sequence[str]
    ) -> None:
        """What was found, what is missing, and what to do next."""
        say = self._console.say
        for guess in guesses:
            more = len(guess.group.files) - 1
            files = guess.group.files[0] + (f" and {more} more files" if more else "")
            sure = "certain" if is_certain(guess) else f"{count_guesses(guess)} lines to confirm"
            say(f"{guess.contract.source}: {files} ({sure})", indent=0)
            for column in guess.missing:
                said = f"required column {column.name} has no source: {column.description}"
                say(said, indent=2)
        found = {guess.contract.source for guess in guesses}
        for source in wanted:
            contract = load_contracts()[source]
            if contract.is_required and source not in found:
                needed = ", ".join(c.name for c in contract.columns if c.is_required)
                say(f"{source}: no file looks like this required source; it needs {needed}", 0)
        read = {name for guess in guesses for name in guess.group.files}
        unused = [name for group in groups for name in group.files if name not in read]
        for name in unused:
            say(f"{name}: looks like no source, or like one that has a file", indent=0)
        for text in self._unread:
            say(text, indent=0)
        if not guesses:
            say("There is nothing to propose.", indent=0)
            return
        say(f"\nWritten: {self._path}", indent=0)
        say(
            "Look at its lines marked `# confirm:`, then run `make check` with the same RAW; a "
            "build waits until the lines `confirmed: false` are gone.",
            indent=0,
        )


def _text_of(path: Path) -> str:
    """The mapping that is there, '' for none. One that cannot be used is refused when it is
    opened, so that nothing is added to it."""
    if not path.is_file():
        return ""
    load_mapping(path)
    return read_text(path)


def _sources(guesses: Sequence[SourceGuess], shares: Shares, indent: str = "  ") -> Iterator[str]:
    shared = shared_names(guesses)
    for guess in guesses:
        yield from source_lines(guess, shared, shares, indent)


def _served(folder: RawFolder) -> set[str]:
    """Sources that are mapped, or whose files bear our name and all required headers."""
    served = set()
    for source, files in folder.files.items():
        required = {c.name for c in load_contracts()[source].columns if c.is_required}
        file = files[0]
        if isinstance(file, MappedFile) or required <= _header(file.path, file.file_format):
            served.add(source)
    return served


def _header(path: Path, file_format: str) -> set[str]:
    """Names of a file's columns as a build without a mapping sees them."""
    try:
        sample = read_sample(path, path.name, file_format)
    except (HeaderError, OSError, pa.ArrowException):
        return set()
    return set() if sample.written else set(sample.columns)


def _grouped(samples: Iterator[Sample]) -> list[Group]:
    """Files of one folder that have the same columns and are written in the same way.

    A folder in which there are no others is named itself, so that what comes later is read too.
    """
    alike: dict[object, list[Sample]] = {}
    folders: Counter[str] = Counter()
    for sample in samples:
        folder = _folder_of(sample.relative)
        parents = folder.split("/")
        folders.update("/".join(parents[:n]) for n in range(1, len(parents) + 1))
        written = tuple(sample.written.items())
        key = (folder, sample.file_format, tuple(sample.columns), written)
        alike.setdefault(key, []).append(sample)
    groups = []
    for found in alike.values():
        folder = _folder_of(found[0].relative)
        is_alone = bool(folder) and len(found) > 1 and folders[folder] == len(found)
        files = tuple(sample.relative for sample in found)
        groups.append(Group(files, found[0], folder if is_alone else None))
    return groups


def _folder_of(relative: str) -> str:
    """The folder a file lies in, without the parts of hive partitions."""
    return "/".join(part for part in relative.split("/")[:-1] if "=" not in part)
