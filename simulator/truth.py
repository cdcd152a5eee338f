"""The truth beside the data: what was planted in which account, and when it left."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from simulator.book import NEVER, Book
from simulator.endings import Departure
from simulator.fate import Episode
from simulator.settings import GRACE_DAYS, Settings, day_text

TRUTH_FOLDER = "_truth"
ACCOUNT_COLUMNS = [
    "account_id",
    "planted_cause",
    "is_decoy",
    "cause_started_on",
    "cause_ended_on",
    "notice_on",
    "churn_date",
    "expected_end_date",
    "returned_on",
    "first_contract_on",
    "segment",
    "is_internal",
]
EPISODE_COLUMNS = ["account_id", "kind", "is_decoy", "started_on", "ended_on"]
CHURN_COLUMNS = [
    "account_id",
    "churn_date",
    "planted_cause",
    "cause_started_on",
    "notice_on",
    "returned_on",
]


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One CSV file of the truth."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def is_churn(settings: Settings, departure: Departure) -> bool:
    """Whether the departure is past its grace on the as-of day."""
    return departure.day + GRACE_DAYS <= settings.as_of_day


def _account_row(
    settings: Settings, book: Book, index: int, departure: Departure | None, episodes: list[Episode]
) -> list[object]:
    account = book.accounts[index]
    decoy = next((episode for episode in episodes if episode.is_decoy), None)
    cause, is_decoy, started, ended = "none", False, None, None
    churned = departure is not None and is_churn(settings, departure)
    if departure is not None and (churned or departure.cause_started is not None):
        cause, started, ended = departure.cause, departure.cause_started, None
        if started is not None and started > settings.as_of_day:
            cause, started = "none", None
    if cause == "none" and decoy is not None:
        cause, is_decoy, started, ended = decoy.kind, True, decoy.start_day, decoy.end_day
    first = int(book.first_day[index])
    return [
        account.account_id,
        cause,
        str(is_decoy).lower(),
        day_text(started),
        day_text(ended),
        day_text(departure.notice_day if departure else None),
        day_text(departure.day if departure and churned else None),
        day_text(departure.day if departure and not churned else None),
        day_text(departure.returned_day if departure else None),
        day_text(None if first == NEVER else first),
        account.segment,
        str(account.is_internal).lower(),
    ]


def _episode_row(book: Book, index: int, episode: Episode) -> list[object]:
    return [
        book.accounts[index].account_id,
        episode.kind,
        str(episode.is_decoy).lower(),
        day_text(episode.start_day),
        day_text(episode.end_day),
    ]


def _churn_row(book: Book, index: int, departure: Departure) -> list[object]:
    return [
        book.accounts[index].account_id,
        day_text(departure.day),
        departure.cause,
        day_text(departure.cause_started),
        day_text(departure.notice_day),
        day_text(departure.returned_day),
    ]


def write_truth(settings: Settings, book: Book) -> None:
    """Write accounts.csv (first departure), episodes.csv and churns.csv (every recognised one)."""
    folder = settings.out / TRUTH_FOLDER
    first: dict[int, Departure] = {}
    for index, departure in book.departures:
        first.setdefault(index, departure)
    episodes: dict[int, list[Episode]] = {}
    for index, episode in book.episodes:
        episodes.setdefault(index, []).append(episode)
    accounts = (
        _account_row(settings, book, index, first.get(index), episodes.get(index, []))
        for index in range(settings.accounts)
    )
    churned = [entry for entry in book.departures if is_churn(settings, entry[1])]
    write_rows(folder / "accounts.csv", ACCOUNT_COLUMNS, accounts)
    write_rows(
        folder / "episodes.csv",
        EPISODE_COLUMNS,
        (_episode_row(book, *pair) for pair in book.episodes),
    )
    write_rows(folder / "churns.csv", CHURN_COLUMNS, (_churn_row(book, *pair) for pair in churned))
