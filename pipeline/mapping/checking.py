"""What of a file does not fit the mapping that names it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.mapping.applying import unused_columns, used_rules
from pipeline.mapping.files import MappedFile
from pipeline.mapping.nearest import nearest
from pipeline.mapping.origins import OriginColumn, origin_columns
from pipeline.raw_contracts import RawContract

_MOST_SHOWN = 40


@dataclass(frozen=True)
class MappedColumns:
    """What a file gives a source: contract columns with a cell, what stops a build, and notes.

    `missing` are the required columns that a problem is about.
    """

    given: tuple[str, ...]
    problems: tuple[str, ...]
    missing: tuple[str, ...]
    warnings: tuple[str, ...]


def check_mapped(file: MappedFile, contract: RawContract) -> MappedColumns:
    """Compare a file's columns with its entry; HeaderError, ParquetError or OSError when it
    cannot be read."""
    columns = origin_columns(file)
    names = [column.name for column in columns]
    given = {rule.target for rule in used_rules(file, names)}
    missing = tuple(c.name for c in contract.columns if c.is_required and c.name not in given)
    problems = [*_absent(file, columns), *_unreadable(file, columns)]
    where = f"{file.mapping_path.name} line {file.entry.line}"
    if missing:
        are = "column is" if len(missing) == 1 else "columns are"
        problems.append(
            f"{where}: required {are} missing from {file.source}: {', '.join(missing)}; name a "
            f"column of the file or a `value` for each. {_there_are(names)}"
        )
    warnings = []
    unused = unused_columns(file, names)
    if unused and file.entry.origin.shared_name is None:
        warnings.append(f"columns that the mapping does not use are ignored: {', '.join(unused)}")
    return MappedColumns(tuple(given), tuple(problems), missing, tuple(warnings))


def _absent(file: MappedFile, columns: Sequence[OriginColumn]) -> Iterator[str]:
    """Columns that the mapping names and the file does not have."""
    names = [column.name for column in columns]
    for name, line in file.entry.named_columns():
        if name not in names:
            meant = nearest(name, names)
            hint = f"; did you mean `{meant}`?" if meant else "."
            yield (
                f"{file.mapping_path.name} line {line}: there is no column `{name}`{hint} "
                f"{_there_are(names)}"
            )


def _unreadable(file: MappedFile, columns: Sequence[OriginColumn]) -> Iterator[str]:
    """Columns that the mapping names and that hold no single value."""
    unreadable = {column.name for column in columns if not column.is_readable}
    for name, line in file.entry.named_columns():
        if name in unreadable:
            said = f"the column `{name}` holds lists or records, not single values"
            yield f"{file.mapping_path.name} line {line}: {said}"


def _there_are(names: Sequence[str]) -> str:
    """A sentence with the columns of a file."""
    listed = ", ".join(f"`{name}`" for name in names[:_MOST_SHOWN])
    more = len(names) - _MOST_SHOWN
    return f"The file has {listed}" + (f" and {more} more" if more > 0 else "")
