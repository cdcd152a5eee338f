"""Runs the SQL beside exported files that makes one table of several, before a mapping reads it.

    python -m examples.prepare FOLDER

Each `_*.sql` of the folder is run by DuckDB in that folder. Files with `_` in front are
no raw data, so a build passes over them.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import duckdb


def prepare(folder: Path) -> list[str]:
    """Run the SQL files of a folder in order of their names, which are returned."""
    statements = sorted(folder.glob("_*.sql"))
    with contextlib.chdir(folder), duckdb.connect() as connection:
        for path in statements:
            connection.execute(Path(path.name).read_text(encoding="utf-8"))
    return [path.name for path in statements]


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python -m examples.prepare FOLDER")
    try:
        print(f"Run: {', '.join(prepare(Path(sys.argv[1]))) or 'nothing, there is no _*.sql'}")
    except duckdb.Error as error:
        sys.exit(f"{sys.argv[1]}: {error}")
