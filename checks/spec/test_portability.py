"""Models, tests and analyses use nothing that an engine lacks or reads in another way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlglot
import yaml
from sqlglot import exp

from checks.spec.portable_sql import FUNCTIONS, faults
from checks.spec.project_files import files_ending, relative
from pipeline.options import ROOT

_FOLDERS = (ROOT / "models", ROOT / "tests" / "integrity", ROOT / "analyses")
_ENGINES = ("duckdb", "postgres", "spark")
_MACRO = re.compile(r"{%-?\s*macro\s+(\w+)\(.*?{%-?\s*endmacro\s*-?%}", re.DOTALL)
_CALL = re.compile(r"\b([a-z_]+)\(")
# Words that stand before a bracket in SQL and Jinja without being functions of an engine.
_NO_FUNCTIONS = {
    *("return", "var", "as", "in", "and", "or", "not", "when", "then", "over", "decimal", "by"),
    *(
        "ref",
        "source",
        "include",
        "is_incremental",
        "append",
        "join",
        "list",
        "map",
        "selectattr",
        "startswith",
        "split",
        "select",
        "reject",
    ),
    *("raise_compiler_error", "update", "values", "on", "from", "do", "set", "trim", "else"),
}


def sql_files() -> list[Path]:
    """The SQL that runs on every engine."""
    return [
        path
        for path in files_ending(".sql")
        if any(path.is_relative_to(folder) for folder in _FOLDERS)
    ]


@pytest.mark.parametrize("path", sql_files(), ids=relative)
def test_sql_is_portable(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


PLANTED = {
    "qualify": "select a from t qualify row_number() over (order by a) = 1",
    "filter (where": "select count(*) filter (where a) as n from t",
    "a is used in the select list": "select b + 1 as a, a + 1 as c from t",
    "try_cast": "select try_cast(a as date) as a from t",
    "a list": "select [1, 2] as a from t",
    "a struct": "select {'x': 1} as a from t",
    "a subscript": "select a[1] as b from t",
    "round to places": "select round(a, 2) as b from t",
    "the function array_sort": "select list_sort(a) as a from t",
    "the function split": "select string_split(a, ',') as b from t",
    "the function any_value": "select any_value(a) as a from t group by b",
    "a regular expression is": "select regexp_full_match(a, 'x') as b from t",
    "the function timestamp_trunc": "select date_trunc('month', a) as b from t",
    "the function last_day": "select last_day(a) as b from t",
    "the function explode": "select unnest(a) as b from t",
    "asof joins": "select t.a from t asof join s on t.a >= s.a",
    "semi joins": "select t.a from t semi join s on t.a = s.a",
    "positional joins": "select t.a from t positional join s",
    "`::` casts": "select a::date as a from t",
    "the type varchar is written out": "select cast(a as varchar) as a from t",
    "the type double precision is written out": "select cast(a as double precision) as a from t",
    "the type int128": "select cast(a as hugeint) as a from t",
    "`//` is DuckDB's": "select a // b as c from t",
    "`/` divides a": "select a / b as c from t",
    "`/` divides CAST(a AS DECIMAL": "select cast(a as decimal(18, 4)) / b as c from t",
    "group by the place": "select a, count(*) as n from t group by 1",
    "order by the place": "select a from t order by 1",
    "group by all": "select a, count(*) as n from t group by all",
    "null without a type": "select a, null as b from t",
    "from clause has no name": "select a from (select a from t)",
    "list of exceptions": "select * exclude (a) from t",
    "recursive": "with recursive r as (select 1 as a union all select a from r) select a from r",
    "union by name": "select a from t union by name select a from s",
    "an interval": "select a + interval '1 month' as b from t",
    "pivot": "pivot t on a using sum(b)",
    "ilike": "select a from t where a ilike 'x%'",
    "a regular expression": "select a from t where a ~ 'x'",
    "a sample": "select a from t using sample 10",
    "extract(dow": "select extract(dow from a) as b from t",
    "has a backslash": r"select a from t where a = '\n'",
    "is quoted": 'select "a" as b from t',
    "it does not parse": "select a from t where (a",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_construct_is_found(fault: str) -> None:
    name = fault.replace("group by all", "group by the place")
    assert [found for found in faults(PLANTED[fault]) if name.lower() in found.lower()] != []


def test_what_every_engine_takes_is_let_through() -> None:
    assert (
        faults(
            """
            with

            things as (
                select * from {{ ref('int_things') }}
            ),

            counted as (
                select
                    thing_id,
                    cast(null as {{ text_type() }}) as note,
                    {{ money('sum(amount)') }} as amount,
                    cast(count(*) as {{ double_type() }}) / 12 as share,
                    coalesce(amount, 0) as known_amount,
                    lag(day, 1) over (partition by thing_id order by day desc) as day_before,
                    extract(year from day) as year_number,
                    'it is {{ var("currency") }}' as remark
                from things
                cross join (values (1), (2)) as numbers (number)
                where day is distinct from other_day and name not in ('x', 'y')
                group by thing_id
            )

            select * from counted
            """
        )
        == []
    )


def unit_test_queries() -> dict[str, str]:
    """Name of unit test and input -> the query given in the place of a relation."""
    found = {}
    for path in files_ending("__unit_tests.yml"):
        for test in yaml.safe_load(path.read_text(encoding="utf-8"))["unit_tests"]:
            for given in [*test["given"], {"input": "expect", **test["expect"]}]:
                if given.get("format") == "sql":
                    found[f"{test['name']}, {given['input']}"] = given["rows"]
    return found


def test_what_unit_tests_give_as_a_query_has_no_lists_and_structs_of_duckdb() -> None:
    queries = unit_test_queries()
    assert len(queries) > 20
    wrong = []
    for name, query in queries.items():
        tree = sqlglot.parse_one(query, dialect="duckdb")
        if tree.find(exp.Struct, exp.Array, exp.TryCast):
            wrong.append(name)
    assert wrong == []


def shared_macros() -> list[tuple[str, str]]:
    """Name and text of each macro whose SQL every engine runs."""
    found = []
    for path in files_ending(".sql"):
        if not path.is_relative_to(ROOT / "macros") or path.parent.name in _ENGINES:
            continue
        for macro in _MACRO.finditer(path.read_text(encoding="utf-8")):
            if not macro.group(1).startswith(tuple(f"{engine}__" for engine in _ENGINES)):
                found.append((macro.group(1), macro.group(0)))
    return found


@pytest.mark.parametrize(("name", "text"), shared_macros(), ids=[n for n, _ in shared_macros()])
def test_a_macro_for_every_engine_calls_only_functions_that_each_has(name: str, text: str) -> None:
    macros = {macro for macro, _ in shared_macros()} | {name}
    called = set(_CALL.findall(re.sub(r"{#.*?#}|dbt\.\w+\(|adapter\.\w+\(", "", text, flags=re.S)))
    known = FUNCTIONS | macros | _NO_FUNCTIONS | {"substr", "replace"}
    assert {one for one in called - known if not one.endswith("__")} == set()


def test_macros_that_differ_between_engines_are_a_handful() -> None:
    dispatched = [
        path for path in files_ending(".sql") if "adapter.dispatch(" in path.read_text("utf-8")
    ]
    assert len(dispatched) <= 20
