"""The project's unit tests, run as dbt runs them but in memory, against any text of a model."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import duckdb

from checks.mutation.compiled_project import CompiledProject, UnitTest
from checks.mutation.in_memory import build_models, column_types, connect, fill_raw

_INPUT = re.compile(r"^(ref|source)\(([^)]*)\)$")


@dataclass(frozen=True)
class Fixture:
    """A unit test with its given rows laid down: what to rename in the model, what to expect."""

    test: UnitTest
    renamed: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    expected: Counter[tuple[Any, ...]]


def literal(value: Any, data_type: str) -> str:
    """A YAML value as SQL of a column's type, as dbt writes it."""
    if value is None:
        return f"cast(null as {data_type})"
    if isinstance(value, str):
        quoted = value.replace("'", "''")
        return f"cast('{quoted}' as {data_type})"
    return f"cast({value} as {data_type})"


def rows_sql(rows: list[dict[str, Any]], types: dict[str, str], columns: list[str]) -> str:
    """A SELECT of the rows; columns that a row lacks are null, unknown ones raise KeyError."""
    for row in rows:
        unknown = set(row) - set(types)
        if unknown:
            raise KeyError(f"no such column: {', '.join(sorted(unknown))}")
    selects = [
        "select "
        + ", ".join(f'{literal(row.get(name), types[name])} as "{name}"' for name in columns)
        for row in rows or [{}]
    ]
    return "\nunion all\n".join(selects) + ("" if rows else " limit 0")


def relation_key(given_input: str) -> str:
    """`ref('a')` as `a`, `source('raw', 'b')` as `raw.b`."""
    match = _INPUT.match(given_input.strip())
    if not match:
        raise ValueError(f"not a ref or source: {given_input}")
    return ".".join(part.strip().strip("'\"") for part in match.group(2).split(","))


class UnitTestBench:
    """An in-memory database with the types of an empty build and the fixtures of all unit tests."""

    def __init__(self, project: CompiledProject, models: set[str] | None = None) -> None:
        self.project = project
        self.connection = connect()
        fill_raw(self.connection, project, {})
        build_models(self.connection, project)
        self.fixtures: dict[str, list[Fixture]] = {}
        for number, test in enumerate(project.unit_tests):
            if models is None or test.model in models:
                self.fixtures.setdefault(test.model, []).append(self._lay_down(number, test))

    def _lay_down(self, number: int, test: UnitTest) -> Fixture:
        """Create a table per input of the test, in a schema of its own."""
        schema = f"unit_{number}"
        self.connection.execute(f"create schema warehouse.{schema}")
        renamed = []
        for given in test.given:
            key = relation_key(given["input"])
            relation = self.project.relations[key]
            if given.get("format") == "sql":
                sql = given["rows"]
            else:
                types = column_types(self.connection, relation)
                sql = rows_sql(given["rows"] or [], types, list(types))
            table = f'"warehouse"."{schema}"."{key.split(".")[-1]}"'
            self.connection.execute(f"create table {table} as {sql}")
            renamed.append((relation, table))
        return self._with_expected(test, tuple(renamed))

    def _with_expected(self, test: UnitTest, renamed: tuple[tuple[str, str], ...]) -> Fixture:
        """The fixture with its expected rows, cast to the types of the model's columns."""
        types = column_types(self.connection, self.project.relations[test.model])
        rows = test.expect["rows"] or []
        columns = list(rows[0]) if rows else list(types)
        expected = self.connection.execute(rows_sql(rows, types, columns)).fetchall()
        return Fixture(test, renamed, tuple(columns), Counter(expected))

    def statement(self, fixture: Fixture, sql: str) -> str:
        """The model's SQL reading the fixture's tables."""
        for relation, table in fixture.renamed:
            sql = sql.replace(relation, table)
        return sql

    def failure(self, fixture: Fixture, sql: str) -> str:
        """Empty when the model's SQL gives the expected rows, else what is wrong.

        SQL that DuckDB cannot even bind raises duckdb.BinderException or ParserException: such a
        mutant would prove nothing.
        """
        columns = ", ".join(f'"{name}"' for name in fixture.columns)
        statement = f"select {columns} from ({self.statement(fixture, sql)}) as actual"
        try:
            actual = Counter(self.connection.execute(statement).fetchall())
        except (duckdb.BinderException, duckdb.ParserException):
            raise
        except duckdb.Error as error:
            return f"{type(error).__name__}: {error}"
        if actual == fixture.expected:
            return ""
        missing = list((fixture.expected - actual).elements())
        surplus = list((actual - fixture.expected).elements())
        return (
            f"{fixture.columns}: expected but not there {missing}, there but not expected {surplus}"
        )

    def original(self, fixture: Fixture) -> str:
        """The unchanged compiled SQL that the fixture's test runs."""
        return self.project.sql[fixture.test.variables][fixture.test.model]
