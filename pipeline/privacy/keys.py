"""Keys of persons as they are published: as exported, or as hashes with the environment's salt.

A hash is made where the marts leave the private build file, and nowhere before: models, tests and
quarantine work with the exported keys. The salt stays in the environment; no file, log or SQL that
is kept holds it. Whoever has it and a key can tell the key's hash, and nobody else can.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.failure import BuildFailure
from pipeline.publish import quote_name, quote_text
from pipeline.raw_contracts import load_contracts

VARIABLE = "CSW_SALT"
_SHORTEST = 16
_LENGTH = 32
_KEY_COLUMN = re.compile(r"(\w+_)?user_id")


@dataclass(frozen=True)
class KeyInside:
    """A published text that ends with the key of a person in the rows of which `condition` is true.

    `prefix` is SQL of the number of characters before what is hashed.
    """

    mart: str
    column: str
    condition: str
    prefix: str


def keys_inside() -> list[KeyInside]:
    """The published texts that hold keys of persons under another name."""
    sources = ", ".join(quote_text(name) for name in sources_keyed_by_persons())
    events = "kind in ('user_joined', 'champion_left')"
    last = (
        "case when source = 'users' then 0"
        " else length(row_key) - strpos(reverse(row_key), '|') + 1 end"
    )
    return [
        KeyInside("quality_quarantine", "row_key", f"source in ({sources})", last),
        KeyInside("customer_timeline", "event_id", events, "length(kind) + 1"),
    ]


def salt_of_environment() -> str | None:
    """The salt, None without one; BuildFailure for one that can be guessed."""
    salt = os.environ.get(VARIABLE, "")
    if salt and len(salt) < _SHORTEST:
        raise BuildFailure(f"{VARIABLE} is shorter than {_SHORTEST} characters: it can be guessed.")
    return salt or None


def refuse_where_not_hashed(target: str) -> None:
    """BuildFailure when there is a salt and the target would publish keys as they are."""
    if salt_of_environment() and target == "spark":
        raise BuildFailure(
            f"{VARIABLE} is set, and Spark's own tables would be published with the keys of users "
            "as they are. Build on duckdb or postgres, or take the salt away."
        )


def key_columns(columns: Iterable[str]) -> list[str]:
    """Those of a mart's columns that hold keys of persons."""
    return [column for column in columns if _KEY_COLUMN.fullmatch(column)]


def published_key(key: str, salt: str | None) -> str:
    """A key as it is published."""
    if salt is None:
        return key
    return "u_" + hashlib.sha256((salt + key).encode("utf-8")).hexdigest()[:_LENGTH]


def hashed_columns(mart: str, columns: Iterable[str], hashed: str) -> dict[str, str]:
    """Column -> SQL of what is published of it, of those that are hashed.

    `hashed` is the engine's SQL of the hash of `{}`.
    """
    expressions = {
        column: f"'u_' || substr({hashed.format(quote_name(column))}, 1, {_LENGTH})"
        for column in key_columns(columns)
    }
    for inside in keys_inside():
        if inside.mart == mart:
            text = quote_name(inside.column)
            rest = hashed.format(f"substr({text}, {inside.prefix} + 1)")
            expressions[inside.column] = (
                f"case when {inside.condition} then substr({text}, 1, {inside.prefix})"
                f" || 'u_' || substr({rest}, 1, {_LENGTH}) else {text} end"
            )
    return expressions


def sources_keyed_by_persons() -> list[str]:
    """Sources whose row key holds the key of a person."""
    return sorted(
        contract.source
        for contract in load_contracts().values()
        if any(column.is_key and column.published_as == "key" for column in contract.columns)
    )
