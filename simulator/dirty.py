"""Adds dirt to clean files and writes down, row by row, what should become of it."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pyarrow.parquet as pq

from simulator.calendar_days import date_of
from simulator.dirty_kinds import EVENT_TIME, FUTURE, KEYS, Row, faults
from simulator.schemas import SCHEMAS
from simulator.settings import Settings
from simulator.truth import TRUTH_FOLDER, write_rows
from simulator.writing import cell_text

DIRTY_COLUMNS = ["source", "file", "row_number", "row_key", "outcome", "reasons"]
MOST_ROWS = 200_000
SAMPLE_ROWS = 2_000
VERSIONED = {"accounts", "users", "tickets"}
WITH_BOM = {"accounts", "tickets", "products"}
WITH_CRLF = {"accounts", "users", "invoices"}
RESTYLED_SHARE = 0.5


@dataclass(slots=True)
class Record:
    """One record of a CSV file; `outcome` is empty for a clean row left as it was."""

    text: str
    key: str = ""
    outcome: str = ""
    reasons: str = ""


def _line(cells: list[str]) -> str:
    buffer = io.StringIO()
    # A line end inside a cell is quoted only when the writer's own line end has that character.
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()[:-1]


def _clean_rows(folder: Path, source: str) -> tuple[list[Row], bool]:
    """Rows of a source as text, and whether they are its whole CSV file (else a sample)."""
    path = folder / f"{source}.csv"
    names = SCHEMAS[source].names
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file)), True
    files = [folder / f"{source}.parquet"] if (folder / f"{source}.parquet").exists() else []
    files = files or sorted((folder / source).rglob("*.parquet"))
    for file in files:
        batch = next(pq.ParquetFile(file).iter_batches(SAMPLE_ROWS), None)
        if batch is not None and batch.num_rows:
            table = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            return [dict(zip(names, map(cell_text, cells), strict=True)) for cells in table], False
    return [], False


class Spoiler:
    """Makes the dirty records of one source."""

    def __init__(self, settings: Settings, source: str, number: int) -> None:
        self._rng = settings.scalar_stream("dirty", number)
        self._source = source
        self._names = SCHEMAS[source].names
        self._faults = faults(source)
        self._as_of_day = settings.as_of_day
        self._count = 0

    def _key(self, row: Row) -> str:
        return "|".join(row[name] for name in KEYS[self._source])

    def _fresh(self, rows: list[Row]) -> Row:
        """A copy of a good row under a key of its own, where the key is one id."""
        row = dict(self._rng.choice(rows))
        self._count += 1
        if KEYS[self._source][0].endswith("_id") and KEYS[self._source][0] != "account_id":
            row[KEYS[self._source][0]] = f"X{self._count:07d}"
        elif self._source == "accounts":
            row["account_id"] = f"X{self._count:07d}"
        return row

    def clean(self, row: Row) -> Record:
        """A row that stays as it is."""
        return Record(_line([row[name] for name in self._names]))

    def dirty(self, rows: list[Row], wanted: int) -> Iterator[Record]:
        """At least one record per fault, then more of them until `wanted` are made."""
        for number in range(max(wanted, len(self._faults))):
            fault = self._faults[number % len(self._faults)]
            row = self._fresh(rows)
            fault.spoil(row)
            if fault.reasons == FUTURE:
                row[EVENT_TIME[self._source]] = self._future_day(number)
            text = _line([row[name] for name in self._names])
            yield Record(text, self._key(row), "quarantined", fault.reasons)

    def _future_day(self, number: int) -> str:
        """A day far after the last one and far from the others: none passes for the as-of date."""
        return date_of(self._as_of_day + 400 + number % 100 * 30).isoformat()

    def malformed(self, rows: list[Row]) -> Iterator[Record]:
        """Lines that do not split into the header's columns."""
        cells = [self._fresh(rows)[name] for name in self._names]
        texts = [
            _line(cells[:-1]),
            _line([*cells, "surplus"]),
            '"stray"quote' + "," * (len(cells) - 1),
        ]
        for text in texts:
            yield Record(text, "", "quarantined", "malformed_line")

    def repeats(self, rows: list[Row], wanted: int) -> Iterator[Record]:
        """Exact repeats, and older versions that a later row supersedes."""
        for row in map(dict, self._rng.sample(rows, min(max(wanted, 2), len(rows)))):
            yield Record(_line([row[name] for name in self._names]), self._key(row), "duplicate")
            if self._source in VERSIONED:
                row["updated_at"] = "2001-01-01T00:00:00Z"
                yield Record(
                    _line([row[name] for name in self._names]), self._key(row), "superseded"
                )

    def restyle(self, row: Row) -> Record:
        """The same row in other accepted spellings of its times and booleans, with blanks."""
        cells = [self._restyled(row[name]) for name in self._names]
        return Record(_line(cells), self._key(row), "restyled")

    def _restyled(self, text: str) -> str:
        if text in ("true", "false"):
            return self._rng.choice(
                [text.upper(), text.title(), "1" if text == "true" else "0", f" {text}"]
            )
        if len(text) == 20 and text.endswith("Z") and text[4] == "-":
            moment = datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)
            shifted = moment.astimezone(timezone(timedelta(hours=self._rng.choice([9, -5, 0]))))
            return self._rng.choice([shifted.isoformat(), shifted.isoformat(" "), f" {text[:-1]} "])
        if text.isdigit() and len(text) < 6 and self._rng.random() < 0.5:
            return f" {text} "
        return text


