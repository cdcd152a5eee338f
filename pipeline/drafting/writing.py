"""A proposal as YAML: each guess on a line of its own, to be confirmed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from pipeline.drafting.guesses import ENDS_BEFORE, ColumnGuess, Group, SourceGuess
from pipeline.drafting.names import SAME, source_likeness
from pipeline.drafting.samples import distinct_cells
from pipeline.options import ROOT

HEAD = """\
# yaml-language-server: $schema={schema}
# Proposed by `make map`. Every guess stands on a line marked `# confirm:`; nothing is built from
# them until the line `confirmed: false` above them is deleted. `make check` shows what they would
# give. A second `make map` leaves what stands here as it is and adds sources that are not there;
# a line `# without: surveys` keeps it from adding that one.
# Times without an offset are taken as UTC: else give `defaults` a `time_zone`, such as Asia/Tokyo.
# All keys: docs/mapping.md
"""
_BARE = re.compile(r"[^\W\d_][\w./\- ]*[\w.]|[^\W\d_]")
_WORDS_OF_YAML = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
_COMMENT_COLUMN = 46
_SHOWN_CELLS = 3
_LONGEST_CELL = 24

# (source, column) -> share of its cells that the models can read.
Shares = Mapping[tuple[str, str], float]


def head() -> str:
    """The first lines of a mapping that is new."""
    return HEAD.format(schema=ROOT / "pipeline" / "mapping" / "schema.json")


def shared_lines(guesses: Sequence[SourceGuess], indent: str = "  ") -> Iterator[str]:
    """What stands under `shared` for files that give two sources."""
    for name, group in shared_names(guesses).items():
        yield f"{indent}{scalar(name)}:"
        yield from _origin(group, indent * 2, _doubts_of_files(group))


def shared_names(guesses: Sequence[SourceGuess]) -> dict[str, Group]:
    """Names of the groups that give two sources."""
    names: dict[str, Group] = {}
    for group in (guess.group for guess in guesses if guess.is_shared):
        if group not in names.values():
            stem = PurePosixPath(group.files[0]).stem
            names[stem if stem not in names else f"{stem}_{len(names)}"] = group
    return names


def source_lines(
    guess: SourceGuess, shared: Mapping[str, Group], shares: Shares, indent: str = "  "
) -> Iterator[str]:
    """One source of the proposal."""
    inner = indent * 2
    source = guess.contract.source
    yield f"{indent}{source}:"
    name = next((name for name, group in shared.items() if group == guess.group), None)
    doubts = _doubts_of_origin(guess)
    if name:
        yield _with_comment(f"{inner}from: {scalar(name)}", _confirm(doubts))
    else:
        yield from _origin(guess.group, inner, doubts)
    if not is_certain(guess):
        yield f"{inner}confirmed: false"
    yield f"{inner}columns:"
    for column in guess.columns:
        share = shares.get((source, column.column.name))
        yield _with_comment(f"{indent * 3}{_column(column)}", _comment(column, guess.group, share))
    for missing in guess.missing:
        yield f"{indent * 3}# missing: {missing.name}: ...  ({missing.type}, required)"
    if guess.unused:
        listed = ", ".join(_one_line(name) for name in guess.unused)
        yield f"{indent * 3}# not used: {listed}"


def is_certain(guess: SourceGuess) -> bool:
    """Whether nothing of a source has to be confirmed."""
    return count_guesses(guess) == 0 and not guess.missing


def count_guesses(guess: SourceGuess) -> int:
    """Lines of a source that have to be confirmed."""
    of_columns = sum(not column.is_certain for column in guess.columns)
    return of_columns + len(guess.group.sample.doubts) + bool(_doubts_of_origin(guess))


def _doubts_of_origin(guess: SourceGuess) -> list[str]:
    """Why these files need not be the ones of the source."""
    doubts = _doubts_of_files(guess.group)
    called = PurePosixPath(guess.group.folder or guess.group.files[0]).stem
    if source_likeness(guess.contract.source, called) < SAME:
        doubts = ["chosen by its columns more than by its name", *doubts]
    return [*doubts, "one file gives several sources"] if guess.is_shared else doubts


def _doubts_of_files(group: Group) -> list[str]:
    """What is doubtful about files that are read one after another."""
    if group.folder:
        return [f"all of the folder is read, also what comes later ({len(group.files)} files now)"]
    if len(group.files) > 1:
        return [f"{len(group.files)} files of one shape, read one after another"]
    return []


def _origin(group: Group, indent: str, doubts: Sequence[str]) -> Iterator[str]:
    """The files and how they are written."""
    files = [scalar(name) for name in ([group.folder] if group.folder else group.files)]
    listed = files[0] if len(files) == 1 else f"[{', '.join(files)}]"
    yield _with_comment(f"{indent}file: {listed}", _confirm(doubts))
    for key, value in group.sample.written.items():
        doubt = group.sample.doubts.get(key)
        text = value if key == "skip_lines" else scalar(value)
        yield _with_comment(f"{indent}{key}: {text}", _confirm([doubt] if doubt else []))


def _confirm(doubts: Sequence[str]) -> str:
    return f"confirm: {'; '.join(doubts)}" if doubts else ""


def _column(guess: ColumnGuess) -> str:
    """A column as the mapping has it."""
    name = guess.column.name
    if guess.constant is not None:
        return f"{name}: {{value: {scalar(guess.constant)}}}"
    header = scalar(guess.header or "")
    if not guess.form.keys:
        return f"{name}: {header}"
    keys = "".join(f", {key}: {_value(value)}" for key, value in guess.form.keys.items())
    return f"{name}: {{column: {header}{keys}}}"


def _value(value: object) -> str:
    if isinstance(value, dict):
        pairs = ", ".join(f"{scalar(key)}: {scalar(ours)}" for key, ours in value.items())
        return f"{{{pairs}}}"
    if isinstance(value, list):
        return f"[{', '.join(scalar(text) for text in value)}]"
    return str(value) if isinstance(value, int) else scalar(str(value))


def _comment(guess: ColumnGuess, group: Group, share: float | None) -> str:
    """Why the guess was made: the share that reads, some cells, and what is doubtful."""
    if guess.constant is not None:
        return "confirm: no column looks like it"
    cells = group.sample.columns[guess.header or ""]
    filled = sum(map(bool, cells)) / len(cells) if cells else 0.0
    parts = [f"{_percent(share if share is not None else guess.form.share)} can be read"]
    if filled < 1:
        parts.append(f"{_percent(1 - filled)} empty")
    parts += guess.form.doubts
    if guess.column.name == ENDS_BEFORE:
        parts.append("is it the last day covered? then add `inclusive: true`")
    shown = distinct_cells(cells, _SHOWN_CELLS)
    if shown and guess.column.classification != "personal":
        parts.append("such as " + ", ".join(_one_line(cell) for cell in shown))
    return ("" if guess.is_certain else "confirm: ") + "; ".join(parts)


def _percent(share: float) -> str:
    """A share in percent that says neither all nor nothing when it is not."""
    return f"{share if share in (0, 1) else min(max(share, 0.001), 0.999):.1%}"


def _one_line(text: str, longest: int = _LONGEST_CELL) -> str:
    """A text that cannot end a comment."""
    kept = "".join(c if c.isprintable() else " " for c in text)
    return kept[:longest] + ("…" if len(kept) > longest else "")


def _with_comment(line: str, comment: str) -> str:
    return f"{line:<{_COMMENT_COLUMN}}  # {_one_line(comment, len(comment))}" if comment else line


def scalar(text: str) -> str:
    """A text as YAML writes it, in quotes where it could be taken for something else."""
    if _BARE.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML:
        return text
    text = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in text)
