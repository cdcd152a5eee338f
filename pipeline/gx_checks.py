"""Runs Great Expectations on the file about to be published and writes Data Docs."""

from __future__ import annotations

import io
import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.gx_places import MartsFile, Place
from pipeline.gx_suites import (
    Expectation,
    generated_expectations,
    is_view,
    marts_of,
    row_count_drift,
    suite_paths,
    written_expectations,
)

os.environ["GX_ANALYTICS_ENABLED"] = "False"
_SHOWN_ROWS = 3


@dataclass
class GxReport:
    """How the expectations went; `failures` and `warnings` are sentences for the reader."""

    expectation_count: int = 0
    mart_count: int = 0
    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def run_checks(
    published: Path, previous: Path | None, manifest: dict[str, Any], data_docs: Path
) -> GxReport:
    """Check every mart of a file; `previous` is the file published before, None without one."""
    return check_marts(MartsFile(published, previous), manifest, data_docs)


def check_marts(place: Place, manifest: dict[str, Any], data_docs: Path) -> GxReport:
    """Check every mart of a place.

    Replaces the folder `data_docs`. An expectation that cannot be evaluated counts as failed.
    """
    plan = plan_suites(manifest, place.previous_marts())
    with _quiet():
        context = _context(data_docs)
        result = _run_checkpoint(context, place, plan)
        context.build_data_docs()
    return _report(plan, result)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep GX's remarks off the terminal: it prints one for each query that joins marts."""
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


def plan_suites(
    manifest: dict[str, Any], previous_marts: frozenset[str]
) -> dict[str, list[Expectation]]:
    """Mart -> its expectations; those that compare with the build before only if it has them.

    Raises FileNotFoundError for a written suite whose mart does not exist.
    """
    marts = marts_of(manifest)
    written = suite_paths()
    if strays := sorted(set(written) - set(marts)):
        raise FileNotFoundError(f"checks/gx has suites of marts that do not exist: {strays}")
    plan = {}
    for name in sorted(marts):
        expectations = generated_expectations(name, manifest)
        if name in written:
            expectations += written_expectations(written[name])
        if name != "build_info" and not is_view(marts[name]):
            expectations.append(row_count_drift(name))
        has_previous = {name, "build_info"} <= previous_marts
        plan[name] = [one for one in expectations if has_previous or not one.needs_previous]
    return plan


def _context(data_docs: Path) -> Any:
    """A context that lives in memory and writes its pages to `data_docs`."""
    import great_expectations as gx

    shutil.rmtree(data_docs, ignore_errors=True)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    for name in list(context.get_site_names()):
        context.delete_data_docs_site(name)
    context.add_data_docs_site(
        "published_marts",
        {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(data_docs),
            },
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        },
    )
    return context


def _run_checkpoint(context: Any, place: Place, plan: dict[str, list[Expectation]]) -> Any:
    """Validate every mart as one checkpoint; returns its result."""
    import great_expectations as gx

    source = place.data_source(context)
    definitions = []
    for name, expectations in plan.items():
        asset = source.add_table_asset(name, table_name=name)
        batch = asset.add_batch_definition_whole_table("all")
        natives = [_native(one, name, place) for one in expectations]
        suite = gx.ExpectationSuite(name, expectations=natives)
        definition = gx.ValidationDefinition(name=name, data=batch, suite=context.suites.add(suite))
        definitions.append(context.validation_definitions.add(definition))
    checkpoint = gx.Checkpoint(
        name="published_marts", validation_definitions=definitions, result_format="SUMMARY"
    )
    return context.checkpoints.add(checkpoint).run()


def _native(expectation: Expectation, mart: str, place: Place) -> Any:
    """The expectation of a mart as Great Expectations knows it."""
    import great_expectations.expectations as gxe

    arguments = expectation.arguments
    common = {
        "description": expectation.description,
        "severity": "warning" if expectation.is_warning else "critical",
    }
    if expectation.kind == "columns":
        return gxe.ExpectTableColumnsToMatchOrderedList(column_list=arguments["columns"], **common)
    if expectation.kind == "not_null":
        return gxe.ExpectColumnValuesToNotBeNull(column=arguments["column"], **common)
    if expectation.kind == "between":
        return gxe.ExpectColumnValuesToBeBetween(
            column=arguments["column"],
            min_value=arguments["lowest"],
            max_value=arguments["highest"],
            **common,
        )
    if expectation.kind in ("rows", "types"):
        if expectation.kind == "types":
            query = place.wrong_types_sql(mart, arguments["columns"])
        else:
            rows = arguments["rows"]
            query = place.localised(rows[place.engine] if isinstance(rows, dict) else rows)
        return gxe.UnexpectedRowsExpectation(unexpected_rows_query=query, **common)
    if len(arguments["columns"]) == 1:
        return gxe.ExpectColumnValuesToBeUnique(column=arguments["columns"][0], **common)
    return gxe.ExpectCompoundColumnsToBeUnique(column_list=arguments["columns"], **common)


def _report(plan: dict[str, list[Expectation]], result: Any) -> GxReport:
    """Put GX's result in sentences."""
    report = GxReport(sum(len(part) for part in plan.values()), len(plan))
    for run in result.run_results.values():
        for outcome in run.results:
            if outcome.success:
                continue
            config = outcome.expectation_config
            is_warning = str(getattr(config.severity, "value", config.severity)) == "warning"
            sentence = f"{run.suite_name}: {config.description} {_finding(outcome)}".strip()
            (report.warnings if is_warning else report.failures).append(sentence)
    return report


def _finding(outcome: Any) -> str:
    """What was found instead, with the first few offending rows or values."""
    for fault in (outcome.exception_info or {}).values():
        if isinstance(fault, dict) and fault.get("raised_exception"):
            message = str(fault.get("exception_message")).splitlines()[0]
            return f"Could not be evaluated: {message[:300]}"
    details = outcome.result or {}
    rows = (details.get("details") or {}).get("unexpected_rows")
    if rows:
        shown = "; ".join(
            ", ".join(f"{key}={value}" for key, value in row.items()) for row in rows[:_SHOWN_ROWS]
        )
        return f"Found {details.get('observed_value', len(rows))} rows: {shown}"
    if details.get("unexpected_count"):
        examples = details.get("partial_unexpected_list") or []
        return f"Found {details['unexpected_count']}, for example {examples[:_SHOWN_ROWS]}"
    return f"Found {details['observed_value']}" if "observed_value" in details else ""
