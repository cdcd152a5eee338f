"""The summary as text for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from pipeline.console import WIDTH
from pipeline.summary import Summary

_ENDS = ("raw", "staged", "superseded", "duplicate", "quarantined")
# Column of a KPI mart -> (words, form); a form is money, count, or share.
_WORDS = {
    "mrr_end": ("MRR", "money"),
    "arr": ("ARR", "money"),
    "logos_end": ("Logos", "count"),
    "new_logos": ("New logos", "count"),
    "churned_logos": ("Churned logos", "count"),
    "logo_churn_rate": ("Logo churn", "share"),
    "nrr_12m": ("NRR 12 months", "share"),
    "grr_12m": ("GRR 12 months", "share"),
    "logo_retention_12m": ("Logos kept 12 m", "share"),
    "active_accounts": ("Active accounts", "count"),
    "mau": ("Active users 28 d", "count"),
    "login_rate": ("Login rate", "share"),
    "accounts_without_login": ("Without a login", "count"),
    "tickets_created": ("Tickets created", "count"),
    "backlog": ("Backlog", "count"),
    "csat": ("CSAT", "share"),
}


def summary_lines(summary: Summary) -> Iterator[str]:
    """The whole summary, none of its lines wider than the terminal."""
    yield "=" * WIDTH
    yield f"Build {summary.status}, as of {summary.as_of_date or 'no date'}"
    if summary.build_id:
        yield f"Build id {summary.build_id}"
    if summary.increment:
        yield from wrap(summary.increment, WIDTH)
    yield from _accounting(summary)
    yield from _headline(summary)
    yield from _checks(summary)
    yield from _times(summary)
    if summary.notes:
        yield from ("", "Notes")
        for note in summary.notes:
            yield from _wrapped(note)
    if summary.outputs:
        yield from ("", "Outputs")
        for name, path in summary.outputs.items():
            yield f"  {name:<12} {path}"
    yield "=" * WIDTH


def _wrapped(text: str) -> list[str]:
    """A list entry with its continuation lines indented."""
    return wrap(
        text,
        WIDTH,
        initial_indent="  - ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _accounting(summary: Summary) -> Iterator[str]:
    """Rows in and out per source, then the quarantined ones by reason."""
    if not summary.rows:
        return
    yield ""
    yield f"{'Rows':<18}" + "".join(f"{end:>12}" for end in _ENDS)
    totals = dict.fromkeys(_ENDS, 0)
    for row in summary.rows:
        counts = {end: row[f"{end}_rows"] or 0 for end in _ENDS}
        totals = {end: totals[end] + counts[end] for end in _ENDS}
        yield f"{row['source']:<18}" + "".join(f"{counts[end]:>12,}" for end in _ENDS)
    yield f"{'total':<18}" + "".join(f"{totals[end]:>12,}" for end in _ENDS)
    if summary.not_connected:
        yield from wrap(f"Not connected: {', '.join(summary.not_connected)}", WIDTH)
    if summary.counts.get("backfilled_rows"):
        yield f"Backfilled (the earliest version stands in): {summary.counts['backfilled_rows']:,}"
    if summary.counts.get("in_place_edits"):
        yield f"Contract versions that edit a started line: {summary.counts['in_place_edits']:,}"
    if summary.reasons:
        yield from ("", "Quarantined by reason (a row can bear several)")
        for reason in sorted({row["reason"] for row in summary.reasons}):
            parts = [row for row in summary.reasons if row["reason"] == reason]
            total = sum(row["rows"] for row in parts)
            by_source = ", ".join(f"{row['source']} {row['rows']:,}" for row in parts)
            yield from wrap(
                f"  {reason:<24}{total:>9,}   {by_source}", WIDTH, subsequent_indent=" " * 38
            )


def _headline(summary: Summary) -> Iterator[str]:
    """The KPIs in two columns, or why there are none."""
    if summary.empty_because:
        yield ""
        yield from wrap(f"The marts hold no month: {summary.empty_because}", WIDTH)
        return
    if not summary.headline:
        return
    yield from ("", f"Headline, {summary.headline_month} ({summary.headline_basis})")
    cells = [
        f"  {_WORDS[name][0]:<18}{_figure(value, _WORDS[name][1], summary.reporting_currency):>18}"
        for name, value in summary.headline.items()
    ]
    half = (len(cells) + 1) // 2
    for number in range(half):
        right = cells[number + half] if number + half < len(cells) else ""
        yield f"{cells[number]}{right}".rstrip()


def _figure(value: Any, form: str, currency: str) -> str:
    """A figure in its unit; a dash where there is none."""
    if value is None:
        return "-"
    if form == "money":
        return f"{value:,.0f} {currency}"
    return f"{value:.1%}" if form == "share" else f"{value:,.0f}"


def _checks(summary: Summary) -> Iterator[str]:
    """How much was checked."""
    if summary.tests:
        yield ""
        yield "Checked: " + ", ".join(f"{count:,} {name}" for name, count in summary.tests.items())


def _times(summary: Summary) -> Iterator[str]:
    """Seconds per step."""
    if not summary.seconds:
        return
    yield from ("", "Time")
    for title, seconds in summary.seconds.items():
        yield f"  {title:<60}{seconds:>10.1f} s"
    yield f"  {'total':<60}{sum(summary.seconds.values()):>10.1f} s"
