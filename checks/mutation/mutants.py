"""One changed statement per mutant: a case gives a sentinel, or a definition is bent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot.tokens import Token, TokenType

from checks.mutation.sql_tokens import Case, Places, cases_of, squeezed, tokens_of

BRANCH = "branch"
DEFINITION = "definition"

_COMPARISONS = {
    TokenType.LT: "<=",
    TokenType.LTE: "<",
    TokenType.GT: ">=",
    TokenType.GTE: ">",
    TokenType.EQ: "<>",
    TokenType.NEQ: "=",
}

# The columns that end a half-open interval, in the models that own a definition.
_INTERVAL_ENDS = {
    "valid_to",
    "covered_to",
    "carried_to",
    "active_to",
    "churn_date",
    "covered_until",
    "billed_to",
    "on_hold_to",
}

# Pairs of columns that a careless hand would take for each other, where a statement names both.
_SWAPS = {
    "opening_rate": "closing_rate",
    "closing_rate": "opening_rate",
    "mrr_end_at_opening_rate": "mrr_end",
    "opening_index": "month_index",
    "kept_mrr": "closing_mrr",
}


@dataclass(frozen=True)
class Mutant:
    """A statement with one change. `place` names where, `change` what; both are stable text."""

    model: str
    kind: str
    place: str
    change: str
    sql: str


def sentinel(data_type: str, result: str) -> str:
    """A value of the type that no sensible row has; a boolean or a flag of 0 and 1 is turned.

    Null where the type is unknown, because no row of a test reaches the case.
    """
    if not data_type:
        return "null"
    if data_type == "BOOLEAN":
        return f"(not coalesce({result}, false))"
    if result in {"0", "1"}:
        return str(1 - int(result))
    if data_type == "DATE":
        return "cast('1987-06-05' as date)"
    if data_type.startswith("TIMESTAMP"):
        return f"cast('1987-06-05 04:03:02' as {data_type})"
    if data_type in {"VARCHAR", '"NULL"'}:
        return "'sentinel'"
    if data_type.startswith("DECIMAL"):
        return f"cast(0.7919 as {data_type})"
    return f"cast(7919 as {data_type})"


def type_probe(sql: str, case: Case) -> str:
    """The statement, made to fail with the type of the case once a row reaches the case.

    DuckDB folds constants, but never a call of `error`.
    """
    text = sql[case.start : case.end]
    probe = f"coalesce(error('type:' || typeof({text})), {text})"
    return sql[: case.start] + probe + sql[case.end :]


def _shortened(text: str, length: int = 90) -> str:
    """The text on one line, cut in the middle when it is too long for a table."""
    line = squeezed(text)
    half = (length - 5) // 2
    return line if len(line) <= length else f"{line[:half]} ... {line[-half:]}"


def branch_mutants(model: str, sql: str, type_of: Callable[[Case], str]) -> Iterator[Mutant]:
    """Every branch of every case, one at a time, a missing `else` included."""
    places = Places(sql)
    for number, case in enumerate(cases_of(sql), start=1):
        data_type = type_of(case)
        for branch in case.branches:
            result = sql[branch.start : branch.end]
            value = "null" if case.asks_null else sentinel(data_type, result)
            if result.lower() == "null":
                value = sentinel(data_type, result)
            place = f"{places.cte_at(case.start)}, case {number}: {_shortened(branch.condition)}"
            yield Mutant(
                model,
                BRANCH,
                place,
                f"{_shortened(result)} -> {_shortened(value)}",
                f"{sql[: branch.start]}{value}{sql[branch.end :]}",
            )
        if not case.has_else:
            yield _added_else(
                model, sql, case, f"{places.cte_at(case.start)}, case {number}: else", data_type
            )


def _added_else(model: str, sql: str, case: Case, place: str, data_type: str) -> Mutant:
    """The mutant whose missing `else` gives a sentinel instead of null."""
    value = sentinel(data_type, "false")
    at = case.end - len("end")
    return Mutant(model, BRANCH, place, f"no else -> {value}", f"{sql[:at]}else {value} {sql[at:]}")


def _replaced(sql: str, token: Token, text: str) -> str:
    """The statement with one token's text changed."""
    return f"{sql[: token.start]}{text}{sql[token.end + 1 :]}"


