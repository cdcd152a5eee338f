"""A small mart, changed in one thing at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.contracts.published_marts import Column, Mart

PATH = "contracts/marts/fct_visit.odcs.yaml"
VISITS = Mart(
    name="fct_visit",
    version=1,
    description="One row per account and day of a visit.",
    subject="core",
    group="sales",
    owner={"name": "Sales", "email": "sales@example.com"},
    grain=("account_id", "visit_date"),
    is_view=False,
    columns=(
        Column("account_id", "varchar", "Who was visited.", is_required=True),
        Column("visit_date", "date", "Day of the visit.", is_required=True),
        Column("visit_id", "varchar", "Which visit.", is_unique=True),
        Column("mood", "varchar", "How it went.", values=("good", "bad")),
        Column("topic", "varchar", "Of what.", values=("price",), values_may_grow=True),
        Column("hours", "double precision", "How long.", minimum=0, maximum=24, is_required=True),
        Column("visitor_count", "integer", "How many came.", references=("dim_day.visitors",)),
        Column("owner", "varchar", "Who went.", classification="personal"),
    ),
)


def with_column(changed: str, /, **facts: Any) -> Mart:
    """The mart with one column changed."""
    columns = tuple(replace(c, **facts) if c.name == changed else c for c in VISITS.columns)
    return replace(VISITS, columns=columns)


def without_column(name: str) -> Mart:
    """The mart with one column less."""
    return replace(VISITS, columns=tuple(c for c in VISITS.columns if c.name != name))


NEXT = replace(without_column("mood"), version=2)
