"""From raw rows to staged rows: as-of, quarantine, versions, duplicates and the accounting.

Readings of the book where it leaves room:
- `as_of_date` is looked for in every cell of its columns that parses, whatever else is wrong
  with the row;
- a version later than `as_of_date` is only told apart among the rows that pass the checks: a
  row with another fault keeps that fault alone (contract rows: `updated_at` is their event
  time, so they bear `future_event` beside other faults);
- a null `updated_at` is the earliest version of its key, and known;
- a currency whose rates all lie after `as_of_date` has no rate.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .columns import COLUMNS, EVENT_TIME
from .row_checks import Known, Parsed, add_row_reasons, local_date, parse_row, row_key

Raw = dict[str, list[dict[str, Any]]]
MALFORMED = "_malformed"
AS_OF_COLUMNS = [
    ("logins", "logged_in_at"),
    ("tickets", "created_at"),
    ("contracts", "updated_at"),
]
LONGEST_JUMP = timedelta(days=7)
_NEVER = datetime.min.replace(tzinfo=UTC)


class AsOfError(ValueError):
    """No `as_of_date` can be taken from the data: there is none, or the last one stands alone."""


@dataclass(frozen=True)
class Settings:
    """The project's vars that the reference knows, with their defaults."""

    as_of_date: date | None = None
    reporting_timezone: str = "UTC"
    reporting_currency: str = "USD"
    renewal_grace_days: int = 30
    max_pause_days: int | None = None
    in_place_edits: str = "correction"
    gross_margin: float = 0.8
    discount_rate: float = 0.1
    close_lag_days: int = 5

    @classmethod
    def from_vars(cls, as_of: date | None, variables: dict[str, Any] | None) -> Settings:
        """Make settings from the project's vars; those without use here are left out."""
        known = {
            key: value for key, value in (variables or {}).items() if key in cls.__annotations__
        }
        known.pop("as_of_date", None)
        return cls(as_of_date=as_of, **known)


@dataclass
class StagedSource:
    """The four ends of one source's rows, and how many keys had only a later version."""

    staged: list[Parsed] = field(default_factory=list)
    superseded: list[Parsed] = field(default_factory=list)
    duplicates: list[Parsed] = field(default_factory=list)
    quarantined: list[Parsed] = field(default_factory=list)
    backfilled: int = 0


@dataclass
class Staged:
    """Everything the figures are made from; `connected` are the sources that are there at all."""

    settings: Settings
    as_of: date
    sources: dict[str, StagedSource]
    raw_counts: dict[str, int]
    connected: frozenset[str] = frozenset()

    def rows(self, source: str) -> list[dict[str, Any]]:
        """Typed values of the staged rows of a source."""
        return [row.values for row in self.sources[source].staged]

    def day(self, moment: datetime | date | None) -> date | None:
        """Day of an instant in the reporting time zone."""
        zone = ZoneInfo(self.settings.reporting_timezone)
        return None if moment is None else local_date(moment, zone)

    def known_fact(self, moment: datetime | None) -> datetime | None:
        """Return the instant of a fact; null when it came after `as_of_date`."""
        return None if moment is None or self.day(moment) > self.as_of else moment


def read(raw: Raw, as_of: date | None = None, variables: dict[str, Any] | None = None) -> Staged:
    """Stage the raw rows: source -> rows of text cells, with `_file` and `_row_number` if known.

    A row `{"_malformed": text}` is a CSV line that did not split into the header's columns.
    """
    settings = Settings.from_vars(as_of, variables)
    if settings.in_place_edits not in ("correction", "amendment"):
        raise ValueError(f"in_place_edits: {settings.in_place_edits} is neither of its values")
    zone = ZoneInfo(settings.reporting_timezone)
    parsed = {source: _parse_source(source, raw.get(source, [])) for source in COLUMNS}
    last_day = as_of or latest_day(parsed, zone)
    counts = {source: len(rows) for source, rows in parsed.items()}
    staged = Staged(settings, last_day, {}, counts, frozenset(raw))
    known_first = ["accounts", "products", "fx_rates", "users"]
    for source in known_first + [source for source in COLUMNS if source not in known_first]:
        staged.sources[source] = _stage_source(source, parsed[source], staged, zone)
    return staged


def _parse_source(source: str, rows: Iterable[dict[str, Any]]) -> list[Parsed]:
    """Read the cells of all rows; where none is given, the file is `<source>.csv`."""
    parsed = []
    for index, raw in enumerate(rows, start=1):
        file, number = raw.get("_file", f"{source}.csv"), raw.get("_row_number", index)
        if MALFORMED in raw:
            parsed.append(Parsed(source, raw, file, number, {}, {"malformed_line"}))
        else:
            parsed.append(parse_row(source, raw, file, number))
    return parsed


