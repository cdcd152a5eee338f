"""Finds what one of the engines would not understand, or would understand differently, in SQL.

The SQL is that of a model as it is written: what a macro makes of it is the macro's concern, which
has an implementation per engine where the engines differ. So each macro call becomes a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import sqlglot
from sqlglot import exp
from sqlglot.tokens import TokenType

DIALECT = "duckdb"
# Functions that DuckDB, Postgres and Spark have under one name with one meaning.
FUNCTIONS = {
    *("abs", "avg", "case", "cast", "coalesce", "count", "dense_rank", "exists", "exp", "extract"),
    *("floor", "greatest", "if", "lag", "lead", "least", "ln", "lower", "max", "md5", "min", "mod"),
    *("nullif", "percentile_cont", "power", "rank", "replace", "round", "row_number", "sign"),
    *("split_part", "sqrt", "stddev_samp", "substring", "sum", "and", "or", "in"),
}
TYPES = {"int", "bigint", "smallint", "decimal", "date", "timestamp", "boolean"}
_PARTS_OF_DATES = {"YEAR", "QUARTER", "MONTH", "DAY"}
_PLACEHOLDER_TYPES = {
    "text_type": "decimal(1, 0)",
    "whole_number_type": "decimal(38, 0)",
    # Told from a type that was written out: no model names this one.
    "double_type": "double",
}
# Begins the name that stands for a macro call; the words of the call follow.
_MACRO_NAME = "macro_"
_CALL = re.compile(r"\{\{-?\s*([a-z_.]+)(.*?)-?\}\}", re.DOTALL)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_WRITTEN_TYPES = re.compile(r"\bas\s+(varchar|text|string|double precision|double|float)\b", re.I)


# A setting, and a join that there is in an increment only.
_NOTHING = ("config", "join_affected_dates", "join_affected_from")


def without_macros(sql: str) -> str:
    """The text with a name, a type or a query in the place of each macro call."""

    def placeholder(call: re.Match[str]) -> str:
        name = call.group(1)
        if name in _NOTHING:
            return ""
        if name in ("ref", "source"):
            return "relation_" + re.sub(r"\W+", "_", call.group(2)).strip("_")
        if name == "dbt.generate_series":
            return "select 1 as generated_number"
        words = "_".join(re.findall(r"\w+", name + call.group(2)))
        return _PLACEHOLDER_TYPES.get(name) or f"{_MACRO_NAME}{words}"

    return _CALL.sub(placeholder, _COMMENT.sub("", sql))


def faults(sql: str) -> list[str]:
    """What is not portable in a model's text, as sentences; [] when every engine takes it."""
    found = [
        f"the type {match.group(1)} is written out; a macro names it"
        for match in _WRITTEN_TYPES.finditer(_COMMENT.sub("", sql))
    ]
    plain = without_macros(sql)
    found += _token_faults(plain)
    try:
        tree = sqlglot.parse_one(plain, dialect=DIALECT)
    except sqlglot.errors.ParseError as error:
        return [*found, f"it does not parse: {str(error).splitlines()[0]}"]
    for rule in _RULES:
        found += rule(tree)
    return list(dict.fromkeys(found))


def _token_faults(sql: str) -> Iterator[str]:
    """What the parsed tree no longer shows."""
    for token in sqlglot.tokenize(sql, dialect=DIALECT):
        if token.token_type == TokenType.DCOLON:
            yield "`::` casts; write cast(... as ...)"
        if token.token_type == TokenType.STRING and "\\" in token.text:
            yield f"the text {token.text!r} has a backslash, which Spark takes as an escape"
        if token.token_type == TokenType.IDENTIFIER:
            yield f'"{token.text}" is quoted, which is a text to Spark'


def _syntax(tree: exp.Expression) -> Iterator[str]:
    """Clauses and literals that not all engines have."""
    for kind, words in _FOREIGN_SYNTAX.items():
        if tree.find(kind):
            yield f"{words} is not on every engine"
    for join in tree.find_all(exp.Join):
        if join.kind in ("SEMI", "ANTI") or join.method:
            yield f"{join.method or join.kind} joins are not on every engine"
    for star in tree.find_all(exp.Star):
        if star.args.get("except_") or star.args.get("replace") or star.args.get("rename"):
            yield "`*` with a list of exceptions is not on every engine"
    if any(with_.recursive for with_ in tree.find_all(exp.With)):
        yield "recursive queries are not on every engine"
    for operation in tree.find_all(exp.SetOperation):
        if operation.args.get("by_name"):
            yield "union by name is not on every engine"


_FOREIGN_SYNTAX: dict[type[exp.Expression], str] = {
    exp.Qualify: "qualify",
    exp.Filter: "filter (where ...)",
    exp.TryCast: "try_cast",
    exp.Lambda: "a lambda",
    exp.Array: "a list",
    exp.Struct: "a struct",
    exp.Bracket: "a subscript",
    exp.Unnest: "unnest",
    exp.Interval: "an interval",
    exp.Pivot: "pivot",
    exp.ILike: "ilike",
    exp.Glob: "glob",
    exp.RegexpLike: "a regular expression",
    exp.RegexpFullMatch: "a regular expression",
    exp.SimilarTo: "a regular expression",
    exp.TableSample: "a sample",
    exp.Limit: "limit without a macro",
}


