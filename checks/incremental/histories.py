"""Histories that grow by a day at a time, with all that makes a day hard to add.

Every day brings a file of logins: today's, rows that come weeks late, repetitions of rows read
before (in files that sort before and after the first one), rows of people and accounts that nobody
knows yet, rows that cannot be read, and rows from days still to come. Other files bring users who
move, become ours or are known at last, accounts that do, lines that are corrected or begin, and
tickets.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
FIRST_DAY = date(2024, 4, 1)
START = date(2024, 6, 24)
_ACCOUNTS = [f"a{number}" for number in range(7)]
_USERS = [f"u{number:02}" for number in range(18)]
# Known from the start; the others are heard of in logins before anybody says who they are.
_KNOWN_ACCOUNTS, _KNOWN_USERS = 5, 13


@dataclass
class History:
    """The raw rows by source, and the names of the files of the day that is being added."""

    seed: int
    day: date = START
    rows: dict[str, list[Row]] = field(default_factory=dict)
    new: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._next_login = 0
        for number, account in enumerate(_ACCOUNTS[:_KNOWN_ACCOUNTS]):
            self._add_account(account, number == 0, FIRST_DAY)
            self._add_line(account, FIRST_DAY + timedelta(days=5 * number))
        for user in _USERS[:_KNOWN_USERS]:
            self._add_user(user, FIRST_DAY)
        for before in range((START - FIRST_DAY).days, -1, -1):
            self._add_logins(START - timedelta(days=before), self._random.randint(0, 8))
        self._spoil(START)
        self._write()

    def add_day(self) -> None:
        """The next day's files."""
        self.new, draw = {}, self._random
        self.day += timedelta(days=1)
        self._add_logins(self.day, draw.randint(0, 6))
        for _ in range(draw.randint(0, 2)):
            self._add_logins(self.day - timedelta(days=draw.randint(1, 70)), 1)
        self._spoil(self.day)
        if draw.random() < 0.5:
            self._add_user(draw.choice(_USERS), self.day)
        if draw.random() < 0.3:
            self._add_account(draw.choice(_ACCOUNTS), draw.random() < 0.3, self.day)
        if draw.random() < 0.4:
            self._add_line(draw.choice(_ACCOUNTS), self.day - timedelta(days=draw.randint(0, 90)))
        if draw.random() < 0.3:
            self._add_ticket()
        self._write()

    def _spoil(self, day: date) -> None:
        """Repetitions, unreadable rows and rows of days still to come."""
        draw = self._random
        for _ in range(draw.randint(0, 2)):
            former = draw.choice(self.rows.get("logins") or self.new["logins"])
            changed = {} if draw.random() < 0.4 else self._login(day)
            self._put("logins", {**former, **changed, "login_id": former["login_id"]})
        if draw.random() < 0.3:
            self._add_logins(day + timedelta(days=draw.randint(1, 5)), 1)
        if draw.random() < 0.3:
            self._put("logins", {**self._login(day), "logged_in_at": "yesterday"})

    def _put(self, source: str, row: Row) -> None:
        self.new.setdefault(source, []).append(row)

    def _write(self) -> None:
        """Give the new rows their places in a file that sorts anywhere among the others."""
        for source, rows in self.new.items():
            letter = self._random.choice("amz")
            name = f"{source}/{letter}{self.day:%m%d}.csv"
            for number, row in enumerate(rows, start=1):
                row |= {"_file": name, "_row_number": number}
            self.rows.setdefault(source, []).extend(rows)

    def _login(self, day: date) -> Row:
        draw = self._random
        account = draw.choice(_ACCOUNTS) if draw.random() < 0.4 else None
        return {
            "user_id": draw.choice(_USERS),
            "account_id": account,
            "logged_in_at": f"{day}T{draw.randint(0, 23):02}:30:00",
            "result": draw.choice(["success", "success", "failure", None]),
        }

    def _add_logins(self, day: date, count: int) -> None:
        for _ in range(count):
            self._next_login += 1
            self._put("logins", {"login_id": f"l{self._next_login}", **self._login(day)})

    def _add_user(self, user: str, day: date) -> None:
        draw = self._random
        home = _ACCOUNTS[int(user[1:]) % len(_ACCOUNTS)]
        row = {
            "user_id": user,
            "account_id": home if draw.random() < 0.6 else draw.choice(_ACCOUNTS),
            "created_at": f"{FIRST_DAY}T00:00:00",
            "is_internal": str(draw.random() < 0.15),
            "updated_at": f"{day + timedelta(days=draw.choice([0, 0, 2]))}T08:00:00",
        }
        self._put("users", row)

    def _add_account(self, account: str, is_internal: bool, day: date) -> None:
        row = {
            "account_id": account,
            "account_name": account,
            "created_at": f"{FIRST_DAY}T00:00:00",
            "is_internal": str(is_internal),
            "updated_at": f"{day}T07:00:00",
        }
        self._put("accounts", row)

    def _add_line(self, account: str, start: date) -> None:
        draw = self._random
        line = f"c{draw.randint(0, 9)}"
        end = start + timedelta(days=draw.randint(20, 120))
        row = {
            "contract_line_id": line,
            "contract_id": line,
            "account_id": account,
            "product_id": "p",
            "line_type": "recurring",
            "currency": "USD",
            "unit_price": "10",
            "quantity": str(draw.randint(1, 9)),
            "billing_interval": "month",
            "start_date": str(start),
            "end_date": str(end) if draw.random() < 0.6 else None,
            "updated_at": f"{self.day}T09:00:00",
        }
        self._put("contracts", row)

    def _add_ticket(self) -> None:
        row = {
            "ticket_id": f"t{self._random.randint(0, 5)}",
            "account_id": self._random.choice(_ACCOUNTS),
            "created_at": f"{self.day}T10:00:00",
            "priority": "high",
            "status": "open",
            "updated_at": f"{self.day}T11:00:00",
        }
        self._put("tickets", row)
