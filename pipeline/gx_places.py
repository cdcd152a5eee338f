"""Where the marts lie that Great Expectations is to check, and how SQL names them there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline import gx_dialect
from pipeline.publish import MARTS_SCHEMA, attached, mart_names, quote_text, settings


class Place(ABC):
    """The marts about to be published, and those published before, if there are any.

    `engine` is the name under which a suite keeps SQL that only this engine understands.
    """

    engine = "duckdb"

    @abstractmethod
    def previous_marts(self) -> frozenset[str]:
        """Names of the marts published before; none when nothing is, or it cannot be opened."""

    @abstractmethod
    def data_source(self, context: Any) -> Any:
        """A SQL data source of a GX context; the marts to be checked need no schema in it."""

    @abstractmethod
    def wrong_types_sql(self, mart: str, declared: Mapping[str, str]) -> str:
        """SQL that finds the columns of a mart whose type differs from the declared one."""

    @abstractmethod
    def localised(self, sql: str) -> str:
        """SQL over `published.marts.x` and `previous.marts.x` as the engine names these."""


class MartsFile(Place):
    """A DuckDB file about to be published, attached read-only beside the one published before."""

    def __init__(self, published: Path, previous: Path | None) -> None:
        self.published = published
        self.previous = previous

    def previous_marts(self) -> frozenset[str]:
        """See Place."""
        if self.previous is None or not self.previous.exists():
            return frozenset()
        try:
            with attached(previous=self.previous) as connection:
                return frozenset(mart_names(connection, "previous"))
        except Exception:
            return frozenset()

    def data_source(self, context: Any) -> Any:
        """See Place."""
        gx_dialect.register()
        statements = [
            *settings(self.published.parent),
            f"attach {quote_text(self.published)} as published (read_only)",
            f"use published.{MARTS_SCHEMA}",
        ]
        if self.previous is not None and self.previous_marts():
            statements.append(f"attach {quote_text(self.previous)} as previous (read_only)")
        return context.data_sources.add_sql(
            "marts",
            connection_string="duckdb+buffered:///:memory:",
            create_temp_table=False,
            kwargs={"connect_args": {"statements": statements}},
        )

    def wrong_types_sql(self, mart: str, declared: Mapping[str, str]) -> str:
        """See Place."""
        types = ", ".join(
            f"({quote_text(column)}, typeof(cast(null as {kind})))"
            for column, kind in declared.items()
        )
        return (
            f"select declared.*, actual.data_type from (values {types}) as declared (name, type)"
            " left join information_schema.columns as actual on actual.column_name = declared.name"
            " and actual.table_catalog = 'published'"
            f" and actual.table_name = {quote_text(mart)}"
            " where actual.data_type is distinct from declared.type"
        )

    def localised(self, sql: str) -> str:
        """See Place."""
        return sql
