"""The proof of a book: the score of every version on every date, and what came after it."""

from __future__ import annotations

from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from . import health_backtest, health_parts
from .book import Book
from .churn import fct_churn_event
from .health_inputs import health_inputs
from .health_known import known_observations
from .health_looks import Notice, Proof, proof_of
from .health_rules import rules_of, seed_tables
from .health_scores import MIN_COVERAGE, facts_of, judge
from .usage import fct_account_usage

Row = dict[str, Any]


def withdrawn_notices(book: Book) -> list[Notice]:
    """Return from when until when a notice stood that the line's current version lacks."""
    contracts, found = book.staged.sources["contracts"], []
    for line in book.counted_lines:
        versions = [
            row.values
            for row in contracts.superseded + contracts.staged
            if row.values["contract_line_id"] == line.line_id
        ]
        noticed = [v for v in versions if book.staged.known_fact(v["cancel_notice_at"])]
        if not noticed or line.notice_date is not None:
            continue
        for version in noticed:
            after = min(
                v["updated_at"] for v in versions if v["updated_at"] > version["updated_at"]
            )
            since = book.staged.day(version["cancel_notice_at"])
            found.append((line.account_id, since, book.staged.day(after)))
    return found


def given_notices(churns: list[Row]) -> list[Notice]:
    """Return the notices that announced an end of coverage."""
    return [
        (row["account_id"], row["notice_date"], row["churn_date"])
        for row in churns
        if row["notice_date"] and row["churn_date"]
    ]


class Judgement:
    """A book's scores by every version, with their proof."""

    def __init__(self, book: Book) -> None:
        """Judge all that was known by every version of the rules."""
        rules = rules_of(seed_tables())
        logins = {
            (row["account_id"], row["date"]): row["logins_28d"] for row in fct_account_usage(book)
        }
        self.scores: list[Row] = []
        components: dict[tuple[str, str, date], list[Row]] = {}
        for facts in facts_of(known_observations(book), health_inputs(book)):
            for _, version in rules.versions:
                profile = rules.profile(version, facts.segment, facts.tenure_days)
                judged = judge(rules, facts, version, profile)
                score = judged.score(MIN_COVERAGE)
                key = {"account_id": facts.account_id, "date": facts.day}
                row = {"score": score, "coverage": judged.coverage}
                row |= {"band": rules.band(version, score), "score_version": version}
                row |= {"segment": facts.segment, "tenure_days": facts.tenure_days}
                row |= {"logins_28d": logins.get((facts.account_id, facts.day))}
                self.scores.append(key | row | {"is_covered": facts.is_covered})
                components[version, facts.account_id, facts.day] = [
                    {**key, "component_id": name, "state": state, "score": judged.scores.get(name)}
                    for name, state in judged.states.items()
                ]
        churns = fct_churn_event(book)
        notices = given_notices(churns) + withdrawn_notices(book)
        versions = [(version, since) for since, version in rules.versions]
        self.proof: Proof = proof_of(
            self.scores, versions, churns, notices, book.as_of, book.grace_days
        )
        self.components = [
            row
            for (version, _, _), rows in components.items()
            if version == self.proof.current
            for row in rows
        ]


_OF_BOOK: WeakKeyDictionary[Book, Judgement] = WeakKeyDictionary()


def judgement_of(book: Book) -> Judgement:
    """Return the judgement of a book, worked out once."""
    if book not in _OF_BOOK:
        _OF_BOOK[book] = Judgement(book)
    return _OF_BOOK[book]


def backtest(book: Book) -> list[Row]:
    """`health_backtest`."""
    return health_backtest.health_backtest(judgement_of(book).proof)


def calibration(book: Book) -> list[Row]:
    """`health_calibration`."""
    return health_backtest.health_calibration(judgement_of(book).proof)


def deciles(book: Book) -> list[Row]:
    """`health_backtest_decile`."""
    return health_parts.health_backtest_decile(judgement_of(book).proof)


def component_backtest(book: Book) -> list[Row]:
    """`health_component_backtest`."""
    judgement = judgement_of(book)
    return health_parts.health_component_backtest(judgement.proof, judgement.components)


def stability(book: Book) -> list[Row]:
    """`health_stability`."""
    return health_parts.health_stability(judgement_of(book).scores)