def _functions(tree: exp.Expression) -> Iterator[str]:
    """Functions outside the list, and parts of dates that have no common number."""
    for call in tree.find_all(exp.Func):
        name = call.name.lower() if isinstance(call, exp.Anonymous) else call.sql_name().lower()
        if name not in FUNCTIONS and type(call) not in _FOREIGN_SYNTAX:
            yield f"the function {name} is not on the list of those that every engine has"
    for call in tree.find_all(exp.Round):
        if call.args.get("decimals") is not None:
            yield "round to places takes no double on Postgres; round a decimal, or use floor"
    for part in tree.find_all(exp.Extract):
        if part.name.upper() not in _PARTS_OF_DATES:
            yield f"extract({part.name.lower()} ...) differs between engines"


def _types(tree: exp.Expression) -> Iterator[str]:
    """Types without one name on all engines; those named by macros have placeholders."""
    for cast in tree.find_all(exp.Cast):
        name = cast.to.sql(DIALECT).lower().partition("(")[0]
        if name not in TYPES | {"double"}:
            yield f"the type {name} is not on every engine"


def _divisions(tree: exp.Expression) -> Iterator[str]:
    """Quotients whose type hangs on the engine: only a double divides alike everywhere."""
    for _ in tree.find_all(exp.IntDiv):
        yield "`//` is DuckDB's; write whole_quotient(...)"
    for quotient in tree.find_all(exp.Div):
        dividend = quotient.this.unnest()
        is_double = isinstance(dividend, exp.Cast) and dividend.to.is_type("double")
        if not is_double:
            yield f"`/` divides {dividend.sql()}, whose type hangs on the engine; write ratio(...)"


def _ordinals(tree: exp.Expression) -> Iterator[str]:
    """Columns meant by their place, or all of them."""
    for clause in tree.find_all(exp.Group, exp.Order):
        places = [one.this if isinstance(one, exp.Ordered) else one for one in clause.expressions]
        if clause.args.get("all") or any(
            (isinstance(one, exp.Literal) and one.is_number)
            or (isinstance(one, exp.Column) and one.name.lower() == "all")
            for one in places
        ):
            yield f"{clause.key} by the place of a column"


def _nulls(tree: exp.Expression) -> Iterator[str]:
    """Nulls without a type, which Postgres takes for text."""
    for select in tree.find_all(exp.Select):
        for column in select.expressions:
            if isinstance(column.unalias(), exp.Null):
                yield f"{column.alias_or_name or 'null'} is a null without a type"


def _tables(tree: exp.Expression) -> Iterator[str]:
    """Queries in a from clause without a name, which Postgres refuses."""
    for subquery in tree.find_all(exp.Subquery):
        if isinstance(subquery.parent, exp.From | exp.Join) and not subquery.alias:
            yield "a query in a from clause has no name"


def _aliases(tree: exp.Expression) -> Iterator[str]:
    """Columns used beside the expression that makes them."""
    columns_of = {
        cte.alias: {column.alias_or_name for column in _leftmost(cte.this).expressions}
        for cte in tree.find_all(exp.CTE)
    }
    for select in tree.find_all(exp.Select):
        known = {name for source in _sources(select) for name in columns_of.get(source, {"*"})}
        if "*" in known:
            known |= _produced_elsewhere(tree, select)
        made: set[str] = set()
        for column in select.expressions:
            used = {one.name for one in column.find_all(exp.Column) if not one.table}
            for name in sorted(used & made - known):
                yield f"{name} is used in the select list that makes it"
            if isinstance(column, exp.Alias) and not _renames_itself(column):
                made.add(column.alias)


def _leftmost(query: exp.Expression) -> exp.Select:
    """The select that names the columns of a query."""
    while isinstance(query, exp.SetOperation | exp.Subquery):
        query = query.this
    assert isinstance(query, exp.Select)
    return query


def _sources(select: exp.Select) -> set[str]:
    """Names of the relations that a select reads."""
    tables = [join.this for join in select.args.get("joins") or []]
    from_ = select.args.get("from_") or select.args.get("from")
    tables += [from_.this] if from_ else []
    return {table.name or table.alias for table in tables}


def _produced_elsewhere(tree: exp.Expression, select: exp.Select) -> set[str]:
    """Columns that other selects of the query name: a relation read whole may have them."""
    inside = {id(column) for column in select.expressions}
    names = set()
    for other in tree.find_all(exp.Select):
        names |= {
            one.name
            for column in other.expressions
            if id(column) not in inside
            for one in column.find_all(exp.Column)
        }
    return names


def _renames_itself(column: exp.Alias) -> bool:
    """Whether a column is made from one of the same name, so that either is meant alike."""
    return any(
        one.name == column.alias or (one.name.startswith(_MACRO_NAME) and column.alias in one.name)
        for one in column.this.find_all(exp.Column)
    )


_RULES: tuple[Callable[[exp.Expression], Iterator[str]], ...] = (
    _syntax,
    _functions,
    _types,
    _divisions,
    _ordinals,
    _nulls,
    _tables,
    _aliases,
)
