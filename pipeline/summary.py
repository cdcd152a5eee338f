"""The figures of a build for its reader: rows per source and end, reasons, headline KPIs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipeline.publish import MARTS_SCHEMA, attached

_HEADLINES = {
    "kpi_retention_monthly": (
        *("mrr_end", "arr", "logos_end", "new_logos", "churned_logos", "logo_churn_rate"),
        *("nrr_12m", "grr_12m", "logo_retention_12m"),
    ),
    "kpi_adoption_monthly": ("active_accounts", "mau", "login_rate", "accounts_without_login"),
    "kpi_support_monthly": ("tickets_created", "backlog", "csat"),
}


@dataclass
class Summary:
    """Everything the summary shows; also what `summary.json` holds.

    `headline_basis` says which month the KPIs are of and why; `empty_because` is set when the marts
    hold no month at all; `increment` says what was made anew.
    """

    status: str = "failed"
    build_id: str | None = None
    increment: str = ""
    as_of_date: str | None = None
    reporting_currency: str = "USD"
    rows: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[dict[str, Any]] = field(default_factory=list)
    not_connected: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    headline_month: str | None = None
    headline_basis: str = ""
    headline: dict[str, Any] = field(default_factory=dict)
    empty_because: str | None = None
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tests: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write as JSON; decimals are written as text, so that no digit is lost."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False, default=_plain)
        path.write_text(text + "\n", encoding="utf-8")


def _plain(value: Any) -> Any:
    """JSON form of what json does not know."""
    return str(value) if isinstance(value, Decimal) else value.isoformat()


def fill_from_warehouse(summary: Summary, warehouse: Path) -> None:
    """Read what the build file holds; where the build stopped early, parts stay empty."""
    if not warehouse.exists():
        return
    try:
        with attached(build=warehouse) as connection:
            connection.execute(f"use build.{MARTS_SCHEMA}")
            _fill(summary, connection)
    except duckdb.Error:
        # A build that stopped early has no marts schema, or half a file.
        return


def _fill(summary: Summary, connection: duckdb.DuckDBPyConnection) -> None:
    """Each part on its own, in the order in which a build makes them."""
    as_of = _rows(connection, "select as_of_date from build.intermediate.int_as_of")
    if as_of and as_of[0]["as_of_date"]:
        summary.as_of_date = as_of[0]["as_of_date"].isoformat()
    summary.rows = _rows(
        connection,
        "select source, raw_rows, staged_rows, superseded_rows, duplicate_rows, quarantined_rows"
        " from quality_row_accounting order by source",
    )
    summary.reasons = _rows(
        connection,
        "select reason, source, count(*) as rows from ("
        " select source, unnest(string_split(reasons, ',')) as reason from quality_quarantine"
        ") group by all order by reason, source",
    )
    summary.not_connected = [
        row["source"]
        for row in _rows(
            connection,
            "select source from build.raw.source_status where not is_connected order by source",
        )
    ]
    summary.counts = _counts(connection)
    _fill_headline(summary, connection)


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows whose earliest version stands in, and contract versions that edit a started line."""
    backfilled = _rows(
        connection, "select sum(backfilled_rows) as rows from quality_row_accounting"
    )
    edited = _rows(
        connection,
        "select count(*) as rows from build.intermediate.int_contract_versions"
        " where is_in_place_edit",
    )
    return {
        name: int(found[0]["rows"] or 0)
        for name, found in {"backfilled_rows": backfilled, "in_place_edits": edited}.items()
        if found
    }


def _fill_headline(summary: Summary, connection: duckdb.DuckDBPyConnection) -> None:
    """The KPIs of the last final month, or the nearest thing to it."""
    sql = "select month, is_final, is_complete from kpi_retention_monthly order by month desc"
    try:
        connection.execute(sql)
    except duckdb.CatalogException:
        return
    months = _rows(connection, sql)
    if not months:
        summary.empty_because = why_empty(summary, connection)
        return
    final = [row["month"] for row in months if row["is_final"]]
    complete = [row["month"] for row in months if row["is_complete"]]
    if final:
        month, summary.headline_basis = final[0], "the last final month"
    elif complete:
        month, summary.headline_basis = complete[0], "complete, churn may still come in"
    else:
        month, summary.headline_basis = months[0]["month"], "not complete yet"
    summary.headline_month = month.isoformat()[:7]
    for mart, columns in _HEADLINES.items():
        found = _rows(
            connection, f"select {', '.join(columns)} from {mart} where month = ?", [month]
        )
        summary.headline |= found[0] if found else {}


def why_empty(summary: Summary, connection: duckdb.DuckDBPyConnection) -> str:
    """Why there is no month: one sentence for the terminal, the JSON and the dashboard."""
    staged = {row["source"]: row["staged_rows"] for row in summary.rows}
    if not staged.get("accounts"):
        return "no account passed the checks of its rows."
    if not staged.get("contracts"):
        return "no contract line passed the checks of its rows, or none was known yet."
    first = _rows(
        connection,
        "select min(start_date) as first_start from build.intermediate.int_contract_versions"
        " where line_type = 'recurring'",
    )
    start = first[0]["first_start"] if first else None
    if start is None:
        return "there is no recurring contract line."
    if summary.as_of_date and start.isoformat() > summary.as_of_date:
        return f"the first recurring contract line starts on {start}, after {summary.as_of_date}."
    return "no account that is not internal has a recurring contract line in force."


def _rows(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[Any] | None = None
) -> list[dict[str, Any]]:
    """Rows as dicts; none when a table is not there."""
    try:
        result = connection.execute(sql, parameters or [])
    except duckdb.CatalogException:
        return []
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def fill_from_marts(summary: Summary, published: Path) -> None:
    """Read which build a published file holds."""
    with attached(published=published) as connection:
        for row in _rows(
            connection, f"select build_id, as_of_date from published.{MARTS_SCHEMA}.build_info"
        ):
            summary.build_id, summary.as_of_date = row["build_id"], str(row["as_of_date"])
