"""Small folders that are read through a mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from checks.raw.folders import REQUEST, required_folder
from pipeline.csv_landing import LandedCsv, MalformedLines
from pipeline.landing import LandingResult, land
from pipeline.mapping.applying import land_mapped
from pipeline.mapping.files import MappedFile, open_raw

Files = Mapping[str, str | bytes]


def write_files(folder: Path, files: Files) -> Path:
    """Write files of text (UTF-8) or bytes; returns the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def mapped_files(folder: Path, source: str) -> list[MappedFile]:
    """The files that the folder's mapping reads as a source."""
    found = open_raw(folder, folder.parent / "out").files[source]
    return [file for file in found if isinstance(file, MappedFile)]


def landed(
    folder: Path, source: str
) -> tuple[list[LandedCsv], list[dict[str, Any]], list[tuple[int, str]]]:
    """Copies of a source's mapped files, their rows, and place and text of malformed records."""
    copies = []
    side_file = folder.parent / "malformed.parquet"
    with MalformedLines(side_file) as malformed:
        for number, file in enumerate(mapped_files(folder, source)):
            copies.append(land_mapped(file, folder.parent / f"copy{number}.parquet", malformed))
    rows = [row for copy in copies for row in _rows(f"select * from '{copy.path}'")]
    lines = duckdb.execute(f"select _row_number, line_text from '{side_file}'").fetchall()
    return copies, rows, lines


def _rows(query: str) -> list[dict[str, Any]]:
    found = duckdb.execute(query)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def cells(
    folder: Path, source: str, column: str, rule: str, texts: Sequence[str], above: str = ""
) -> list[str | None]:
    """What the rule makes of some cells of a column `x`; `above` is what holds for the source."""
    lines = "".join(f'{number};"{text}"\n' for number, text in enumerate(texts))
    mapping = (
        f"sources:\n  {source}:\n    file: x.csv\n    delimiter: ;\n{above}"
        f"    columns:\n      {column}: {rule}\n"
    )
    write_files(folder, {"x.csv": f"n;x\n{lines}", "mapping.yml": mapping})
    return [row[column] for row in landed(folder, source)[1]]


def land_with_mapping(
    tmp_path: Path, mapping: str, files: Files, without: Sequence[str] = ()
) -> LandingResult:
    """Land a folder of the required sources but some, further files and a mapping."""
    raw_dir = tmp_path / "raw"
    raw_dir.mkdir()
    required_folder(raw_dir, without)
    write_files(raw_dir, {**files, "mapping.yml": mapping})
    return land(raw_dir, tmp_path / "out", REQUEST)
