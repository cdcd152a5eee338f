"""`make forget USER=user_id`: takes one person out of the raw files and of what was made of them.

The person's key becomes one made by chance, which nothing leads back from, in every row; their
address, their words and what no contract names become empty. Rows stay, so every figure stays.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline import publish
from pipeline.csv_reader import HeaderError
from pipeline.failure import BuildFailure
from pipeline.mapping.files import open_raw
from pipeline.mapping.tables import TABLE_FORMAT
from pipeline.options import Options
from pipeline.privacy import csv_rewriting, keys, parquet_rewriting, published
from pipeline.privacy.person import Person, new_key
from pipeline.privacy.reading import Reading, by_path
from pipeline.raw_files import RawFile, RawFolder

# Made anew by the next build from the raw files, which reads all of them: they have changed.
_MADE_ANEW = ("landed", "check", "server_tables", ".duckdb_tmp")
_PAGES = {".html", ".json", ".log", ".csv", ".txt", ".md", ".yml", ".sql", ".js", ".svg", ".xml"}
_SHORTEST_WORDS = 12


@dataclass
class Report:
    """What was, or would be, changed; `left` is for somebody else to do."""

    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def lines(self, is_dry_run: bool) -> Iterator[str]:
        """The report as it is printed."""
        would = "would be " if is_dry_run else ""
        parts = (
            (f"{would}changed", self.changed),
            (f"{would}removed; the next build makes it anew", self.removed),
            ("left for you", self.left),
        )
        for title, entries in parts:
            if entries:
                yield f"{title.capitalize()}:"
                yield from (f"  {entry}" for entry in entries)


def forget(options: Options) -> int:
    """Forget the person whose key is USER; with DRY_RUN=1 only say what would be done."""
    from pipeline.build import only_build_in

    raw = _refuse_what_is_missing(options)
    report = Report()
    with only_build_in(options.out), _reading(raw):
        folder = open_raw(raw, options.out, options.mapping_file)
        person = _person(folder, str(options.user))
        _forget_in_raw_files(folder, person, options.dry_run, report)
        _forget_in_outputs(options, person, report)
        _say_what_is_left(options, folder, person, report)
    if not report.changed:
        raise BuildFailure(f"USER={person.user_id}: nothing in {raw} or {options.out} names them.")
    for line in report.lines(options.dry_run):
        print(line)
    if not options.dry_run:
        print(f"USER={person.user_id} is forgotten here. The next build reads every file anew.")
    return 0


def _refuse_what_is_missing(options: Options) -> Path:
    """The raw folder; BuildFailure naming everything that has to be given and is not."""
    problems = []
    if not options.user or not options.user.strip():
        problems.append("USER: the user_id of the person, as the raw files have it")
    if options.raw is None:
        problems.append("RAW: the folder of raw files")
    elif not options.raw.is_dir():
        problems.append(f"RAW={options.raw}: no such folder")
    if not options.is_out_given:
        problems.append("OUT: the folder of the builds made of them")
    elif not options.out.is_dir():
        problems.append(f"OUT={options.out}: no such folder")
    if problems or options.raw is None:
        headline = "make forget USER=user_id RAW=dir OUT=dir [DRY_RUN=1]: nothing was changed."
        raise BuildFailure(headline, problems)
    return options.raw


@contextmanager
def _reading(place: Path | str) -> Iterator[None]:
    """BuildFailure naming the place for a file that cannot be read or written."""
    try:
        yield
    except (OSError, HeaderError, pa.ArrowException, duckdb.Error) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise BuildFailure(f"{place}: {reason}. Run it again when that is mended.") from error


def _person(folder: RawFolder, user_id: str) -> Person:
    """The person with the addresses and words that the raw files have of them."""
    found: dict[str, set[str]] = {"email": set(), "comment": set()}
    ids: set[str] = set()
    for source, words in (("users", "email"), ("surveys", "comment")):
        for file in folder.files.get(source, []):
            with _reading(file.relative):
                for theirs, said in _pairs(file, source, words):
                    ids.add(theirs)
                    if theirs == user_id and said:
                        found[words].add(said)
    return Person(
        user_id,
        new_key(user_id, ids.__contains__),
        emails=frozenset(email for email in found["email"] if "@" in email),
        words=frozenset(words for words in found["comment"] if len(words) >= _SHORTEST_WORDS),
    )


def _pairs(file: RawFile, source: str, words: str) -> Iterator[tuple[str, str]]:
    """Key and words of every row of a raw file; '' for what it does not have."""
    reading = Reading.of([file])
    key, said = reading.name_of(source, "user_id"), reading.name_of(source, words)
    if key is None:
        return
    if file.file_format == "csv":
        rows = csv_rewriting.rows_of(file.path, reading.dialect)
    else:
        rows = parquet_rewriting.rows_of(file.path, (key, said) if said else (key,))
    for row in rows:
        yield row.get(key, "").strip(), row.get(said or "", "").strip()


def _forget_in_raw_files(
    folder: RawFolder, person: Person, is_dry_run: bool, report: Report
) -> None:
    """Write every file anew that names the person, all of them before one is put in place."""
    written: dict[Path, Path] = {}
    try:
        for files in by_path(chain.from_iterable(folder.files.values())):
            file, reading = files[0], Reading.of(files)
            _refuse_partition(file, reading, person)
            if file.file_format == TABLE_FORMAT:
                if reading.holds_persons:
                    report.left.append(f"the table {file.relative} of a server, which is yours")
                continue
            path = file.path.resolve()
            aside = path.with_name(f".{path.name}.forgetting")
            written[aside] = path
            with _reading(file.relative):
                count = _write_without(file, reading, aside, person, is_dry_run)
            if count:
                report.changed.append(f"{file.relative}: {_counted(count, 'row')}")
            if not count or is_dry_run:
                aside.unlink(missing_ok=True)
                del written[aside]
        for aside, path in written.items():
            shutil.copymode(path, aside)
            os.replace(aside, path)
    finally:
        for aside in written:
            aside.unlink(missing_ok=True)


def _write_without(
    file: RawFile, reading: Reading, aside: Path, person: Person, is_dry_run: bool
) -> int:
    """Write one file without the person; returns how many of its rows are others."""
    if file.file_format == "csv":
        may_hold = csv_rewriting.may_hold(file.path, person, reading.dialect)
        return csv_rewriting.rewrite(file, aside, person, reading) if may_hold else 0
    count = parquet_rewriting.count_rows(file, person, reading)
    if count and not is_dry_run:
        parquet_rewriting.rewrite(file, aside, person, reading)
    return count


def _refuse_partition(file: RawFile, reading: Reading, person: Person) -> None:
    """BuildFailure when a folder is named after the person: a folder cannot be written anew."""
    if reading.holds_persons and (person.user_id in dict(file.partitions).values()):
        raise BuildFailure(f"{file.relative}: a folder is named after the person. Rename it first.")


def _forget_in_outputs(options: Options, person: Person, report: Report) -> None:
    """Published files are written anew; what the next build makes again is removed."""
    salt = keys.salt_of_environment()
    for path in (options.published, options.previous):
        if path.exists():
            with _reading(path):
                count = published.forget_in(path, person, salt, options.dry_run)
            if count:
                report.changed.append(f"{path}: {_counted(count, 'row')}")
    for path in _private_files(options):
        report.removed.append(str(path))
        if not options.dry_run:
            _remove(path)
    for path in _other_files(options):
        if path.suffix.lower() in _PAGES:
            text = path.read_text(encoding="utf-8", errors="surrogateescape")
            without = person.without_traces(text)
            if without != text:
                report.changed.append(f"{path}: text")
                if not options.dry_run:
                    _write(path, without)


def _private_files(options: Options) -> list[Path]:
    """What the next build makes anew, as far as it is there."""
    paths = [options.warehouse, options.next_file, options.out / "marts.rollback.duckdb"]
    paths += [options.out / name for name in _MADE_ANEW]
    return [path for path in paths if path.exists()]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        publish.remove_file(path)


def _other_files(options: Options) -> Iterator[Path]:
    """Files in OUT beside databases and raw files."""
    handled = {options.published, options.previous, *_private_files(options)}
    for parent, folders, names in os.walk(options.out):
        here = Path(parent)
        folders[:] = [
            name for name in folders if here / name not in handled and here / name != options.raw
        ]
        yield from (here / name for name in sorted(names) if here / name not in handled)


def _write(path: Path, text: str) -> None:
    """Put a text in a file's place in one step."""
    aside = path.with_name(f".{path.name}.forgetting")
    aside.write_text(text, encoding="utf-8", errors="surrogateescape", newline="")
    shutil.copymode(path, aside)
    os.replace(aside, path)


def _say_what_is_left(options: Options, folder: RawFolder, person: Person, report: Report) -> None:
    """Name what this command cannot change."""
    report.left.append("the systems that the raw files come from: the next export names them again")
    known = {file.path.resolve() for files in folder.files.values() for file in files}
    for path in _files_below(folder.directory):
        is_output = folder.directory in options.out.parents and options.out in path.parents
        if path.resolve() in known or is_output:
            continue
        if _mentions(path, person):
            report.left.append(f"{path}: no file of any source, and it names them")
    if (options.out / "spark").exists():
        report.left.append(f"{options.out / 'spark'}: tables of former builds; build twice")
    if options.target == "postgres":
        report.left.append("the server's schemas of former builds: build twice")
    if not person.is_telling:
        report.left.append("pages and logs were not searched for a key that means other things too")


def _files_below(folder: Path) -> Iterator[Path]:
    """All files of a folder, hidden ones too."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _mentions(path: Path, person: Person) -> bool:
    """Whether a file's text holds the person's address or telling key."""
    text = path.read_bytes().decode("utf-8", "replace")
    return person.without_traces(text) != text


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
