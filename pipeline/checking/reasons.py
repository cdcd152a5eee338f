"""Quarantine reasons for readers: what each means, and which cells a row's fault can be seen in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.raw_contracts import RawColumn, RawContract

WORDS = {
    "bad_type": "a cell cannot be read as its type",
    "bad_value": "a cell is outside the values that there are",
    "end_before_start": "the end is before the start",
    "future_event": "it happens after the last day known (counted, not an error)",
    "invalid_discount": "the discount is not a share from 0 to 1",
    "invalid_quantity": "the quantity is below 0",
    "malformed_line": "the line does not split into the header's columns",
    "missing_key": "the key is empty",
    "missing_required": "a required cell is empty",
    "negative_amount": "the amount is below 0",
    "no_fx_rate": (
        "no exchange rate of this currency is there: give fx_rates, or name your own currency by "
        'VARS=\'{"reporting_currency": "EUR"}\''
    ),
    "open_ended_term": "billed once per term, but the term has no end",
    "orphan_account": "no account of this id passes",
    "orphan_user": "no user of this id passes",
    "response_before_created": "the first response is before the ticket",
    "score_out_of_range": "the score is outside its scale",
    "solved_before_created": "solved or closed before it was created",
}
# Cells to be shown where the fault is of the row, not of a cell: reason -> source or `*`.
_ROW_CELLS: dict[str, dict[str, tuple[str, ...]]] = {
    "bad_value": {
        "contracts": (
            *("interval_count", "billing_interval", "start_date", "end_date", "paused_from"),
            *("paused_until", "unit_price", "quantity"),
        ),
        "fx_rates": ("rate",),
    },
    "end_before_start": {"*": ("end_date", "start_date")},
    "invalid_discount": {"*": ("discount_pct",)},
    "invalid_quantity": {"*": ("quantity",)},
    "negative_amount": {"contracts": ("unit_price",), "opportunities": ("amount",)},
    "no_fx_rate": {"*": ("currency",)},
    "open_ended_term": {"*": ("billing_interval", "end_date")},
    "orphan_account": {"*": ("account_id",)},
    "orphan_user": {"*": ("user_id",)},
    "response_before_created": {"*": ("first_response_at", "created_at")},
    "score_out_of_range": {
        "surveys": ("kind", "score"),
        "tickets": ("csat_score",),
        "touchpoints": ("sentiment",),
    },
    "solved_before_created": {"*": ("solved_at", "closed_at", "created_at")},
}


def shown_columns(
    reason: str, contract: RawContract, faulty: Sequence[str], cells: Mapping[str, str | None]
) -> list[str]:
    """Contract columns in which a row's reason shows; `faulty` are those the models name."""
    by_name = {column.name: column for column in contract.columns}
    of_cells = [
        name for name in faulty if _kind(by_name[name], (cells.get(name) or "").strip()) == reason
    ]
    if of_cells:
        return of_cells
    if reason == "future_event":
        return [contract.event_time_column] if contract.event_time_column else []
    of_row = _ROW_CELLS.get(reason, {})
    names = of_row.get(contract.source, of_row.get("*", ()))
    return [name for name in names if name in by_name]


def _kind(column: RawColumn, text: str) -> str:
    """The reason that a faulty cell gives its row."""
    if not text:
        is_row_key = column.is_key and column.name != "updated_at"
        return "missing_key" if is_row_key else "missing_required"
    return "bad_value" if column.accepted_values else "bad_type"
