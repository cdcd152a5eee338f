"""What customers answer when they are asked: surveys.

Readings of the book where it leaves room:
- a score without a time of response is known from the invitation on; a response without a score is
  no answer;
- a score of a day is over the last answer per person and kind, when that was given in the 180 days
  to the day; an answer without a known person counts by itself. One person is one person whatever
  account the surveys name;
- of two answers of one person at the same moment the one with the higher id is the last;
- invitations sent in a month count as answered whenever the answer came, up to `as_of_date`;
- a kind of survey has a row in every month once any month has something of it.
"""

from __future__ import annotations

from datetime import date, datetime
from math import sqrt
from typing import Any

from .book import Book
from .groups import state_of
from .money import month_of, ratio

Rows = list[dict[str, Any]]

DAYS_AN_ANSWER_COUNTS = 180
Z = 1.959963984540054
FAVOURABLE = ("promoter", "satisfied", "easy")


def class_of(kind: str, score: int) -> str:
    """Return what a score says on the scale of its kind."""
    if kind == "nps":
        return "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"
    if kind == "csat":
        return "satisfied" if score >= 4 else "dissatisfied"
    return "easy" if score >= 5 else "hard"


def survey_facts(book: Book) -> Rows:
    """Return the invitations of customers with what is known of them at `as_of_date`."""
    staged = book.staged
    internal_users = {row["user_id"]: bool(row["is_internal"]) for row in staged.rows("users")}
    facts = []
    for row in staged.rows("surveys"):
        user = row["user_id"] if row["user_id"] in internal_users else None
        if row["account_id"] in book.internal or internal_users.get(user, False):
            continue
        moment = staged.known_fact(row["responded_at"] or row["sent_at"])
        score = row["score"] if moment is not None else None
        facts.append(
            {
                "survey_id": row["survey_id"],
                "account_id": row["account_id"],
                "user_id": user,
                "survey_kind": row["kind"],
                "score": score,
                "class": None if score is None else class_of(row["kind"], score),
                "sent_on": staged.day(row["sent_at"]),
                "responded_on": staged.day(staged.known_fact(row["responded_at"])),
                "answered_at": None if score is None else moment,
                "answered_on": None if score is None else staged.day(moment),
            }
        )
    return facts


def last_answers(facts: Rows, day: date) -> Rows:
    """Return the answers that count on a day: the last of each person and kind, if fresh."""
    last: dict[tuple[Any, ...], dict[str, Any]] = {}
    answers = [one for one in facts if one["answered_on"] and one["answered_on"] <= day]
    for one in sorted(answers, key=lambda a: (a["answered_at"], a["survey_id"].encode())):
        person = one["user_id"] or ("nobody", one["survey_id"])
        last[one["survey_kind"], person] = one
    return [one for one in last.values() if (day - one["answered_on"]).days < DAYS_AN_ANSWER_COUNTS]


def fct_survey_response(book: Book) -> Rows:
    """One row per invitation of a customer."""
    facts = survey_facts(book)
    counting = {one["survey_id"] for one in last_answers(facts, book.as_of)}
    return [
        {
            "survey_id": one["survey_id"],
            "account_id": one["account_id"],
            "user_id": one["user_id"],
            "survey_kind": one["survey_kind"],
            "sent_date": one["sent_on"],
            "responded_date": one["responded_on"],
            "answered_date": one["answered_on"],
            "is_answered": one["score"] is not None,
            "survey_score": one["score"],
            "answer_class": one["class"],
            "is_last_answer": one["survey_id"] in counting,
        }
        for one in facts
    ]


def of_kind(answers: Rows, kind: str) -> Rows:
    """Return the answers to one kind of survey."""
    return [one for one in answers if one["survey_kind"] == kind]


def share_of(answers: Rows, *classes: str) -> float | None:
    """Return the share of answers of some classes."""
    return ratio(sum(one["class"] in classes for one in answers), len(answers))


def net_promoters(answers: Rows) -> float | None:
    """Return the share of promoters less the share of detractors."""
    points = {"promoter": 1, "passive": 0, "detractor": -1}
    return ratio(sum(points[one["class"]] for one in answers), len(answers))


def mean_score(answers: Rows) -> float | None:
    """Return the mean of the scores."""
    return ratio(sum(one["score"] for one in answers), len(answers))


def figure_of(kind: str, answers: Rows) -> float | None:
    """Return the figure that a kind of survey is known by."""
    if kind == "nps":
        return net_promoters(answers)
    return share_of(answers, "satisfied") if kind == "csat" else mean_score(answers)


