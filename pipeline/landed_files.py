"""What is reported of each raw file that was landed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.csv_landing import LandedCsv
from pipeline.mapping.applying import unused_columns, used_rules
from pipeline.mapping.files import MappedFile
from pipeline.mapping.origins import origin_columns
from pipeline.raw_contracts import RawContract
from pipeline.raw_files import RawFile


@dataclass(frozen=True)
class LandedFile:
    """One raw file as read; column lists are sorted and cover what no contract names, and the
    optional columns that the file lacks. A mapping leaves `filtered_count` of its rows out."""

    source: str
    relative: str
    file_format: str
    row_count: int
    malformed_count: int
    unknown_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]
    filtered_count: int = 0


def plain_file(
    file: RawFile, contract: RawContract, columns: Iterable[str], rows: int, malformed: int
) -> LandedFile:
    """What is reported of a file with these columns."""
    found, known = set(columns), set(contract.column_names)
    optional = {column.name for column in contract.columns if not column.is_required}
    return LandedFile(
        source=file.source,
        relative=file.relative,
        file_format=file.file_format,
        row_count=rows,
        malformed_count=malformed,
        unknown_columns=tuple(sorted(found - known)),
        missing_columns=tuple(sorted(optional - found)),
    )


def mapped_file(file: MappedFile, landed: LandedCsv) -> LandedFile:
    """What is reported of a file that is read through a mapping."""
    names = [column.name for column in origin_columns(file)]
    given = {rule.target for rule in used_rules(file, names)}
    return LandedFile(
        source=file.source,
        relative=file.relative,
        file_format=file.file_format,
        row_count=landed.row_count,
        malformed_count=landed.malformed_count,
        unknown_columns=unused_columns(file, names),
        missing_columns=tuple(sorted(set(landed.columns) - given)),
        filtered_count=landed.filtered_count,
    )
