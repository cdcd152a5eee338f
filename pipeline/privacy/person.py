"""One person who is to be forgotten, and what that means for a row and for a text."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.raw_contracts import RawContract

FORGOTTEN = "[forgotten]"
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
# Shorter keys, and mere numbers, stand in pages and logs for other things too.
_TELLING_KEY = re.compile(r"(?=.*[^\W\d]).{5,}")


@dataclass(frozen=True)
class Person:
    """A user's key, addresses and own words as exported, and the key that takes the key's place.

    `key` is made by chance: nothing leads from it to the person. `words` are what the person wrote.
    """

    user_id: str
    key: str
    emails: frozenset[str] = frozenset()
    words: frozenset[str] = field(default=frozenset(), repr=False)

    @cached_property
    def emails_pattern(self) -> re.Pattern[str] | None:
        """Finds the addresses in a text, in any case; None when there are none."""
        return _any_of(self.emails)

    @cached_property
    def key_pattern(self) -> re.Pattern[str]:
        """Finds the key in a text where it stands by itself."""
        return re.compile(rf"(?<![\w@.-]){re.escape(self.user_id)}(?![\w@-])")

    @property
    def is_telling(self) -> bool:
        """Whether the key, found in any text, can only mean the person."""
        return _TELLING_KEY.fullmatch(self.user_id) is not None

    def without_emails(self, text: str) -> str:
        """The text with a mark in each address's place."""
        return self.emails_pattern.sub(FORGOTTEN, text) if self.emails_pattern else text

    def without_traces(self, text: str) -> str:
        """The text of a page or log: without addresses, own words, and the key if it is telling."""
        text = self.without_emails(text)
        for words in sorted(self.words, key=len, reverse=True):
            text = text.replace(words, FORGOTTEN)
        return self.key_pattern.sub(FORGOTTEN, text) if self.is_telling else text


def _any_of(texts: frozenset[str]) -> re.Pattern[str] | None:
    """Finds any of some texts in any case, the longest first."""
    escaped = [re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text))]
    pattern = rf"(?<![\w.+-])(?:{'|'.join(escaped)})(?![\w-])"
    return re.compile(pattern, re.IGNORECASE) if escaped else None


def new_key(user_id: str, is_taken: Callable[[str], bool]) -> str:
    """A key made by chance; a number where the old one is a number, as columns may hold no text."""
    while True:
        if _INTEGER.fullmatch(user_id):
            key = str(secrets.randbelow(2**31 - 10**8) + 10**8)
        else:
            key = f"forgotten-{secrets.token_hex(8)}"
        if not is_taken(key):
            return key


@dataclass(frozen=True)
class SourceColumns:
    """Columns of one file by what becomes of them; a name that the contract lacks is `unread`.

    `keys` are replaced where they name the person. In the person's rows `words` (private columns of
    the contract) and `unread` are emptied: the warehouse reads neither for any figure.
    """

    keys: frozenset[str]
    words: frozenset[str]
    unread: frozenset[str]

    @property
    def free(self) -> frozenset[str]:
        """Columns in which anything may be written, the key of a person too."""
        return self.words | self.unread

    @classmethod
    def of(cls, contract: RawContract, names: Sequence[str]) -> SourceColumns:
        """The columns of a file of this source."""
        private = {column.name for column in contract.columns if column.is_private}
        return cls(
            keys=frozenset(contract.person_keys) & frozenset(names),
            words=frozenset(private) & frozenset(names),
            unread=frozenset(names) - frozenset(contract.column_names),
        )


def forgotten_cells(
    person: Person, columns: SourceColumns, names: Sequence[str], cells: Sequence[str]
) -> list[str]:
    """A row's cells without the person; as they were when the row says nothing of them."""
    is_theirs = any(
        name in columns.keys and cell.strip() == person.user_id
        for name, cell in zip(names, cells, strict=True)
    )
    return [
        forgotten_cell(person, columns, name, cell, is_theirs)
        for name, cell in zip(names, cells, strict=True)
    ]


def forgotten_cell(
    person: Person, columns: SourceColumns, name: str, cell: str, is_theirs: bool
) -> str:
    """One cell without the person."""
    if name in columns.keys:
        return person.key if cell.strip() == person.user_id else cell
    if is_theirs and name in columns.free:
        return ""
    cell = person.without_emails(cell)
    return person.key_pattern.sub(FORGOTTEN, cell) if name in columns.free else cell