def latest_day(parsed: dict[str, list[Parsed]], zone: Any) -> date:
    """Return the default `as_of_date`; an `AsOfError` names the row when it stands alone."""
    days: dict[date, Parsed] = {}
    for source, column in AS_OF_COLUMNS:
        for row in parsed[source]:
            moment = row.values.get(column)
            if moment is not None:
                days.setdefault(local_date(moment, zone), row)
    if not days:
        raise AsOfError("no login, ticket or contract has a date; give AS_OF")
    latest, *earlier = sorted(days, reverse=True)
    if earlier and latest - earlier[0] > LONGEST_JUMP:
        row = days[latest]
        raise AsOfError(
            f"{row.source}, {row.file} row {row.number}: {latest} is more than 7 days after "
            f"{earlier[0]}; give AS_OF"
        )
    return latest


def _known(staged: Staged) -> Known:
    """Return what the sources staged so far say about ids and currencies."""

    def ids(source: str, column: str) -> frozenset[str]:
        rows = staged.rows(source) if source in staged.sources else []
        return frozenset(row[column] for row in rows)

    currencies = ids("fx_rates", "currency") | {staged.settings.reporting_currency}
    return Known(ids("accounts", "account_id"), ids("users", "user_id"), currencies)


def _stage_source(source: str, rows: list[Parsed], staged: Staged, zone: Any) -> StagedSource:
    """Check every row, then choose the version that stays for every key."""
    known = _known(staged)
    result = StagedSource()
    keys: dict[tuple[Any, ...], list[Parsed]] = defaultdict(list)
    key_columns = [column.name for column in COLUMNS[source] if column.is_key]
    for row in rows:
        if row.values:
            add_row_reasons(row, known)
            moment = row.values.get(EVENT_TIME.get(source, ""))
            if moment is not None and local_date(moment, zone) > staged.as_of:
                row.reasons.add("future_event")
        if row.reasons:
            result.quarantined.append(row)
        else:
            keys[tuple(row.values[name] for name in key_columns)].append(row)
    for versions in keys.values():
        _choose_version(versions, result, staged.as_of, zone)
    return result


def _tie_order(row: Parsed) -> tuple[bytes, int, list[bytes]]:
    """Order of rows of one key and version; the last one stays."""
    cells = [(row.raw.get(name.name) or "").encode() for name in COLUMNS[row.source]]
    return row.file.encode(), row.number, cells


def _choose_version(rows: list[Parsed], result: StagedSource, as_of: date, zone: Any) -> None:
    """Give each passing row of one key its end: staged, superseded, duplicate or too late."""

    def version(row: Parsed) -> datetime:
        return row.values.get("updated_at") or _NEVER

    known = [
        row for row in rows if version(row) == _NEVER or local_date(version(row), zone) <= as_of
    ]
    if not known:
        # A current-state export that was touched later: its earliest version stands in.
        earliest = min(version(row) for row in rows)
        known = [row for row in rows if version(row) == earliest]
        result.backfilled += 1
    for row in rows:
        if row not in known:
            row.reasons.add("future_event")
            result.quarantined.append(row)
    latest = max(version(row) for row in known)
    for moment in {version(row) for row in known}:
        *repeated, chosen = sorted((row for row in known if version(row) == moment), key=_tie_order)
        result.duplicates += repeated
        (result.staged if moment == latest else result.superseded).append(chosen)


def quality_row_accounting(staged: Staged) -> list[dict[str, Any]]:
    """One row per source: raw rows and their four ends."""
    return [
        {
            "source": source,
            "raw_rows": staged.raw_counts[source],
            "staged_rows": len(ends.staged),
            "superseded_rows": len(ends.superseded),
            "duplicate_rows": len(ends.duplicates),
            "quarantined_rows": len(ends.quarantined),
        }
        for source, ends in staged.sources.items()
    ]


def quality_quarantine(staged: Staged) -> list[dict[str, Any]]:
    """One row per quarantined raw row; a malformed line has no key."""
    return [
        {
            "source": source,
            "row_key": row_key(row) if row.values else None,
            "reasons": ",".join(sorted(row.reasons)),
            "file": row.file,
            "row_number": row.number,
        }
        for source, ends in staged.sources.items()
        for row in ends.quarantined
    ]


def quarantined_by_reason(staged: Staged) -> dict[tuple[str, str], int]:
    """(source, reason code) -> rows that bear it."""
    return dict(
        Counter(
            (source, reason)
            for source, ends in staged.sources.items()
            for row in ends.quarantined
            for reason in row.reasons
        )
    )
