"""How an account tells that it leaves: notice, lapse, unpaid bills, and notices taken back."""

from __future__ import annotations

import random
from dataclasses import dataclass

from simulator import fate
from simulator.amendments import Term
from simulator.fate import Episode, Outcome
from simulator.lines import Journal, at_day
from simulator.settings import GRACE_DAYS

NOTICE_SHARE = 0.62
EARLY_SHARE = 0.15
RECORDED_LAPSE_SHARE = 0.45
ADMINISTRATIVE_SHARE = 0.05
WITHDRAWN_AFTER_DECOY = 0.25
WITHDRAWN_OTHERWISE = 0.015
REASONS = {
    fate.USAGE_DECLINE: "low_usage",
    fate.TICKET_PAIN: "support_quality",
    fate.CHAMPION_LEFT: "new_leadership",
    fate.NO_ADOPTION: "never_adopted",
    fate.INVOLUNTARY: "payment_failure",
}
QUIET_REASONS = ["budget", "competitor", "company_closed", "in_house_tool", None]


@dataclass(slots=True)
class Departure:
    """An account's leaving: the first uncovered day, why, when it told, and when it came back."""

    day: int
    cause: str
    cause_started: int | None
    notice_day: int | None = None
    returned_day: int | None = None


class Ender:
    """Notes the versions by which an end becomes known."""

    def __init__(self, rng: random.Random, journal: Journal) -> None:
        self._rng = rng
        self._journal = journal

    def leave(self, term: Term, start: int, outcome: Outcome, may_return: bool) -> Departure:
        """Note the end of a term that is not renewed; the cause always began weeks before."""
        assert outcome.leaves_on is not None
        assert outcome.cause is not None
        rng, episode = self._rng, outcome.episode
        departure = Departure(
            outcome.leaves_on, outcome.cause, episode.start_day if episode else None
        )
        kind = self._kind(outcome.cause)
        reason = REASONS.get(outcome.cause) or rng.choice(QUIET_REASONS)
        cause_from = start if episode is None else episode.start_day
        if kind == "voluntary" and rng.random() < NOTICE_SHARE:
            self._shorten(term, departure, start, cause_from, episode)
            earliest = cause_from + 14
            notice = max(departure.day - 15 - int(rng.random() * 60), earliest)
            departure.notice_day = min(notice, departure.day - 1)
            self._end_lines(term, departure.day, departure.notice_day, kind, reason, True)
        elif kind == "involuntary":
            self._end_lines(
                term, departure.day, departure.day + int(rng.random() * 8), kind, reason, False
            )
        elif term.end is None:
            self._end_lines(
                term, departure.day, departure.day - 1 - int(rng.random() * 5), kind, reason, False
            )
        elif kind == "administrative" or rng.random() < RECORDED_LAPSE_SHARE:
            self._end_lines(
                term, departure.day, departure.day + int(rng.random() * 20), kind, reason, False
            )
        if may_return and kind != "administrative" and rng.random() < fate.RETURN_SHARE:
            departure.returned_day = departure.day + GRACE_DAYS + 1 + int(rng.random() ** 2 * 170)
        return departure

    def _kind(self, cause: str) -> str:
        if cause == fate.INVOLUNTARY:
            return "involuntary"
        if cause == fate.NO_SIGN and self._rng.random() < ADMINISTRATIVE_SHARE:
            return "administrative"
        return "voluntary"

    def _shorten(
        self, term: Term, departure: Departure, start: int, cause_from: int, episode: Episode | None
    ) -> None:
        """Some leave before their term is over."""
        if term.end is None or term.end - start < 300 or self._rng.random() >= EARLY_SHARE:
            return
        earlier = departure.day - 20 - int(self._rng.random() * 130)
        departure.day = min(max(earlier, cause_from + 60, start + 120), departure.day)
        if episode is not None:
            episode.end_day = departure.day

    def _end_lines(
        self, term: Term, day: int, recorded: int, kind: str, reason: str | None, is_notice: bool
    ) -> None:
        def end(at: int) -> None:
            for line in term.lines:
                line.cancel_day, line.cancel_type, line.cancel_reason = day, kind, reason
                line.notice_at = at if is_notice else None
                self._journal.record(line, at)

        self._journal.later(at_day(recorded, self._rng.random()), end)

    def maybe_withdraw_notice(self, term: Term, episode: Episode | None) -> None:
        """Some give notice and take it back before the end; the last version shows none."""
        share = WITHDRAWN_OTHERWISE if episode is None else WITHDRAWN_AFTER_DECOY
        if term.end is None or term.end - term.start < 150 or self._rng.random() >= share:
            return
        day = term.end - 45 - int(self._rng.random() * 40)

        def give(at: int) -> None:
            for line in term.lines:
                line.notice_at, line.cancel_day, line.cancel_type = at, term.end, "voluntary"
                self._journal.record(line, at)

        def withdraw(at: int) -> None:
            for line in term.lines:
                line.notice_at, line.cancel_day, line.cancel_type = None, None, None
                self._journal.record(line, at)

        self._journal.later(at_day(day, 0.1), give)
        self._journal.later(at_day(day + 5 + int(self._rng.random() * 30), 0.6), withdraw)
