"""What each mart is expected to hold: generated from the manifest, and written in checks/gx.

Columns, types, not-null and grain follow from the dbt manifest. What dbt's tests do not say
(agreement between marts, ranges, drift against the build before) stands in `checks/gx/<mart>.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.options import ROOT
from pipeline.publish import MARTS_SCHEMA, is_mart, quote_name, relation_of

SUITES_FOLDER = ROOT / "checks" / "gx"


@dataclass(frozen=True)
class Expectation:
    """One expectation in this project's words.

    `kind` is columns, types, not_null, unique, between or rows. `arguments` are those of the kind.
    SQL names the marts alone, or as `published.marts.<name>` and `previous.marts.<name>`; where the
    engines have no common words for it, `rows` maps each engine to its own. A
    `warning` is reported and never fails a build. `needs_previous`: compares with the build before.
    """

    kind: str
    description: str
    arguments: dict[str, Any]
    is_warning: bool = False
    needs_previous: bool = False


def marts_of(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Name of its relation -> manifest node, of the models and seeds in the marts schema."""
    return {relation_of(node): node for node in manifest["nodes"].values() if is_mart(node)}


def is_view(node: dict[str, Any]) -> bool:
    """Whether a mart keeps no rows of its own: those it shows are checked where they are kept."""
    return bool(node["config"].get("materialized") == "view")


def generated_expectations(name: str, manifest: dict[str, Any]) -> list[Expectation]:
    """Columns, types, not-null and grain of one mart, as its YAML declares them.

    A view is checked for columns and types alone, which costs no scan of all that it can show.
    """
    node = marts_of(manifest)[name]
    columns = node["columns"]
    grain = node["config"].get("meta", {}).get("grain", [])
    expectations = [
        Expectation("columns", "The columns are those declared.", {"columns": list(columns)}),
        Expectation("types", "The types are those declared.", {"columns": declared_types(columns)}),
    ]
    if is_view(node):
        return expectations
    expectations += [
        Expectation("not_null", f"{column} is never null.", {"column": column})
        for column in sorted(_not_null_columns(node, manifest))
    ]
    if grain:
        text = f"One row per {', '.join(grain)}."
        expectations.append(Expectation("unique", text, {"columns": list(grain)}))
    return expectations


def declared_types(columns: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Column -> its type, of those that declare one."""
    return {
        column: facts["data_type"] for column, facts in columns.items() if facts.get("data_type")
    }


def _not_null_columns(node: dict[str, Any], manifest: dict[str, Any]) -> set[str]:
    """Columns that a not-null constraint or data test covers without a condition."""
    columns = {
        column
        for column, facts in node["columns"].items()
        if any(constraint["type"] == "not_null" for constraint in facts.get("constraints", []))
    }
    for test in manifest["nodes"].values():
        if test.get("attached_node") != node["unique_id"] or test["config"].get("where"):
            continue
        metadata = test.get("test_metadata") or {}
        if metadata.get("name") == "not_null":
            columns.add(test["column_name"])
        elif metadata.get("name") == "not_null_columns":
            columns.update(metadata["kwargs"]["column_names"])
    return columns


def suite_paths() -> dict[str, Path]:
    """Mart name -> its hand-written suite."""
    return {path.stem: path for path in sorted(SUITES_FOLDER.glob("*.yml"))}


def written_expectations(path: Path) -> Iterator[Expectation]:
    """The expectations of one hand-written suite; KeyError for an entry that lacks a part."""
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["expectations"]:
        kind = "between" if "between" in entry else "rows"
        if kind == "between":
            lowest, highest = entry["between"]
            arguments = {"column": entry["column"], "lowest": lowest, "highest": highest}
        else:
            arguments = {"rows": entry["rows"]}
        yield Expectation(
            kind,
            entry["description"],
            arguments,
            is_warning=entry.get("severity") == "warning",
            needs_previous=bool(entry.get("needs_previous")),
        )


def row_count_drift(name: str) -> Expectation:
    """A note when a mart lost over a tenth of its rows though the as-of date did not go back."""
    now, before = (f"{database}.{MARTS_SCHEMA}" for database in ("published", "previous"))
    table = quote_name(name)
    return Expectation(
        "rows",
        "Not more than a tenth of the rows of the build before are gone.",
        {
            "rows": f"""
                select before_rows, now_rows
                from (select count(*) as before_rows from {before}.{table}) as before_count
                cross join (select count(*) as now_rows from {now}.{table}) as now_count
                cross join (select as_of_date as before_as_of from {before}.build_info) as b
                cross join (select as_of_date as now_as_of from {now}.build_info) as n
                where now_rows < 0.9 * before_rows and now_as_of >= before_as_of
            """
        },
        is_warning=True,
        needs_previous=True,
    )
