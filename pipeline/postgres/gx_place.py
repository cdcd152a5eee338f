"""The marts of a server as Great Expectations checks them: the next ones, beside the published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.gx_places import Place
from pipeline.postgres.connection import connect, connected
from pipeline.postgres.publishing import NEXT_SCHEMA
from pipeline.postgres.schemas import relations_of
from pipeline.publish import MARTS_SCHEMA, quote_text

# How the server spells the types that contracts declare.
_SPELLINGS = {
    "varchar": "character varying",
    "decimal": "numeric",
    "timestamp": "timestamp without time zone",
}


class ServerMarts(Place):
    """The schema about to be published, and the published one."""

    engine = "postgres"

    def previous_marts(self) -> frozenset[str]:
        """See Place."""
        with connected() as server:
            return frozenset(relations_of(server, MARTS_SCHEMA))

    def data_source(self, context: Any) -> Any:
        """See Place; the password stays in this process's connections, out of every page."""
        return context.data_sources.add_sql(
            "marts",
            connection_string="postgresql+psycopg2://",
            create_temp_table=False,
            kwargs={"creator": lambda: connect(NEXT_SCHEMA)},
        )

    def wrong_types_sql(self, mart: str, declared: Mapping[str, str]) -> str:
        """See Place."""
        types = ", ".join(
            f"({quote_text(column)}, {quote_text(server_spelling(kind))})"
            for column, kind in declared.items()
        )
        return (
            "select declared.name, declared.type, format_type(a.atttypid, a.atttypmod) as found"
            f" from (values {types}) as declared (name, type)"
            f" left join pg_attribute as a on a.attname = declared.name and a.attnum > 0"
            f" and a.attrelid = cast('{NEXT_SCHEMA}.{mart}' as regclass)"
            " where format_type(a.atttypid, a.atttypmod) is distinct from declared.type"
        )

    def localised(self, sql: str) -> str:
        """See Place."""
        for published, here in {
            "previous.marts.": f"{MARTS_SCHEMA}.",
            "published.marts.": f"{NEXT_SCHEMA}.",
            "table_catalog = 'published'": f"table_schema = '{NEXT_SCHEMA}'",
        }.items():
            sql = sql.replace(published, here)
        return sql


def server_spelling(kind: str) -> str:
    """A declared type as `format_type` writes it."""
    name, bracket, rest = kind.partition("(")
    return _SPELLINGS.get(name, name) + bracket + rest.replace(" ", "")
