"""Which columns of compiled models carry values of which raw columns, however far from them.

A column carries what its expression can hand on: a copy, a part, a longest or first value, a list.
Counts, lengths, hashes and conditions hand nothing on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlglot import exp, parse_one
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, traverse_scope

Origins = frozenset[str]
# Column -> the raw columns whose values it carries.
Carried = dict[str, Origins]
NOTHING: Origins = frozenset()

_HANDS_NOTHING_ON = (
    *(exp.Predicate, exp.Connector, exp.Not, exp.Exists, exp.Count, exp.CountIf, exp.Length),
    *(exp.MD5, exp.SHA, exp.SHA2, exp.RowNumber, exp.ApproxDistinct),
)


def carried_by_models(
    models: Iterable[tuple[str, str]],
    columns: Mapping[str, Mapping[str, str]],
    origins: Mapping[str, Carried],
) -> dict[str, Carried]:
    """Relation -> what its columns carry, for all models (relation and SQL, parents first).

    Relations are written `schema.name`; `columns` holds their columns with types, `origins` what
    the columns of the raw relations carry.
    """
    carried = {relation: dict(found) for relation, found in origins.items()}
    schema: dict[str, dict[str, dict[str, str]]] = {}
    for relation, found in columns.items():
        schema_name, name = relation.split(".")
        schema.setdefault(schema_name, {})[name] = dict(found)
    for relation, sql in models:
        tree = parse_one(sql, dialect="duckdb")
        parents = {f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db}
        if any(any(carried.get(parent, {}).values()) for parent in parents):
            carried[relation] = _carried(_without_catalogs(tree), schema, carried)
    return carried


def _without_catalogs(tree: exp.Expression) -> exp.Expression:
    """The tables named by schema and name alone."""
    for table in tree.find_all(exp.Table):
        table.set("catalog", None)
    return tree


def _carried(tree: exp.Expression, schema: dict[str, Any], known: Mapping[str, Carried]) -> Carried:
    """What the columns of one query carry."""
    qualified = qualify(
        tree,
        schema=schema,
        dialect="duckdb",
        validate_qualify_columns=False,
        quote_identifiers=False,
    )
    found: dict[int, Carried] = {}
    result: Carried = {}
    for scope in traverse_scope(qualified):
        result = found[id(scope)] = _of_scope(scope, found, known)
    return result


def _of_scope(scope: Scope, found: Mapping[int, Carried], known: Mapping[str, Carried]) -> Carried:
    """What the columns of one select, or of selects put together, carry."""
    if scope.set_operation_scopes:
        parts = [list(found[id(part)].values()) for part in scope.set_operation_scopes]
        names = list(found[id(scope.set_operation_scopes[0])])
        return {
            name: NOTHING.union(*together)
            for name, together in zip(names, zip(*parts, strict=True), strict=True)
        }
    sources: dict[str, Carried] = {}
    for alias, source in scope.sources.items():
        if isinstance(source, Scope):
            sources[alias] = found.get(id(source), {})
        elif isinstance(source, exp.Table):
            sources[alias] = known.get(f"{source.db}.{source.name}", {})
    nested = NOTHING.union(
        *(origin for part in scope.subquery_scopes for origin in found[id(part)].values())
    )
    return {
        select.alias_or_name: _of_expression(select, sources, nested)
        for select in scope.expression.selects
    }


def _of_expression(
    node: exp.Expression, sources: Mapping[str, Carried], nested: Origins
) -> Origins:
    """The raw columns whose values an expression can hand on."""
    if isinstance(node, exp.Column):
        return sources.get(node.table, {}).get(node.name, NOTHING)
    if isinstance(node, exp.Subquery | exp.Select):
        return nested
    if isinstance(node, _HANDS_NOTHING_ON):
        return NOTHING
    children: Iterable[Any] = node.iter_expressions()
    if isinstance(node, exp.Case):
        children = [*(branch.args["true"] for branch in node.args["ifs"]), node.args.get("default")]
    elif isinstance(node, exp.If):
        children = [node.args["true"], node.args.get("false")]
    elif isinstance(node, exp.Window | exp.Filter | exp.WithinGroup):
        children = (
            [node.this, node.expression] if isinstance(node, exp.WithinGroup) else [node.this]
        )
    return NOTHING.union(
        *(_of_expression(child, sources, nested) for child in children if child is not None)
    )
