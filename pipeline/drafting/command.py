"""`make map`: a proposal of RAW/mapping.yml for exports that nobody has described yet."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pyarrow as pa

from pipeline import preflight
from pipeline.checking.logged import run_logged
from pipeline.checking.models import row_models
from pipeline.console import Console
from pipeline.csv_reader import HeaderError
from pipeline.drafting.forms import FOREIGN_KEYS, form_of
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

_DRAFT_NAME = "mapping.proposed{}.yml"


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
        self._written: list[Path] = []

    def run(self) -> int:
        """Look, guess, write; returns the exit code."""
        try:
            folder = preflight.open_folder(self._raw, self._options.out, self._mapping_to_read())
        except preflight.PreflightError as error:
            said = f"The raw files in {self._raw} cannot be used:"
            raise BuildFailure(said, error.problems) from error
        served = _served(folder)
        wanted = [s for s in load_contracts() if s not in served | left_out(self._old)]
        groups = _grouped(self._samples(folder, served))
        guesses = assign(groups, wanted)
        if guesses:
            self._write(guesses)
        self._report(guesses, groups, wanted)
        return 0

    def _mapping_to_read(self) -> Path | None:
        """The mapping by which the folder is read; one that is named may be written first."""
        named = self._options.mapping
        if named is None or named.is_file():
            return self._options.mapping_file
        if (self._raw / MAPPING_NAME).is_file():
            usual = self._raw / MAPPING_NAME
            raise BuildFailure(f"{named} is not there, but {usual} is: copy it, or name none.")
        return None

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
        if not self._old:
            self._save(self._path, text)
            return
        # Files of two sources belong under `shared`, where the user may have some already.
        alone = [guess for guess in guesses if not guess.is_shared]
        lines = _sources(alone, shares, indent_of(self._old))
        merged = with_sources(self._old, "".join(f"{line}\n" for line in lines))
        if merged is not None and alone:
            self._save(self._path, merged)
        apart = [guess for guess in guesses if merged is None or guess.is_shared]
        if apart:
            text = self._text(apart, shares)
            self._save(_free_path(self._path, text), text)

    def _save(self, path: Path, text: str) -> None:
        """Write a proposal, and keep its path for the report."""
        try:
            path.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise BuildFailure(f"{path} cannot be written ({error.strerror}).") from error
        self._written.append(path)

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
        say(f"\nWritten: {', '.join(map(str, self._written))}", indent=0)
        say(
            "Look at its lines marked `# confirm:`, then run `make check` with the same RAW; a "
            "build waits until the lines `confirmed: false` are gone.",
            indent=0,
        )


def _free_path(mapping: Path, text: str) -> Path:
    """Where a proposal beside a mapping goes, so that none is overwritten that says otherwise."""
    for number in count(1):
        path = mapping.with_name(_DRAFT_NAME.format("" if number == 1 else f"-{number}"))
        if not path.exists() or path.read_bytes() == text.encode():
            return path
    raise AssertionError


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
    """Sources that are mapped, or whose files bear our name, have all required headers and are
    written as the models read them."""
    served = set()
    for source, files in folder.files.items():
        file = files[0]
        if isinstance(file, MappedFile) or _reads_as_it_is(source, file.path, file.file_format):
            served.add(source)
    return served


def _reads_as_it_is(source: str, path: Path, file_format: str) -> bool:
    """Whether a build without a mapping finds the required columns, and no form foreign to it."""
    try:
        sample = read_sample(path, path.name, file_format)
    except (HeaderError, OSError, pa.ArrowException):
        return False
    required = [column for column in load_contracts()[source].columns if column.is_required]
    if sample.written or not {column.name for column in required} <= set(sample.columns):
        return False
    forms = [
        form_of(c, c.name, sample.columns[c.name], is_native=c.name in sample.native)
        for c in required
    ]
    return not any(FOREIGN_KEYS & set(form.keys) for form in forms)


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