def _mixed(rng: random.Random, records: list[Record], added: list[Record]) -> list[Record]:
    """The added records at random places between the others, whose order stays."""
    places = sorted(rng.randrange(len(records) + 1) for _ in added)
    mixed: list[Record] = []
    begin = 0
    for place, extra in zip(places, added, strict=True):
        mixed += records[begin:place]
        mixed.append(extra)
        begin = place
    return mixed + records[begin:]


def _write(path: Path, source: str, records: list[Record]) -> None:
    """The file with blank lines and, for some sources, a byte order mark and CRLF."""
    end = "\r\n" if source in WITH_CRLF else "\n"
    lines = [_line(SCHEMAS[source].names), *(record.text for record in records), "", "  ", ""]
    encoding = "utf-8-sig" if source in WITH_BOM else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(end.join(lines))


def _spoil_source(settings: Settings, source: str, number: int) -> Iterator[list[object]]:
    """Rewrite or add the CSV file of one source; rows for the truth about it."""
    rows, is_whole = _clean_rows(settings.out, source)
    if not rows:
        return
    spoiler = Spoiler(settings, source, number)
    rng = settings.scalar_stream("dirty places", number)
    size = min(round(settings.dirty * len(rows)), MOST_ROWS)
    added = [
        *spoiler.dirty(rows, size),
        *spoiler.malformed(rows),
        *spoiler.repeats(rows, size // 4),
    ]
    rng.shuffle(added)
    restyled = settings.dirty * RESTYLED_SHARE
    kept: list[Record] = []
    for row in rows if is_whole else []:
        kept.append(spoiler.restyle(row) if rng.random() < restyled else spoiler.clean(row))
    records = _mixed(rng, kept, added)
    # An open quote swallows what follows it, so it stands last.
    records.append(
        Record(
            '"never closed,' + "x," * len(SCHEMAS[source].names),
            "",
            "quarantined",
            "malformed_line",
        )
    )
    path = settings.out / f"{source}.csv"
    _write(path, source, records)
    for position, record in enumerate(records, start=1):
        if record.outcome:
            yield [source, path.name, position, record.key, record.outcome, record.reasons]


def add_dirt(settings: Settings) -> int:
    """Spoil every source and write `_truth/dirty.csv`; the number of rows in it."""
    found: list[list[object]] = []
    for number, source in enumerate(SCHEMAS):
        found += _spoil_source(settings, source, number)
    write_rows(settings.out / TRUTH_FOLDER / "dirty.csv", DIRTY_COLUMNS, found)
    return len(found)
