"""Looks for e-mail addresses and phone numbers in every text that is about to be published.

An export can hold them where no contract foresees it: an account named after its buyer, a request
that quotes a signature. They are found by their form, so a name that looks like an address is
found as well; the variable `contact_columns` names the columns that may hold such texts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.failure import BuildFailure
from pipeline.publish import MARTS_SCHEMA, attached, quote_name, quote_text

VARIABLE = "contact_columns"
EMAIL = r"[^\s@＠]+[@＠][^\s@＠]+\.[A-Za-z]{2,}"
# With a country, or with the zero of a long-distance call, or as the American plan writes it. Days,
# amounts, versions and numbers of things have other groups, or go on before or after.
PHONE = (
    r"(^|[^0-9A-Za-z_./:+-]|[A-Za-z]:)"
    r"(\+[1-9]([ ().-]{0,2}[0-9]){7,14}"
    r"|\(?0[1-9][0-9]{0,3}\)?[ -][0-9]{1,4}[ -][0-9]{3,4}"
    r"|0[1-9][0-9]{8,9}"
    r"|(\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[0-9]{3}[ .-][0-9]{4})"
    r"($|[^0-9A-Za-z_/:-])"
)
# In these a run of digits is the number of a thing, whatever it looks like.
_KEY_ENDINGS = ("_id", "_key", "_file")
# Numbers and marks as Japanese texts and word processors write them, and as they are searched for.
_WIDE, _PLAIN = "０１２３４５６７８９（）＋＠．－−‐‑–ー\u3000", "0123456789()+@.------ "
# The form of a text: its marks and blanks, all else as stars.
_MASKED = r"regexp_replace(substr(text, 1, 60), '[^\s@＠.+()-]', '*', 'g')"


@dataclass(frozen=True)
class Finding:
    """Texts of one column that look like contact details; `example` has no letter and no digit."""

    mart: str
    column: str
    kind: str
    row_count: int
    example: str

    def sentence(self) -> str:
        """What was found, as a failure says it."""
        rows = "1 row looks" if self.row_count == 1 else f"{self.row_count:,} rows look"
        return f"{self.mart}.{self.column}: {rows} like {self.kind}, for example {self.example}"


def refuse_contacts(file: Path, allowed: Collection[str]) -> None:
    """BuildFailure when a text of the file about to be published looks like contact details."""
    found = list(contacts_in(file, allowed))
    if found:
        raise BuildFailure(
            "The marts hold what looks like contact details of persons, and nothing was published. "
            "Take them out of the raw files; or, where a column holds such texts of companies, "
            f'name it: VARS=\'{{"{VARIABLE}": ["account_name"]}}\' (docs/privacy.md):',
            [finding.sentence() for finding in found],
        )


def contacts_in(file: Path, allowed: Collection[str]) -> Iterator[Finding]:
    """Every text column of every table in a published file that holds contact details.

    `allowed` are names of columns, or of a mart and a column with a point between them;
    BuildFailure for one that names no text column of the file.
    """
    with attached(published=file) as connection:
        columns = _text_columns(connection)
        known = {name for mart, names in columns.items() for name in names}
        known |= {f"{mart}.{name}" for mart, names in columns.items() for name in names}
        if strays := sorted(set(allowed) - known):
            raise BuildFailure(f"{VARIABLE} names no published text:", strays)
        for mart, names in columns.items():
            for name in names:
                if not {name, f"{mart}.{name}"} & set(allowed):
                    yield from _in_column(connection, mart, name)


def _text_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Mart -> its text columns. A view in the file shows nothing but what its tables hold."""
    rows = connection.execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'published'"
        f" and schema_name = '{MARTS_SCHEMA}' and data_type = 'VARCHAR'"
        " and table_name in (select table_name from duckdb_tables()"
        " where database_name = 'published') order by table_name, column_index"
    ).fetchall()
    columns: dict[str, list[str]] = {}
    for mart, column in rows:
        columns.setdefault(mart, []).append(column)
    return columns


def _in_column(connection: duckdb.DuckDBPyConnection, mart: str, column: str) -> Iterator[Finding]:
    """The findings of one column; each of its texts is looked at once, however often it stands."""
    kinds = {"an e-mail address": EMAIL}
    if not column.endswith(_KEY_ENDINGS):
        kinds["a phone number"] = PHONE
    parts = []
    for pattern in kinds.values():
        matches = f"regexp_matches(text, {quote_text(pattern)})"
        parts += [f"sum(row_count) filter (where {matches})"]
        parts += [f"min({_MASKED}) filter (where {matches})"]
    row: Any = connection.execute(
        f"select {', '.join(parts)}"
        f" from (select translate({quote_name(column)}, '{_WIDE}', '{_PLAIN}') as text,"
        f" count(*) as row_count"
        f" from published.{MARTS_SCHEMA}.{quote_name(mart)} group by all)"
    ).fetchone()
    for place, kind in enumerate(kinds):
        if row[2 * place]:
            yield Finding(mart, column, kind, int(row[2 * place]), row[2 * place + 1])