def _around(sql: str, token: Token) -> str:
    """The line a token stands in, for the list."""
    start = sql.rfind("\n", 0, token.start) + 1
    end = sql.find("\n", token.end)
    return _shortened(sql[start : end if end >= 0 else len(sql)])


def definition_mutants(model: str, sql: str) -> Iterator[Mutant]:
    """Comparisons turned, interval ends a day later, rates swapped, branches of unions dropped."""
    places = Places(sql)
    tokens = tokens_of(sql)
    names = {token.text for token in tokens if token.token_type != TokenType.STRING}
    for place, token in enumerate(tokens):
        where = f"{places.cte_at(token.start)}: {_around(sql, token)}"
        if token.token_type in _COMPARISONS:
            turned = _COMPARISONS[token.token_type]
            yield Mutant(
                model, DEFINITION, where, f"{token.text} -> {turned}", _replaced(sql, token, turned)
            )
        swapped = _SWAPS.get(token.text, "") if token.token_type != TokenType.STRING else ""
        if swapped in names and not _is_named_here(tokens, place):
            yield Mutant(
                model,
                DEFINITION,
                where,
                f"{token.text} -> {swapped}",
                _replaced(sql, token, swapped),
            )
        if token.text in _INTERVAL_ENDS and place and tokens[place - 1].text.lower() == "as":
            yield _later_end(model, sql, tokens, place, where)
    yield from _dropped_unions(model, sql, tokens, places)


def _is_named_here(tokens: list[Token], place: int) -> bool:
    """Whether the column is an alias, or an item of a select or group list as it stands.

    Another column there would be missing from the result or from the group, so that the statement
    would not bind.
    """
    first = place - 2 if place > 1 and tokens[place - 1].text == "." else place
    before, after = (
        tokens[at].text.lower() if 0 <= at < len(tokens) else "" for at in (first - 1, place + 1)
    )
    if before == "as":
        return True
    if before not in {"select", "distinct", "group by", ","} or after not in {",", "from", ")", ""}:
        return False
    depth = 0
    for at in range(first - 1, -1, -1):
        depth += (tokens[at].text == ")") - (tokens[at].text == "(")
        if depth < 0:
            return tokens[at + 1].text.lower() == "select"
    return True


def _later_end(model: str, sql: str, tokens: list[Token], place: int, where: str) -> Mutant:
    """The mutant in which the interval that ends in the column at `place` ends a day later."""
    depth, first = 0, place - 2
    while first > 0:
        text = tokens[first].text.lower()
        depth += (text == ")") - (text == "(")
        if depth < 0 or (depth == 0 and text in {",", "select", "distinct"}):
            break
        first -= 1
    start, end = tokens[first + 1].start, tokens[place - 1].start
    later = f"cast(({sql[start:end]}) + interval 1 day as date) "
    return Mutant(model, DEFINITION, where, "a day later", f"{sql[:start]}{later}{sql[end:]}")


def _dropped_unions(model: str, sql: str, tokens: list[Token], places: Places) -> Iterator[Mutant]:
    """One mutant per branch of every union, without that branch's rows."""
    for branch_number, (start, end, cte) in enumerate(
        _union_branches(sql, tokens, places), start=1
    ):
        text = sql[start:end]
        emptied = f"(select * from ({text}) as dropped where false)\n"
        yield Mutant(
            model,
            DEFINITION,
            f"{cte}: branch {branch_number} of the unions",
            "branch dropped",
            f"{sql[:start]}{emptied}{sql[end:]}",
        )


def _union_branches(sql: str, tokens: list[Token], places: Places) -> list[tuple[int, int, str]]:
    """(start, end, cte) of each SELECT that is a branch of a union, in order."""
    found: list[tuple[int, int, str]] = []
    stack: list[dict[str, object]] = []
    for token in tokens:
        text = token.text.lower()
        if text == "(":
            stack.append({"start": token.end + 1, "parts": []})
        elif text == ")" and stack:
            level = stack.pop()
            if level["parts"]:
                parts = [*level["parts"], (level["start"], token.start)]
                found.extend((start, end, places.cte_at(start)) for start, end in parts)
        elif text == "union" and stack:
            stack[-1]["parts"].append((stack[-1]["start"], token.start))
            stack[-1]["start"] = None
        elif stack and stack[-1]["start"] is None and text == "select":
            stack[-1]["start"] = token.start
    return sorted(found)
