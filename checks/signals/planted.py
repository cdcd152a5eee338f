"""How well the signals find what the simulator planted: recall per cause, precision per signal."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from checks.definitions.model_graph import ModelGraph
from checks.reference import load_folder
from simulator.__main__ import parser, settings_from
from simulator.run import simulate

AS_OF = date(2025, 12, 31)
# An episode that began less than this before the as-of date has not had the time to show.
DAYS_TO_SHOW = 60

FOUND_BY: dict[str, set[str]] = {
    "usage_decline": {"login_drop", "no_login", "seat_underuse"},
    "ticket_pain": {"ticket_spike", "urgent_ticket_open", "low_csat", "detractor"},
    "champion_left": {"champion_left"},
    "involuntary": {"overdue_invoice"},
    "no_adoption": {"seat_underuse", "no_login"},
}
"""Cause -> the signals of which one has to open within it."""

ALSO_CAUSED_BY: dict[str, set[str]] = {
    # A champion is the heaviest user of a small account.
    "login_drop": {"champion_left"},
    # People who get nothing out of the product say so.
    "detractor": {"usage_decline", "no_adoption"},
}
"""Signal -> further causes that the simulator lets it follow from."""


@dataclass(frozen=True)
class Episode:
    """A planted cause: days [start, end) of an account; a decoy heals."""

    account_id: str
    kind: str
    is_decoy: bool
    start: date
    end: date

    @property
    def had_time_to_show(self) -> bool:
        """Whether enough days of it lie before the as-of date."""
        return min(self.end, AS_OF + timedelta(days=1)) - self.start >= timedelta(DAYS_TO_SHOW)


@dataclass
class Share:
    """So many of so many."""

    found: int = 0
    of: int = 0

    def add(self, is_found: bool) -> None:
        """Count one."""
        self.found += is_found
        self.of += 1

    def __float__(self) -> float:
        return self.found / self.of if self.of else 1.0


@dataclass
class Measured:
    """Recall per cause and kind of episode, precision per signal in two readings, churn."""

    recall: dict[tuple[str, bool], Share] = field(default_factory=lambda: defaultdict(Share))
    precision: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    own_precision: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    no_sign: Share = field(default_factory=Share)

    def recall_of(self, cause: str) -> Share:
        """Recall of a cause, decoys included."""
        kinds = [self.recall[cause, is_decoy] for is_decoy in (False, True)]
        return Share(sum(kind.found for kind in kinds), sum(kind.of for kind in kinds))


def causes_of(signal: str) -> set[str]:
    """The causes that a signal is meant to find."""
    return {cause for cause, signals in FOUND_BY.items() if signal in signals}


def truth(folder: Path, name: str) -> list[dict[str, str]]:
    """Rows of a file of the truth."""
    with (folder / "_truth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def episodes_of(folder: Path) -> dict[str, list[Episode]]:
    """The episodes of accounts that are not internal, by account."""
    internal = {
        row["account_id"] for row in truth(folder, "accounts") if row["is_internal"] == "true"
    }
    episodes: dict[str, list[Episode]] = defaultdict(list)
    for row in truth(folder, "episodes"):
        start, end = (date.fromisoformat(row[name]) for name in ("started_on", "ended_on"))
        if row["account_id"] not in internal and start <= AS_OF:
            episode = Episode(row["account_id"], row["kind"], row["is_decoy"] == "true", start, end)
            episodes[row["account_id"]].append(episode)
    return episodes


def add_recall(
    measured: Measured, episodes: Iterable[Episode], signals: dict[str, list[dict[str, Any]]]
) -> None:
    """Count the episodes within which a signal of their cause opened."""
    for episode in episodes:
        if episode.had_time_to_show:
            opened = [
                row
                for row in signals[episode.account_id]
                if row["signal"] in FOUND_BY[episode.kind]
                and episode.start <= row["opened_on"] < episode.end
            ]
            measured.recall[episode.kind, episode.is_decoy].add(bool(opened))


def add_precision(measured: Measured, row: dict[str, Any], episodes: list[Episode]) -> None:
    """Count a spell, right when it overlaps an episode or decoy of a cause it follows from."""
    own = causes_of(row["signal"])
    if not own:
        return
    closed = row["closed_on"] or AS_OF + timedelta(days=1)
    met = {one.kind for one in episodes if row["opened_on"] < one.end and closed > one.start}
    measured.own_precision[row["signal"]].add(bool(met & own))
    measured.precision[row["signal"]].add(
        bool(met & (own | ALSO_CAUSED_BY.get(row["signal"], set())))
    )


def measure(graph: ModelGraph, folder: Path, seeds: Iterable[int], accounts: int) -> Measured:
    """Simulate two years of accounts for each seed, build `risk_signal`, and count."""
    measured = Measured()
    for seed in seeds:
        raw = folder / str(seed)
        options = {"out": raw, "accounts": accounts, "months": 24, "seed": seed, "as-of": AS_OF}
        asked = [f"--{name}={value}" for name, value in options.items()]
        simulate(settings_from(parser().parse_args(asked)))
        graph.run(load_folder(raw), AS_OF, names=["risk_signal"])
        signals: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in graph.rows("risk_signal"):
            signals[row["account_id"]].append(row)
        episodes = episodes_of(raw)
        add_recall(measured, (one for found in episodes.values() for one in found), signals)
        for account_id, rows in signals.items():
            for row in rows:
                add_precision(measured, row, episodes.get(account_id, []))
        for churn in truth(raw, "churns"):
            measured.no_sign.add(churn["planted_cause"] == "no_sign")
    return measured


def table(measured: Measured) -> str:
    """The measurement as two tables in Markdown."""

    def cell(share: Share) -> str:
        return f"{float(share):.0%} ({share.found} of {share.of})"

    lines = ["| cause | recall | of those that ended in churn | of decoys |", "|---|---|---|---|"]
    lines += [
        f"| `{cause}` | {cell(measured.recall_of(cause))} | {cell(measured.recall[cause, False])} "
        f"| {cell(measured.recall[cause, True])} |"
        for cause in FOUND_BY
    ]
    lines += ["", "| signal | precision | of its own causes alone |", "|---|---|---|"]
    lines += [
        f"| `{signal}` | {cell(share)} | {cell(measured.own_precision[signal])} |"
        for signal, share in sorted(measured.precision.items())
    ]
    return "\n".join([*lines, "", f"Churn without a sign: {cell(measured.no_sign)}."])