def wilson(successes: int, trials: int) -> tuple[float | None, float | None]:
    """Return the bounds of the 95 % score interval, by the formula of the textbooks."""
    if trials == 0:
        return None, None
    share = successes / trials
    middle = share + Z**2 / (2 * trials)
    reach = Z * sqrt(share * (1 - share) / trials + Z**2 / (4 * trials**2))
    return (middle - reach) / (1 + Z**2 / trials), (middle + reach) / (1 + Z**2 / trials)


def voice_month(book: Book, facts: Rows, kind: str, month: date) -> dict[str, Any]:
    """Return one month of one kind of survey; `facts` are of this kind."""
    sent = [one for one in facts if month_of(one["sent_on"]) == month]
    answered = [one for one in facts if one["answered_on"]]
    last = last_answers(facts, book.end_of(month))
    counts = {name: sum(one["class"] == name for one in last) for name in ("promoter", "passive")}
    counts["detractor"] = len(last) - counts["promoter"] - counts["passive"]
    favourable = sum(one["class"] in FAVOURABLE for one in last)
    lower, upper = wilson(favourable, len(last))
    replied = sum(one["score"] is not None for one in sent)
    return {
        "month": month,
        "survey_kind": kind,
        "survey_invitations": len(sent),
        "survey_invitations_answered": replied,
        "survey_response_rate": ratio(replied, len(sent)),
        "survey_answers": sum(month_of(one["answered_on"]) == month for one in answered),
        "counted_answers": len(last),
        "voice_score": figure_of(kind, last),
        "score_sum": sum(one["score"] for one in last),
        "promoters": counts["promoter"] if kind == "nps" else None,
        "passives": counts["passive"] if kind == "nps" else None,
        "detractors": counts["detractor"] if kind == "nps" else None,
        "satisfied": favourable if kind == "csat" else None,
        "favourable_answers": favourable,
        "favourable_share": ratio(favourable, len(last)),
        "wilson_lower": lower,
        "wilson_upper": upper,
        "is_complete": book.is_complete(month),
    }


def kpi_voice_monthly(book: Book) -> Rows:
    """One row per month and kind of survey that any month has something of."""
    facts = survey_facts(book)
    rows = []
    for kind in ("nps", "csat", "ces"):
        of_kind = [one for one in facts if one["survey_kind"] == kind]
        months = [voice_month(book, of_kind, kind, month) for month in book.months]
        seen = ("survey_invitations", "survey_answers", "counted_answers")
        if any(row[name] for row in months for name in seen):
            rows += months
    return rows


def kpi_satisfaction_monthly(book: Book) -> Rows:
    """One row per month of the book, the three kinds side by side."""
    facts = survey_facts(book)
    rows = []
    for month in book.months:
        sent = [one for one in facts if month_of(one["sent_on"]) == month]
        last = last_answers(facts, book.end_of(month))
        nps, csat, ces = (of_kind(last, kind) for kind in ("nps", "csat", "ces"))
        replied = sum(one["score"] is not None for one in sent)
        rows.append(
            {
                "month": month,
                "survey_invitations": len(sent),
                "survey_response_rate": ratio(replied, len(sent)),
                "nps": net_promoters(nps),
                "nps_n": len(nps),
                "nps_promoters": sum(one["class"] == "promoter" for one in nps),
                "nps_detractors": sum(one["class"] == "detractor" for one in nps),
                "csat_survey": share_of(csat, "satisfied"),
                "csat_survey_n": len(csat),
                "ces": mean_score(ces),
                "ces_n": len(ces),
                "ces_sum": sum(one["score"] for one in ces),
            }
        )
    return rows


def in_utc(moment: datetime | None) -> datetime | None:
    """Return an instant as it is published: in UTC, without saying so."""
    return None if moment is None else moment.replace(tzinfo=None)


def account_voice(book: Book) -> Rows:
    """One row per account: what its people answered last."""
    facts = survey_facts(book)
    last = last_answers(facts, book.as_of)
    rows = []
    for row in book.staged.rows("accounts"):
        account = row["account_id"]
        mine = [one for one in facts if one["account_id"] == account]
        counting = [one for one in last if one["account_id"] == account]
        nps, csat, ces = (of_kind(counting, kind) for kind in ("nps", "csat", "ces"))
        latest = max(nps, key=lambda a: (a["answered_at"], a["survey_id"].encode()), default=None)
        moments = [one["answered_at"] for one in mine if one["answered_at"]]
        state = state_of(book, "surveys", account in book.internal, bool(mine))
        rows.append(
            {
                "account_id": account,
                "voice_state": state,
                "nps": net_promoters(nps),
                "nps_n": len(nps) if mine else None,
                "csat": share_of(csat, "satisfied"),
                "csat_n": len(csat) if mine else None,
                "ces": mean_score(ces),
                "ces_n": len(ces) if mine else None,
                "last_nps_score": latest["score"] if latest else None,
                "last_survey_at": in_utc(max(moments, default=None)),
            }
        )
    return rows
