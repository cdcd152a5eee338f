"""The contract history of one account, walked term by term."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator import fate, products
from simulator.accounts import Account
from simulator.amendments import Amender, Term, add_on_line, one_time_line
from simulator.calendar_days import add_months
from simulator.endings import Departure, Ender
from simulator.fate import Episode, Outcome
from simulator.lines import UNIT, Journal, Line, at_day
from simulator.plans import ODD_TERM_DAYS, Pattern, choose_discount, choose_pattern, list_price
from simulator.renewals import Renewer
from simulator.settings import Settings

BOOKING_DAYS = 75
QUIET_END_DAYS = 35
LATE_ENTRY_SHARE = 0.04
FREE_PILOT_SHARE = 0.02
TRIAL_SHARE = 0.15
ONBOARDING_SHARE = 0.30


@dataclass(slots=True)
class History:
    """What a walk leaves: rows of `contracts`, final lines, episodes, departures."""

    rows: list[tuple]
    lines: list[Line]
    invoice_months: int
    episodes: list[Episode] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)


class AccountWalk:
    """Walks one account from its first contract to the as-of day, with draws of its own."""

    def __init__(self, settings: Settings, account: Account, richness: float) -> None:
        self._rng = settings.scalar_stream("contracts", account.index)
        self._settings = settings
        self._account = account
        self._richness = richness
        self._journal = Journal(settings.end_us)
        self._pattern: Pattern = choose_pattern(self._rng, account.segment)
        self._growth = max(0.2, self._rng.gauss(1.0, 0.6))
        self._amender = Amender(self._rng, self._journal, richness, self._growth)
        self._ender = Ender(self._rng, self._journal)
        self._renewer = Renewer(self._rng, self._journal, self._pattern, self._growth)
        self._fails_adoption = fate.has_failed_adoption(self._rng)
        self._contracts = 0
        self._result = History([], [], self._pattern.invoice_months)

    def run(self) -> History:
        """Walk to the end of what is known."""
        start = self._account.start_day
        if start is not None:
            if self._rng.random() < TRIAL_SHARE:
                self._trial(start)
            self._spell(start, is_first=True)
            left = self._result.departures
            if left and left[-1].returned_day is not None:
                self._spell(left[-1].returned_day, is_first=False)
        if self._account.index == 0:
            self._touch()
        self._result.rows = self._journal.rows
        self._result.lines = list(self._journal.known.values())
        return self._result

    def _touch(self) -> None:
        """Two versions without a change, so that the newest version is of the as-of day itself."""
        for line in list(self._journal.known.values())[:1]:
            for day in (self._settings.as_of_day - 3, self._settings.as_of_day):
                self._journal.record(line, at_day(day, 0.9))

    def _spell(self, start: int, is_first: bool) -> None:
        """Terms one after the other until the account leaves or the known days end."""
        term: Term | None = self._first_term(start, is_first)
        from_day, is_first_term = start, is_first
        while term is not None:
            to_day = self._next_decision(term)
            outcome = self._outcome(from_day, to_day, is_first_term)
            leaves = self._play(term, from_day, to_day, outcome, is_first)
            if leaves or to_day > self._settings.as_of_day + BOOKING_DAYS:
                return
            from_day, is_first_term = to_day, False
            if term.end is not None:
                term = self._renewer.renew(term, self._next_contract)
                from_day = to_day if term is None else max(term.start, to_day)

    def _next_decision(self, term: Term) -> int:
        """The day up to which the account stays whatever comes: the term's end, or a check date."""
        if term.end is not None:
            return term.end
        term.checks += 1
        return add_months(term.start, term.checks * self._pattern.term_months)

    def _outcome(self, start: int, end: int, is_first_term: bool) -> Outcome:
        if self._account.is_internal:
            return Outcome(None, None, None)
        return fate.decide(
            self._rng, self._account, start, end, is_first_term and self._fails_adoption
        )

    def _play(self, term: Term, start: int, end: int, outcome: Outcome, may_return: bool) -> bool:
        """Make everything that happens in `[start, end)`; true when the account leaves."""
        quiet = end - QUIET_END_DAYS
        episode = outcome.episode
        if episode is not None:
            quiet = min(quiet, episode.start_day) if outcome.leaves_on else quiet
            if episode.start_day <= self._settings.as_of_day:
                self._result.episodes.append(episode)
        if outcome.leaves_on is not None:
            departure = self._ender.leave(term, start, outcome, may_return)
            if (
                departure.returned_day is not None
                and departure.returned_day > self._settings.as_of_day
            ):
                departure.returned_day = None
            self._result.departures.append(departure)
            quiet = min(quiet, departure.day - QUIET_END_DAYS)
        elif term.end is not None:
            self._ender.maybe_withdraw_notice(term, episode)
        self._amender.plan(term, start + 15, quiet)
        self._journal.settle()
        return outcome.leaves_on is not None

    def _next_contract(self) -> str:
        self._contracts += 1
        return f"C{self._account.index + 1:06d}-{self._contracts}"

    def _term(self, start: int, months: int | None) -> Term:
        pattern = self._pattern
        end: int | None = None
        if months:
            end = add_months(start, months)
        elif not pattern.is_open_ended:
            end = (
                add_months(start, pattern.term_months)
                if pattern.term_months
                else start + ODD_TERM_DAYS
            )
        return Term(self._account, pattern, self._next_contract(), start, end)

    def _first_term(self, start: int, is_first: bool) -> Term:
        """The first contract of a spell with its platform and add-on lines."""
        rng = self._rng
        is_pilot = (
            is_first and rng.random() < FREE_PILOT_SHARE and self._pattern.interval == "month"
        )
        term = self._term(start, 3 if is_pilot else self._migrated_months(start))
        product = products.PLATFORM[self._account.segment]
        price = list_price(self._account, product, self._pattern)
        term.lines.append(
            term.new_line(product, price, self._account.seats * UNIT, choose_discount(rng), start)
        )
        for _ in range(6):
            if rng.random() < min(0.13 * self._richness, 0.95):
                line = add_on_line(rng, term, start)
                if line is not None:
                    term.lines.append(line)
        signed = at_day(start - 1 - int(rng.random() * 24), rng.random())
        recorded = signed
        if rng.random() < LATE_ENTRY_SHARE:
            recorded = at_day(start + 1 + int(rng.random() * 30), rng.random())
        for line in term.lines:
            line.signed_at = signed
            line.discount = products.MICRO if is_pilot else line.discount
            self._journal.record(line, recorded)
        if is_first and rng.random() < ONBOARDING_SHARE:
            self._journal.record(one_time_line(term, start), recorded)
        return term

    def _migrated_months(self, start: int) -> int | None:
        """Customers taken over at the beginning stand at any point of their running year."""
        if start >= self._settings.first_day + 90 or self._pattern.is_open_ended:
            return None
        if self._pattern.interval == "term" or self._rng.random() < 0.2:
            return None
        return 4 + int(self._rng.random() * 12)

    def _trial(self, start: int) -> None:
        """A trial that ends where the first contract begins; it never makes MRR."""
        account = self._account
        first = max(account.created_day, start - 14 - int(self._rng.random() * 16))
        term = Term(account, self._pattern, f"C{account.index + 1:06d}-0", first, start)
        product = products.PLATFORM[account.segment]
        price = list_price(account, product, self._pattern)
        line = term.new_line(product, price, max(1, account.seats // 2) * UNIT, 0, first)
        line.line_type = "trial"
        self._journal.record(line, at_day(first, self._rng.random()))
