"""Which columns of a file give which columns of a source, and which file gives which source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from pipeline.drafting.forms import Form, constant_of, form_of
from pipeline.drafting.names import likeness, source_likeness, vocabulary
from pipeline.drafting.samples import Sample, distinct_cells
from pipeline.raw_contracts import RawColumn, RawContract, load_contracts

# Our day after the last one covered, where many exports have the last one.
ENDS_BEFORE = "end_date"
_LEAST_SCORE = 0.35
_LEAST_FIT = 0.55
_LEAST_REQUIRED = 0.5
_REPEATED_KEY = 0.6


@dataclass(frozen=True)
class ColumnGuess:
    """A column of ours and where it is taken from: a header, or a `constant`.

    `is_certain`: the header is our own name and every cell can be read.
    """

    column: RawColumn
    header: str | None
    form: Form
    score: float
    constant: str | None = None

    @property
    def is_certain(self) -> bool:
        """Whether nothing is left to be confirmed; whether an end is the last day, no cell says."""
        is_ours = self.header == self.column.name and self.form == Form(1.0)
        return is_ours and self.column.name != ENDS_BEFORE


@dataclass(frozen=True)
class Group:
    """Files of one shape; `sample` is of the first, `folder` holds these files and no others."""

    files: tuple[str, ...]
    sample: Sample
    folder: str | None = None


@dataclass(frozen=True)
class SourceGuess:
    """A source and the files that give it. `missing` required columns have no column there.

    `is_shared`: the same files give another source too.
    """

    contract: RawContract
    group: Group
    columns: tuple[ColumnGuess, ...]
    missing: tuple[RawColumn, ...]
    unused: tuple[str, ...]
    score: float = field(default=0.0)
    is_shared: bool = False


def guess_source(contract: RawContract, group: Group) -> SourceGuess:
    """How a group of files would be read as a source, and how well it suits."""
    columns = _columns(contract, group.sample)
    found = {guess.column.name for guess in columns}
    missing = tuple(c for c in contract.columns if c.is_required and c.name not in found)
    used = {guess.header for guess in columns}
    unused = tuple(name for name in group.sample.columns if name not in used)
    score = _score(contract, group, columns)
    return SourceGuess(contract, group, columns, missing, unused, score)


def _score(contract: RawContract, group: Group, columns: Sequence[ColumnGuess]) -> float:
    """Required columns count most, then the name of the file, then the other columns."""
    by_name = {guess.column.name: guess for guess in columns if guess.header is not None}
    required = [column for column in contract.columns if column.is_required]
    keys = [c for c in required if c.is_key and c.name != "updated_at"]
    of_required = sum(by_name[c.name].score for c in required if c.name in by_name) / len(required)
    named = max(source_likeness(contract.source, part) for part in _parts(group.files[0]))
    if of_required < _LEAST_REQUIRED and not (named and of_required >= _LEAST_REQUIRED / 2):
        return 0.0
    if not all(key.name in by_name for key in keys):
        return 0.0
    others = len(by_name) / max(len(group.sample.columns), 1)
    return of_required + 0.6 * named + 0.3 * min(others, 1.0)


def _parts(relative: str) -> list[str]:
    """The words by which a file is called: its own name, and the folders it lies in."""
    path = PurePosixPath(relative)
    return [path.stem, *path.parts[:-1]]


def _columns(contract: RawContract, sample: Sample) -> tuple[ColumnGuess, ...]:
    """The best column for each of ours, each used once; then what may stand in."""
    candidates = [
        guess
        for column in contract.columns
        for header, cells in sample.columns.items()
        if (guess := _guess(contract, column, header, cells, sample)) is not None
    ]
    candidates.sort(key=lambda guess: (-guess.score, not guess.column.is_required))
    taken: dict[str, ColumnGuess] = {}
    used: set[str | None] = set()
    for guess in candidates:
        if guess.column.name not in taken and guess.header not in used:
            taken[guess.column.name] = guess
            used.add(guess.header)
    for column in contract.columns:
        if column.name in taken or not column.is_required:
            continue
        if stand_in := _stand_in(contract.source, column, taken, sample):
            taken[column.name] = stand_in
    return tuple(taken[c.name] for c in contract.columns if c.name in taken)


def _guess(
    contract: RawContract, column: RawColumn, header: str, cells: Sequence[str], sample: Sample
) -> ColumnGuess | None:
    """One pair of columns, None when they have nothing in common."""
    score = likeness(contract.source, column.name, header)
    if score < _LEAST_SCORE:
        return None
    form = form_of(column, header, cells, is_native=header in sample.native)
    if form.share < _LEAST_FIT and header != column.name:
        return None
    keys = [c.name for c in contract.columns if c.is_key]
    if keys == [column.name] and (found := [cell for cell in cells if cell]):
        # Versions of a row repeat its key, but not without end.
        score *= 1.0 if len(distinct_cells(found, len(found))) > len(found) / 2 else _REPEATED_KEY
    return ColumnGuess(column, header, form, score * form.share)


def _stand_in(
    source: str, column: RawColumn, taken: dict[str, ColumnGuess], sample: Sample
) -> ColumnGuess | None:
    """Another column of ours that the same column of the file may give, or a constant."""
    other = taken.get(vocabulary()["stand_ins"].get(source, {}).get(column.name, ""))
    if other is not None and other.header is not None:
        cells = sample.columns[other.header]
        native = other.header in sample.native
        form = form_of(column, other.header, cells, is_native=native)
        doubts = (*form.doubts, "no other column looks like it")
        return ColumnGuess(column, other.header, Form(form.share, form.keys, doubts), 0.4)
    constant = constant_of(source, column.name)
    return ColumnGuess(column, None, Form(0.0), 0.0, constant) if constant else None


def assign(groups: Sequence[Group], wanted: Sequence[str]) -> list[SourceGuess]:
    """A source for each group that suits one, the best pairs first; then what one file can give
    two required sources. In the order of the contracts."""
    contracts = load_contracts()
    pairs = [guess_source(contracts[source], group) for source in wanted for group in groups]
    pairs = sorted((p for p in pairs if p.score > 0), key=lambda pair: -pair.score)
    chosen: list[SourceGuess] = []
    for pair in pairs:
        sources = {guess.contract.source for guess in chosen}
        files = {guess.group.files for guess in chosen}
        if pair.contract.source not in sources and pair.group.files not in files:
            chosen.append(pair)
    for pair in pairs:
        sources = {guess.contract.source for guess in chosen}
        if pair.contract.is_required and pair.contract.source not in sources:
            chosen.append(pair)
    uses = Counter(guess.group.files for guess in chosen)
    chosen = [replace(guess, is_shared=uses[guess.group.files] > 1) for guess in chosen]
    return sorted(chosen, key=lambda guess: list(contracts).index(guess.contract.source))
