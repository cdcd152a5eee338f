"""Ten days added one by one give, bit for bit, what a full refresh makes of all of them."""

from __future__ import annotations

import pytest

from checks.incremental.histories import History
from checks.incremental.recorded import Recording
from checks.incremental.replayed import warehouse

Recordings = tuple[Recording, Recording]
DAYS = 10
# What is wrong in an increment, as a text of one model's statements and another in its place.
BREAKS = {
    "rows of new files affect nothing": (
        "int_login_keys_affected",
        "where new_logins.login_id is not null",
        "where false",
    ),
    "users who move or become ours affect nothing": (
        "int_login_keys_affected",
        "or users_changed.user_id is not null",
        "",
    ),
    "accounts that become known or ours affect nothing": (
        "int_login_keys_affected",
        "or accounts_changed.account_id is not null",
        "",
    ),
    "days that were still to come affect nothing": (
        "int_login_keys_affected",
        "logins.login_date > former_build.as_of_date\n        or",
        "",
    ),
    "the account that a user left is forgotten": (
        "int_login_days_affected",
        "coalesce(logins_affected.account_id, former_users.account_id)",
        "logins_affected.account_id",
    ),
    "the account that a user came to is forgotten": (
        "int_login_days_affected",
        "coalesce(logins_affected.account_id, users.account_id)",
        "logins_affected.account_id",
    ),
    "keys that come again are not noticed": (
        "int_login_keys_repeated",
        "having count(*) > 1",
        "having count(*) > 9",
    ),
    "new observation dates are not made": (
        "int_account_dates_affected",
        "where former_dates.date is null",
        "where false",
    ),
    "late rows are looked back on for a week only": (
        "int_account_login_windows",
        "cast(-55 as bigint)",
        "cast(-6 as bigint)",
    ),
    "logins four weeks before a late row are left out": (
        "int_account_active_users",
        "cast(-27 as bigint)",
        "cast(-2 as bigint)",
    ),
    "days are added to what was there": ("int_user_login_days", "delete from", "select 1 from"),
    "sums of days are added to what was there": (
        "int_account_login_days",
        "delete from",
        "select 1 from",
    ),
    "dates of the former as-of date stay": (
        "int_account_login_windows",
        "where date not in",
        "where date = date '1900-01-01' and date not in",
    ),
    "ends of rows are added to what was there": (
        "int_logins_checked",
        "delete from",
        "select 1 from",
    ),
    "months of accounts that end or begin stay": (
        "int_months_affected",
        "select month\n    from new_account_months\n\n    union distinct\n\n    ",
        "",
    ),
    "months with late rows stay": (
        "int_months_affected",
        "on login_days_affected.login_date = month_login_days.date",
        "on false",
    ),
}


@pytest.mark.parametrize(
    "seed",
    [
        0,
        *(pytest.param(n, marks=[pytest.mark.slow, pytest.mark.long]) for n in (1, 2, 3)),
    ],
)
def test_ten_days_added_one_by_one_are_a_full_refresh(recordings: Recordings, seed: int) -> None:
    history = History(seed)
    growing = warehouse(recordings)
    growing.start(history)
    for number in range(DAYS):
        history.add_day()
        growing.add(history)
        if seed or number in (0, 4, DAYS - 1):
            assert growing.differences(_anew(recordings, history)) == [], history.day


@pytest.mark.long
@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_increment_is_noticed(recordings: Recordings, name: str) -> None:
    full, incremental = recordings
    broken = (full, incremental.changed(*BREAKS[name]))
    for seed in range(6):
        history = History(seed)
        growing = warehouse(broken)
        growing.start(history)
        for _ in range(DAYS):
            history.add_day()
            growing.add(history)
            # Each day, since a later one can make anew what this one left as it was.
            if growing.differences(_anew(recordings, history)):
                return
    pytest.fail("six histories are on each of ten days what a full refresh makes")


def test_each_kind_of_trouble_occurs_in_the_histories() -> None:
    seen = set()
    for seed in range(3):
        history = History(seed)
        for _ in range(DAYS):
            history.add_day()
            seen |= _kinds(history)
    assert seen == {"late", "repeated", "sorts before", "sorts after", "to come", "moved", "line"}


def _anew(recordings: Recordings, history: History) -> object:
    """A warehouse made of all that there is."""
    anew = warehouse(recordings)
    anew.start(history)
    return anew


def _kinds(history: History) -> set[str]:
    """What makes this day's files hard to add."""
    today, kinds = str(history.day), set()
    new = [row for row in history.new["logins"] if row.get("login_id")]
    files = {
        row["login_id"]: row["_file"]
        for row in history.rows["logins"]
        if row.get("login_id") and row not in new
    }
    for row in new:
        day = (row.get("logged_in_at") or "")[:10]
        if day[:1].isdigit() and day != today:
            kinds.add("late" if day < today else "to come")
        if row["login_id"] in files:
            is_before = row["_file"] < files[row["login_id"]]
            kinds |= {"repeated", "sorts before" if is_before else "sorts after"}
    kinds |= {"moved"} if "users" in history.new else set()
    return kinds | ({"line"} if "contracts" in history.new else set())
