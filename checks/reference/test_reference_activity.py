"""Hand-worked cases of logins, usage, adoption and tickets."""

from __future__ import annotations

from datetime import date
from typing import Any

from .small import ACCOUNT, Row, book, cells_of, line, only
from .support import fct_ticket, kpi_support_monthly
from .usage import fct_account_login_daily, fct_account_usage, kpi_adoption_monthly

USERS = [{"user_id": name, "account_id": "A", "created_at": "2020-01-01"} for name in ("U1", "U2")]


def login(user: str, when: str, **cells: Any) -> Row:
    return {"login_id": f"{user} {when}", "user_id": user, "logged_in_at": when, **cells}


def world(as_of: str, *logins: Row, users: list[Row] = USERS, **more: Any) -> Any:
    seats = line("L1", "2025-01-01", quantity="4")
    return book(as_of, seats, sources={"logins": list(logins), "users": users}, **more)


def test_failures_and_unknown_users_count_for_nobody() -> None:
    # two successes of U1, one failure of U2, one success of a user that nobody knows
    rows = fct_account_login_daily(
        world(
            "2025-06-30",
            login("U1", "2025-06-01T08:00"),
            login("U1", "2025-06-01T09:00", result="success"),
            login("U2", "2025-06-01T10:00", result="failure"),
            login("X", "2025-06-01T11:00", account_id="A"),
            login("U2", "2025-06-02T11:00", result="failure"),
        )
    )
    names = ("date", "dau", "logins", "failed_logins")
    assert [cells_of(row, *names) for row in rows] == [
        (date(2025, 6, 1), 1, 3, 1),
        (date(2025, 6, 2), 0, 0, 1),
    ]


def test_internal_users_never_count() -> None:
    users = [{**USERS[0], "is_internal": "true"}]
    assert (
        fct_account_login_daily(world("2025-06-30", login("U1", "2025-06-01"), users=users)) == []
    )


def test_a_day_is_one_of_the_reporting_time_zone() -> None:
    # 15:30 UTC on 1 June is 00:30 on 2 June in Tokyo
    rows = fct_account_login_daily(
        world("2025-06-30", login("U1", "2025-06-01T15:30Z"), reporting_timezone="Asia/Tokyo")
    )
    assert [row["date"] for row in rows] == [date(2025, 6, 2)]


def test_usage_windows() -> None:
    # As of 30 June: 28 days are 3 to 30 June, the 28 before them 6 May to 2 June, a week 24 to 30.
    # U1 on 3, 24 and 30 June; U2 twice on 2 June and on 23 June.
    rows = fct_account_usage(
        world(
            "2025-06-30",
            *(login("U1", f"2025-06-{day}") for day in ("03", "24", "30")),
            *(login("U2", when) for when in ("2025-06-02T01:00", "2025-06-02T02:00", "2025-06-23")),
        )
    )
    row = only(rows, date=date(2025, 6, 30))
    names = ("dau", "wau", "mau", "logins_28d", "login_days_28d", "logins_prev_28d")
    assert cells_of(row, *names) == (1, 1, 2, 4, 4, 2)
    # 4 user-days / 28 / 2 users; 2 users of 4 seats
    assert cells_of(row, "stickiness", "login_rate") == (4 / 56, 0.5)
    assert cells_of(row, "last_login_date", "days_since_login") == (date(2025, 6, 30), 0)


def test_observation_dates() -> None:
    # from 1 January to 12 February 2025: Sundays, 31 January, 12 February and 15 January
    rows = fct_account_usage(world("2025-02-12"))
    assert [row["date"].isoformat()[5:] for row in rows] == [
        "01-05", "01-12", "01-15", "01-19", "01-26", "01-31", "02-02", "02-09", "02-12",
    ]  # fmt: skip


def test_a_lapsed_account_has_rows_while_it_logs_in() -> None:
    # active to 10 January; a login on 9 February is in the 28 days to 8 March, not to 9 March
    gone = book(
        "2025-05-31",
        line("L1", "2025-01-01", "2025-01-10"),
        sources={"users": USERS, "logins": [login("U1", "2025-02-09")]},
    )
    rows = fct_account_usage(gone)
    assert [row["date"].isoformat()[5:] for row in rows] == [
        "01-05", "02-09", "02-16", "02-23", "02-28", "03-02",
    ]  # fmt: skip
    assert cells_of(rows[-1], "licensed_seats", "login_rate", "mau") == ("0.0000", None, 1)


