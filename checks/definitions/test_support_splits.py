"""Every split of the tickets says what the reference says of the tickets in it."""

from __future__ import annotations

from typing import Any

from checks.definitions.conftest import as_key
from checks.definitions.model_graph import ModelGraph
from checks.reference import Book, read
from checks.reference.compare import same
from checks.reference.histories import AS_OF, generate
from checks.reference.support import support_month, ticket_facts

# Seats are those of the accounts of a split, which the tickets of a split do not tell.
OF_ACCOUNTS = {"tickets_per_100_seats"}
NO_VALUE = "(none)"


def values_of(book: Book, ticket: dict[str, Any]) -> dict[str, str]:
    """Dimension -> the value that a ticket has in it."""
    account = next(
        row for row in book.staged.rows("accounts") if row["account_id"] == ticket["account_id"]
    )
    names = ("segment", "industry", "country", "touch_model", "owner")
    return {
        "all": "(all)",
        **{name: account[name] or NO_VALUE for name in names},
        "priority": ticket["priority"],
        "category": ticket["category"] or NO_VALUE,
    }


def test_splits_are_those_of_the_reference(
    model_graph: ModelGraph, variables: dict[str, Any]
) -> None:
    raw = generate(2, 60)
    model_graph.run(raw, AS_OF, as_key(variables))
    book = Book(read(raw, AS_OF, variables))
    tickets = [ticket for ticket in ticket_facts(book) if ticket["is_counted"]]
    values = [values_of(book, ticket) for ticket in tickets]
    rows = model_graph.rows("int_support_totals")
    for row in rows:
        split = [
            ticket
            for ticket, value in zip(tickets, values, strict=True)
            if value[row["dimension"]] == row["dimension_value"]
        ]
        expected = support_month(book, row["month"], split, {})
        wrong = {
            name: (cell, row[name])
            for name, cell in expected.items()
            if name not in OF_ACCOUNTS and not same(cell, row[name])
        }
        assert wrong == {}, (row["month"], row["dimension"], row["dimension_value"])
    places = {(row["month"], row["dimension"], row["dimension_value"]) for row in rows}
    assert places >= {
        (month, *place) for month in book.months for value in values for place in value.items()
    }


def test_tickets_have_no_seats(model_graph: ModelGraph) -> None:
    model_graph.run(generate(2, 60), AS_OF)
    rows = model_graph.rows("int_support_totals")
    of_tickets = [row for row in rows if row["dimension"] in ("priority", "category")]
    assert {(row["licensed_seats"], row["tickets_per_100_seats"]) for row in of_tickets} == {
        (None, None)
    }
