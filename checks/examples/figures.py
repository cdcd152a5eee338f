"""What tests of the worked examples look at."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from checks.built_warehouse import BuiltWarehouse
from pipeline.options import ROOT

EXAMPLES = ROOT / "examples"
# What is shown of each month: MRR at its end, what moved it, and the logos.
BRIDGE = (
    *("mrr_end", "new_mrr", "reactivation_mrr", "expansion_mrr", "contraction_mrr", "churn_mrr"),
    *("pause_mrr", "resume_mrr", "fx_mrr", "logos_end", "churned_logos"),
)
Bridge = dict[str, dict[str, Decimal]]


def bridge(built: BuiltWarehouse) -> Bridge:
    """By month (YYYY-MM) the figures of the bridge that are not 0."""
    rows = built.rows(f"select month, {', '.join(BRIDGE)} from kpi_retention_monthly order by 1")
    return {
        f"{row['month']:%Y-%m}": {name: Decimal(row[name]) for name in BRIDGE if row[name]}
        for row in rows
    }


def month(mrr_end: float, logos_end: int, **moved: float) -> dict[str, Decimal]:
    """What `bridge` gives for a month; `moved` without the ending `_mrr`."""
    figures: dict[str, float] = {"mrr_end": mrr_end, "logos_end": logos_end}
    for name, value in moved.items():
        figures[name if name == "churned_logos" else f"{name}_mrr"] = value
    return {name: Decimal(str(value)) for name, value in figures.items()}


def retention(built: BuiltWarehouse, month: str, months: int) -> dict[str, tuple[float, float]]:
    """Numerator and denominator of NRR, GRR and logo retention over a window up to a month."""
    rows = built.rows(
        "select metric, numerator, denominator from kpi_retention_methods"
        f" where method = 'point_to_point' and month = date '{month}-01'"
        f" and window_months = {months}"
    )
    return {row["metric"]: (float(row["numerator"]), float(row["denominator"])) for row in rows}


def table(built: BuiltWarehouse, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a query as tuples; decimals as floats, moments and days as text."""

    def plain(cell: Any) -> Any:
        if isinstance(cell, Decimal):
            return float(cell)
        return cell if cell is None or isinstance(cell, bool | int | float) else str(cell)

    return [tuple(plain(cell) for cell in row.values()) for row in built.rows(sql)]


def accounted(built: BuiltWarehouse, sources: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """By source: raw, staged, superseded, duplicate and quarantined rows."""
    rows = table(
        built,
        "select source, raw_rows, staged_rows, superseded_rows, duplicate_rows, quarantined_rows"
        " from quality_row_accounting",
    )
    return {row[0]: row[1:] for row in rows if row[0] in sources}
