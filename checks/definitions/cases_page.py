"""The hand-worked cases as a page to read: `python -m checks.definitions.cases_page` writes it."""

from __future__ import annotations

import re
from pathlib import Path

from checks.definitions.hand_worked import Case, Row, Table, World, read_tables

PAGE = Path(__file__).parent / "CASES.md"
HEAD = """# Cases worked out by hand

What happens to a customer, what the warehouse must say about it, and the working. Every row is
built by the models and worked out once more by the independent reference; both must say exactly
this. Periods are half-open: an end is the first day not covered. Unless a row says otherwise, a
line is one seat of product P1 at 100 USD a month on contract C1 of account A, the grace is 30
days, and an amount is in USD.

Written by `python -m checks.definitions.cases_page` from [cases](cases).
"""
SHOWN_CELLS = {
    "contract_id": ("contract", "C1"), "account_id": ("account", "A"),
    "product_id": ("product", "P1"), "line_type": ("type", "recurring"),
}  # fmt: skip
DETAILS = (
    ("interval_count", "interval count {}"), ("discount_pct", "discount {}"),
    ("renewed_from_contract_id", "renews {}"), ("cancel_notice_at", "notice {}"),
    ("cancel_effective_date", "cancelled to {}"), ("cancel_type", "{}"), ("cancel_reason", "{}"),
    ("paused_from", "paused from {}"), ("paused_until", "paused until {}"),
)  # fmt: skip


def page(tables: list[Table]) -> str:
    """The whole page."""
    count = sum(len(table.cases) for table in tables)
    index = "\n".join(
        f"- [{table.title}](#{_anchor(table.title)}): {len(table.cases)} cases" for table in tables
    )
    parts = [HEAD, f"{count} cases:\n\n{index}\n", *map(_section, tables)]
    return "\n".join(parts)


def _anchor(title: str) -> str:
    """The fragment under which Markdown viewers find a heading."""
    return re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-")


def _section(table: Table) -> str:
    """One subject: its heading, and a table for each of its worlds."""
    lines = [f"## {table.title}", "", table.about]
    world: World | None = None
    stated = None
    for case in table.cases:
        is_new = case.world is not world if case.is_company else settings(case.world) != stated
        if is_new:
            lines += ["", f"{settings(case.world)}."]
            lines += ["", *_company(case.world)] if case.is_company else []
            lines += ["", "| case | what happens | expected | why |", "|---|---|---|---|"]
        world, stated = case.world, settings(case.world)
        lines.append(_row(case))
    return "\n".join([*lines, ""])


def settings(world: World) -> str:
    """The day on which a world is looked at, and the settings that are not the usual ones."""
    more = "".join(f", {name} {value}" for name, value in world.variables.items())
    return f"As of {world.as_of}{more}"


def _company(world: World) -> list[str]:
    """The lines of a company that several cases ask about, as a list."""
    return [f"- {text}" for text in given(world)]


def _row(case: Case) -> str:
    """One case as a row of the table."""
    happens = case.what
    if not case.is_company:
        happens += "".join(f"<br>`{text}`" for text in given(case.world))
    cells = (case.case_id.split()[-1], happens, "<br>".join(expectations(case)), case.why)
    return "| " + " | ".join(_one_line(cell) for cell in cells) + " |"


def _one_line(text: str) -> str:
    """A text as it can stand in a cell."""
    return " ".join(text.split()).replace("|", "\\|")


def given(world: World) -> list[str]:
    """The accounts that are not usual, the lines and the rates of a world, in words."""
    accounts = [f"{row['account_id']}: internal" for row in world.accounts if "is_internal" in row]
    rates = [f"{r['currency']} from {r['rate_date']}: {r['rate']}" for r in world.rates]
    return [*accounts, *map(_line, world.lines), *rates]


def _line(row: Row) -> str:
    """A contract line in words."""
    named = [
        f"{label} {row[name]}" for name, (label, usual) in SHOWN_CELLS.items() if row[name] != usual
    ]
    price = (
        f"{row['quantity']} x {row['unit_price']} {row['currency']} per {row['billing_interval']}"
    )
    more = [text.format(row[name]) for name, text in DETAILS if row.get(name)]
    if row["updated_at"] != "2020-01-01":
        more.append(f"recorded {row['updated_at']}")
    if row.get("is_deleted") == "true":
        more.append("deleted")
    days = (
        f"{row['start_date']} to {row['end_date']}"
        if row.get("end_date")
        else (f"from {row['start_date']}")
    )
    return f"{row['contract_line_id']}: " + ", ".join([days, price, *named, *more])


def expectations(case: Case) -> list[str]:
    """What is expected of each mart, one text per row."""
    found = []
    for mart, rows in case.expected.items():
        for row in rows or [{"row": "none"}]:
            cells = ", ".join(f"{name} **{cell}**" for name, cell in row.items() if name != "row")
            found.append(f"`{mart}` {cells}" + (" no row" if row.get("row") == "none" else ""))
    return found


if __name__ == "__main__":
    PAGE.write_text(page(read_tables()), encoding="utf-8")
    print(f"wrote {PAGE}")
