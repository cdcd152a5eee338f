"""Where the cases, comparisons and unions of a SELECT statement stand, as offsets into its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

import sqlglot
from sqlglot.tokens import Token, TokenType

_CTE_HEADS = re.compile(r"^(?:with\s+)?(\w+) as \($", re.MULTILINE)


@dataclass(frozen=True)
class Branch:
    """One result of a case: `when condition then sql`, or its `else` (condition is then `else`)."""

    condition: str
    start: int
    end: int


@dataclass(frozen=True)
class Case:
    """One case expression.

    `asks_null`: only its being null is asked: `case ... end is null` or `count(case ... end)`.
    """

    start: int
    end: int
    branches: tuple[Branch, ...]
    has_else: bool
    asks_null: bool


@dataclass
class _OpenCase:
    """A case whose `end` is not reached yet."""

    start: int
    is_counted: bool
    condition_start: int = 0
    result_start: int = 0
    condition: str = ""
    has_else: bool = False
    branches: list[Branch] = field(default_factory=list)


def tokens_of(sql: str) -> list[Token]:
    """The tokens of a DuckDB statement; `start` and `end` (inclusive) are offsets into `sql`."""
    return sqlglot.tokenize(sql, dialect="duckdb")


def squeezed(text: str) -> str:
    """The text on one line with single blanks."""
    return " ".join(text.split())


class Places:
    """Names places of a statement by the CTE they stand in."""

    def __init__(self, sql: str) -> None:
        heads = list(_CTE_HEADS.finditer(sql))
        self._starts = [head.start() for head in heads]
        self._names = [head.group(1) for head in heads]

    def cte_at(self, offset: int) -> str:
        """The name of the common table expression around an offset; empty before the first."""
        place = bisect_right(self._starts, offset) - 1
        return self._names[place] if place >= 0 else ""


def _close_branch(case: _OpenCase, sql: str, end: int) -> None:
    """Add the result that ends before `end`, if one is open."""
    if not case.result_start:
        return
    raw = sql[case.result_start : end]
    start = case.result_start + len(raw) - len(raw.lstrip())
    case.branches.append(Branch(case.condition, start, start + len(raw.strip())))
    case.result_start = 0


def _asks_null(tokens: list[Token], place: int) -> bool:
    """Whether `is null` or `is not null` follows the token at `place`."""
    following = [token.text.lower() for token in tokens[place + 1 : place + 4]]
    return following[:2] == ["is", "null"] or following == ["is", "not", "null"]


def cases_of(sql: str) -> list[Case]:
    """Every case of the statement, inner ones too, in the order of their `end`."""
    tokens = tokens_of(sql)
    open_cases: list[_OpenCase] = []
    found: list[Case] = []
    for place, token in enumerate(tokens):
        kind = token.token_type
        if kind == TokenType.CASE:
            before = [earlier.text.lower() for earlier in tokens[max(place - 2, 0) : place]]
            open_cases.append(_OpenCase(token.start, before == ["count", "("]))
            continue
        if not open_cases:
            continue
        case = open_cases[-1]
        if kind == TokenType.WHEN:
            _close_branch(case, sql, token.start)
            case.condition_start = token.end + 1
        elif kind == TokenType.THEN:
            case.condition = squeezed(sql[case.condition_start : token.start])
            case.result_start = token.end + 1
        elif kind == TokenType.ELSE:
            _close_branch(case, sql, token.start)
            case.condition, case.result_start, case.has_else = "else", token.end + 1, True
        elif kind == TokenType.END:
            _close_branch(case, sql, token.start)
            open_cases.pop()
            branches = tuple(case.branches)
            asks_null = case.is_counted or _asks_null(tokens, place)
            found.append(Case(case.start, token.end + 1, branches, case.has_else, asks_null))
    return sorted(found, key=lambda case: (case.start, case.end))
