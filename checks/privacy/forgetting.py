"""A small build that knows one person well, and a search of every byte and cell for texts."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from checks.built_warehouse import WarehouseBuilder
from pipeline.options import Options
from pipeline.publish import attached, copy_marts, mart_names

USER = "U0000007"
EMAIL = "Ann.Berg-Person@customer.example"
COMMENT = "Nobody else would write these words, says Ann"
NAME = "Annabella Bergmann-Person"
TRACES = (USER, EMAIL, COMMENT, NAME)
Row = dict[str, str]


def plant(raw: Path) -> None:
    """Let a user of a simulated folder leave traces in every source that can hold them."""
    _edit(raw / "users.csv", _named, extra="full_name")
    _edit(raw / "surveys.csv", _answered)
    _edit(raw / "tickets.csv", _asked)
    _edit(raw / "touchpoints.csv", _met)
    _edit(raw / "feature_usage.csv", _used)
    path = raw / "logins.parquet"
    table = pq.read_table(path)
    place = table.schema.get_field_index("user_id")
    cells = table.column(place).to_pylist()
    cells[::9] = [USER] * len(cells[::9])
    pq.write_table(table.set_column(place, table.schema.field(place), pa.array(cells)), path)
    with (raw / "users.csv").open("a", encoding="utf-8") as file:
        file.write(f"{USER},only,three\n{USER},no_such_account,{EMAIL},member,,,,,{NAME}\n")
    (raw / "notes.txt").write_text(f"ask {EMAIL}\n")


def _edit(path: Path, change: Callable[[int, Row], None], extra: str = "") -> None:
    """Change the rows of a CSV file, perhaps with a column more."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [*rows[0], *([extra] if extra else [])]
    for place, row in enumerate(rows):
        change(place, row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _named(place: int, row: Row) -> None:
    row["full_name"] = f"Somebody {place}"
    if row["user_id"] == USER:
        row.update(email=EMAIL, full_name=NAME)


def _answered(place: int, row: Row) -> None:
    if place % 7 == 0:
        row.update(user_id=USER, comment=COMMENT)


def _asked(place: int, row: Row) -> None:
    if place % 5 == 0:
        row["requester_user_id"] = USER


def _met(place: int, row: Row) -> None:
    if place % 11 == 0:
        row["summary"] = f"Met {EMAIL.upper()}, user {USER}, about the renewal"


def _used(place: int, row: Row) -> None:
    if place == 0:
        row["user_id"] = USER


def built(builder: WarehouseBuilder, raw: Path, as_of: str) -> Options:
    """Build and publish a folder twice over, with pages that name the person."""
    built_warehouse = builder.build(raw, as_of, with_files=True)
    assert built_warehouse.failed == {}
    built_warehouse.connection.close()
    options = Options(out=built_warehouse.out, raw=raw, is_out_given=True)
    manifest = json.loads((builder.workspace / "target" / "manifest.json").read_text())
    copy_marts(options, manifest)
    shutil.copy(options.next_file, options.published)
    shutil.move(options.next_file, options.previous)
    (options.out / "dashboard").mkdir()
    page = f"<p>{EMAIL} said: {COMMENT} ({USER}), not {USER}9</p>"
    (options.out / "dashboard" / "index.html").write_text(page, encoding="utf-8")
    (options.out / "build.log").write_text(f"user {USER} is unknown\n", encoding="utf-8")
    return options


def marts_of(file: Path, renamed: dict[str, str]) -> dict[str, Any]:
    """All rows of all marts but the build's own, sorted; keys of persons as in `renamed`."""
    with attached(published=file) as connection:
        return {
            name: sorted(
                _renamed(repr(row), renamed)
                for row in connection.execute(f'from published.marts."{name}"').fetchall()
            )
            for name in mart_names(connection, "published")
            if name != "build_info"
        }


def _renamed(text: str, renamed: dict[str, str]) -> str:
    for former, now in renamed.items():
        text = text.replace(former, now)
    return text


def places_of(folder: Path, texts: Iterable[str]) -> list[str]:
    """Every file in which one of the texts stands: bytes, Parquet cells, DuckDB cells, names."""
    sought = [text.lower() for text in texts]
    found = []
    for path in sorted(folder.rglob("*")):
        content = str(path.relative_to(folder))
        if path.is_file():
            content += path.read_bytes().decode("utf-8", "replace")
            content += "\n".join(_cells(path))
        found += [f"{path}: {text}" for text in sought if text in content.lower()]
    return found


def _cells(path: Path) -> Iterator[str]:
    """What a compressed file holds, as text."""
    if path.suffix == ".parquet":
        yield str(pq.read_metadata(path).to_dict())
        yield str(pq.read_table(path).to_pylist())
    if path.suffix == ".duckdb":
        with attached(file=path) as connection:
            tables = connection.execute(
                "select schema_name, table_name from duckdb_tables() where database_name = 'file'"
            ).fetchall()
            for schema, table in tables:
                yield str(connection.execute(f'from file."{schema}"."{table}"').fetchall())
