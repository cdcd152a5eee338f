"""Whether a statement follows accounts: what it says of an account comes from rows of that account.

Read from the text alone, so that it holds for data that nobody has seen: lines that move to another
account, users who write for several ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sqlglot
from sqlglot import exp

ACCOUNT = "account_id"


def faults(sql: str, accounted: Mapping[str, bool]) -> list[str]:
    """Why a statement cannot be run on some accounts alone; [] when it can.

    `accounted` tells of each relation, by its last name, whether it names accounts.
    """
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    has_account: dict[str, bool] = {}
    found: list[str] = []
    for cte in tree.find_all(exp.CTE):
        if _is_import(cte.this):
            has_account[cte.alias] = accounted.get(cte.this.find(exp.Table).name, False)
            continue
        selects = list(_selects(cte.this))
        reads = [any(has_account.get(name, False) for name in _read(one)) for one in selects]
        has_account[cte.alias] = all(_names_account(one, has_account) for one in selects)
        for select, reads_accounts in zip(selects, reads, strict=True):
            if reads_accounts:
                found += [f"{cte.alias}: {fault}" for fault in _select_faults(select, has_account)]
    return found


def _selects(query: exp.Expression) -> Iterator[exp.Select]:
    """The queries of a union, or the one there is."""
    if isinstance(query, exp.SetOperation):
        yield from _selects(query.left)
        yield from _selects(query.right)
    elif isinstance(query, exp.Subquery):
        yield from _selects(query.this)
    elif isinstance(query, exp.Select):
        yield query


def _is_import(query: exp.Expression) -> bool:
    """Whether a query is `select * from <relation>` and nothing more."""
    table = query.find(exp.Table)
    return isinstance(query, exp.Select) and query.is_star and table is not None and bool(table.db)


def _sources(select: exp.Select) -> Iterator[exp.Expression]:
    """What stands after `from` and `join`."""
    if origin := select.args.get("from_") or select.args.get("from"):
        yield origin.this
    for join in select.args.get("joins") or []:
        yield join.this


def _read(select: exp.Select) -> list[str]:
    """Names of all relations that a query reads, in subqueries too."""
    return [table.name for table in select.find_all(exp.Table)]


def _alias_has_account(select: exp.Select, has_account: Mapping[str, bool]) -> dict[str, bool]:
    """Of each name in a query's `from`, whether it names accounts."""
    found = {}
    for source in _sources(select):
        if isinstance(source, exp.Table):
            found[source.alias_or_name] = has_account.get(source.name, False)
        else:
            inner = list(_selects(source))
            found[source.alias_or_name] = bool(inner) and all(
                _names_account(one, has_account) for one in inner
            )
    return found


def _names_account(select: exp.Select, has_account: Mapping[str, bool]) -> bool:
    """Whether a query has the column of accounts, by name or within a star."""
    aliases = _alias_has_account(select, has_account)
    for one in select.expressions:
        if one.alias_or_name == ACCOUNT:
            return True
        if isinstance(one, exp.Star) and any(aliases.values()):
            return True
        if isinstance(one, exp.Column) and one.is_star and aliases.get(one.table, False):
            return True
    return False


def _select_faults(select: exp.Select, has_account: Mapping[str, bool]) -> Iterator[str]:
    """What of one query that reads accounts does not follow them."""
    if not _names_account(select, has_account):
        yield "rows of accounts are gathered without their account"
    for one in select.expressions:
        if one.alias_or_name == ACCOUNT and not _is_account(one.unalias()):
            yield f"the account is taken from {one.unalias().sql()}"
    if select.args.get("group") and not any(map(_is_account, select.args["group"].expressions)):
        yield "rows are grouped without their account"
    if (distinct := select.args.get("distinct")) and not _names_account(select, has_account):
        yield f"{distinct.sql()} without the account"
    for window in select.find_all(exp.Window):
        if window.parent_select is select and not any(
            map(_is_account, window.args.get("partition_by") or [])
        ):
            name = window.args.get("alias")
            if not (name and _named_window_has_account(select, name.name)):
                yield f"a window is not one of an account: {window.sql()[:80]}"
    aliases = _alias_has_account(select, has_account)
    for inner in select.find_all(exp.Select):
        is_within = inner is not select and inner.find_ancestor(exp.From, exp.Join) is None
        if is_within and any(has_account.get(name, False) for name in _read(inner)):
            yield f"rows of accounts are looked up: {inner.sql()[:80]}"
    for join in select.args.get("joins") or []:
        if not aliases.get(join.this.alias_or_name, False):
            continue
        others = [name for name, has in aliases.items() if has and name != join.this.alias_or_name]
        if others and not _ties_accounts(join.args.get("on"), join.this.alias_or_name):
            yield f"{join.this.alias_or_name} is joined without the account"


def _named_window_has_account(select: exp.Select, name: str) -> bool:
    """Whether a window that the query names is one of an account."""
    return any(
        window.alias_or_name == name
        and any(map(_is_account, window.args.get("partition_by") or []))
        for window in select.args.get("windows") or []
    )


def _is_account(expression: exp.Expression) -> bool:
    """Whether an expression is the account, of one relation or the first of several."""
    if isinstance(expression, exp.Coalesce):
        return all(map(_is_account, [expression.this, *expression.expressions]))
    return isinstance(expression, exp.Column) and expression.name == ACCOUNT


def _ties_accounts(condition: exp.Expression | None, name: str) -> bool:
    """Whether a join's condition asks, in all cases, for the same account on both sides."""
    if condition is None:
        return False
    parts = condition.flatten() if isinstance(condition, exp.And) else [condition]
    return any(
        isinstance(part, exp.EQ)
        and _is_account(part.left)
        and _is_account(part.right)
        and name in (getattr(part.left, "table", ""), getattr(part.right, "table", ""))
        for part in parts
    )