def test_seats_of_products_not_sold_by_the_seat_are_no_licence() -> None:
    products = [
        {"product_id": "P1", "product_name": "Seats", "is_seat_based": None},
        {"product_id": "P2", "product_name": "Volume", "is_seat_based": "0"},
    ]
    lines = [
        line("L1", "2025-01-01", quantity="4", paused_from="2025-01-10"),
        line("L2", "2025-01-01", quantity="900", product_id="P2"),
        line("L3", "2025-01-01", quantity="2.5", product_id="P3"),
    ]
    row = kpi_adoption_monthly(book("2025-01-31", *lines, sources={"products": products}))[0]
    assert cells_of(row, "licensed_seats", "mau", "login_rate", "stickiness") == (
        "6.5000", 0, 0.0, None,
    )  # fmt: skip


def test_mau_of_all_is_distinct_users() -> None:
    # U1 logs in under both accounts: two accounts with a mau of 1 each, one distinct user
    accounts = [{**ACCOUNT, "account_id": name} for name in ("A", "B")]
    lines = [line("L1", "2025-01-01"), line("L2", "2025-01-01", account_id="B")]
    logins = [login("U1", "2025-01-30"), login("U1", "2025-01-31", account_id="B")]
    both = book(
        "2025-01-31", *lines, sources={"accounts": accounts, "users": USERS, "logins": logins}
    )
    row = kpi_adoption_monthly(both)[0]
    assert cells_of(row, "active_accounts", "mau", "accounts_without_login") == (2, 1, 0)


def ticket(ticket_id: str, created_at: str, **cells: Any) -> Row:
    return {
        "ticket_id": ticket_id, "account_id": "A", "created_at": created_at, "priority": "low",
        "status": "open", **cells,
    }  # fmt: skip


def test_ticket_times_and_facts_after_as_of() -> None:
    rows = fct_ticket(
        book(
            "2025-06-30",
            sources={
                "tickets": [
                    # 1 h 30 min to the response, 48 h to the closing
                    ticket("T1", "2025-06-01T10:00Z", first_response_at="2025-06-01T11:30Z",
                           closed_at="2025-06-03T10:00Z", status="open", reopened_count="2"),
                    # solved, scored and answered in July: not known yet
                    ticket("T2", "2025-06-30T10:00Z", first_response_at="2025-07-01",
                           solved_at="2025-07-02", csat_score="5", csat_at="2025-07-03"),
                    ticket("T3", "2025-06-30", is_spam="true"),
                    ticket("T4", "2025-06-30", merged_into_ticket_id="T1"),
                ]
            },
        )
    )  # fmt: skip
    names = ("first_response_hours", "resolution_hours", "is_open", "is_reopened", "is_counted")
    assert cells_of(rows[0], *names) == (1.5, 48.0, False, True, True)
    assert cells_of(rows[1], *names, "csat_score") == (None, None, True, False, True, None)
    assert [row["is_counted"] for row in rows[2:]] == [False, False]


def test_support_of_a_month() -> None:
    # Created in June: T1, T2, T3. Solved in June: T0 (of May, 50 h), T1 (2 h): median 26 h.
    # Open at the end: T2 (solved in July) and T3. One of two solved was reopened, one of three
    # created escalated. Scores of June: 4 and 3, so 1 of 2. 10 seats: 30 per 100.
    tickets = [
        ticket("T0", "2025-05-31T00:00Z", solved_at="2025-06-02T02:00Z", reopened_count="1"),
        ticket("T1", "2025-06-10T00:00Z", solved_at="2025-06-10T02:00Z", csat_score="4"),
        ticket("T2", "2025-06-20", solved_at="2025-07-01", is_escalated="1", csat_score="3",
               csat_at="2025-06-21"),
        ticket("T3", "2025-06-30"),
    ]  # fmt: skip
    seats = line("L1", "2025-06-01", quantity="10")
    june = kpi_support_monthly(book("2025-07-31", seats, sources={"tickets": tickets}))[0]
    names = ("tickets_created", "tickets_solved", "backlog", "resolution_hours_median")
    assert cells_of(june, *names) == (3, 2, 2, 26.0)
    rates = ("reopen_rate", "escalation_rate", "csat", "csat_n", "tickets_per_100_seats")
    assert cells_of(june, *rates) == (0.5, 1 / 3, 0.5, 2, 30.0)
