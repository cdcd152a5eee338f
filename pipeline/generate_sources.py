"""Generate what dbt needs to know of the raw contracts.

Writes the source files `models/staging/raw/_raw__*.yml`, the macro `raw_columns` and the JSON
schema of `mapping.yml`.
`python -m pipeline.generate_sources` writes them; with `--check` it only compares, and exits 1
when a file differs, is missing or is left over.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import yaml

from pipeline.mapping.schema import schema_text
from pipeline.raw_contracts import READ_ONCE, RawColumn, RawContract, load_contracts

PROJECT_DIR = Path(__file__).resolve().parent.parent
SOURCES_DIR = PROJECT_DIR / "models" / "staging" / "raw"
MACRO_FILE = PROJECT_DIR / "macros" / "raw_columns.sql"
SCHEMA_FILE = PROJECT_DIR / "pipeline" / "mapping" / "schema.json"

_NOTE = "Generated from contracts/raw by `python -m pipeline.generate_sources`; change those."
_SOURCE_DESCRIPTION = (
    "Raw files as landed: a view for each source, with every column of its contract, "
    "and what the raw layer found in the files."
)
# On a server `raw` may be the user's own; what the models read stands beside it.
_SCHEMA = "{{ 'landing' if target.type == 'postgres' else 'raw' }}"
_LINEAGE_COLUMNS = {
    "_file": "Path of the file the row was read from, relative to the raw folder.",
    "_row_number": (
        "Place of the row in its file, from 1; the header and blank lines are not counted, "
        "lines that do not split into the header's columns are."
    ),
    "_loaded_at": "Moment a server-side loader wrote the row; empty for rows read from files.",
    "_raw_row": "All cells of the row as text under the header's names, unknown columns too.",
}
_SOURCE_NAME = "Name of the raw source, as in its contract."
_TECHNICAL_TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "malformed_lines": (
        "One row per CSV record that does not split into the header's columns.",
        {
            "source": _SOURCE_NAME,
            "_file": _LINEAGE_COLUMNS["_file"],
            "_row_number": _LINEAGE_COLUMNS["_row_number"],
            "line_text": "The record as it stands in the file; unreadable bytes show as U+FFFD.",
        },
    ),
    "source_files": (
        "One row per raw file that was read.",
        {
            "source": _SOURCE_NAME,
            "_file": _LINEAGE_COLUMNS["_file"],
            "file_format": "csv or parquet.",
            "row_count": "Rows of the file that can be read, without malformed lines.",
            "malformed_count": "Records that do not split into the header's columns.",
            "unknown_columns": "Columns of the file that no contract names, sorted, comma-joined.",
            "missing_columns": "Optional columns the file lacks, sorted, comma-joined.",
        },
    ),
    "source_status": (
        "One row per source of the contracts.",
        {
            "source": _SOURCE_NAME,
            "is_connected": "True when the raw folder holds at least one file of the source.",
        },
    ),
    "build_request": (
        "One row: what was asked for when the raw files were landed.",
        {
            "build_id": "Identifier of the build, the same in every table that names one.",
            "built_at": "Moment the build began, UTC.",
            "project_version": "Version of the project that made the build.",
            "git_commit": "Commit of the project that made the build; empty outside a clone.",
        },
    ),
}


class _IndentedDumper(yaml.SafeDumper):
    """YAML with list items indented under their key, as the hand-written files have them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists as well as mappings."""
        super().increase_indent(flow, False)


def _column_entry(column: RawColumn) -> dict[str, Any]:
    """dbt's entry of one contract column."""
    return {
        "name": column.name,
        "description": column.description,
        "config": {"meta": {"classification": column.classification}},
    }


def _plain_columns(columns: dict[str, str]) -> list[dict[str, Any]]:
    """dbt's entries of columns that stand in no contract."""
    return [{"name": name, "description": text} for name, text in columns.items()]


def _yaml_of(tables: list[dict[str, Any]]) -> str:
    """Text of one source file; each holds a part of the tables of the source `raw`."""
    source = {
        "name": "raw",
        "description": _SOURCE_DESCRIPTION,
        "schema": _SCHEMA,
        "tables": tables,
    }
    body = yaml.dump(
        {"sources": [source]},
        Dumper=_IndentedDumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
    )
    return f"# {_NOTE}\n{body}"


def _source_table(contract: RawContract) -> dict[str, Any]:
    """dbt's entry of one source's view."""
    meta: dict[str, Any] = {"grain": contract.grain, "is_required": contract.is_required}
    if contract.event_time_column:
        meta["event_time_column"] = contract.event_time_column
    columns = [_column_entry(column) for column in contract.columns]
    return {
        "name": contract.source,
        "description": f"{contract.grain} {contract.description}",
        "config": {"meta": meta},
        "columns": columns + _plain_columns(_LINEAGE_COLUMNS),
    }


def _new_rows_table(contract: RawContract) -> dict[str, Any]:
    """dbt's entry of the rows of a source that no published build has read."""
    columns = {column.name: column.description for column in contract.columns}
    return {
        "name": f"new_{contract.source}",
        "description": (
            f"{contract.grain} Those in files that no published build has taken; "
            "in a full refresh all of them."
        ),
        "columns": _plain_columns(columns | _LINEAGE_COLUMNS),
    }


def _source_files() -> dict[Path, str]:
    """Text of every dbt source file by path."""
    files = {
        SOURCES_DIR / f"_raw__{contract.source}__sources.yml": _yaml_of([_source_table(contract)])
        for contract in load_contracts().values()
    }
    technical = [
        {"name": name, "description": description, "columns": _plain_columns(columns)}
        for name, (description, columns) in _TECHNICAL_TABLES.items()
    ]
    technical += [_new_rows_table(load_contracts()[source]) for source in READ_ONCE]
    files[SOURCES_DIR / "_raw__sources.yml"] = _yaml_of(technical)
    return files


def _macro_entry(column: RawColumn) -> str:
    """One line of the macro: a Jinja dict of a column."""
    values = ", ".join(f"'{value}'" for value in column.accepted_values)
    return (
        f"            {{'name': '{column.name}', 'type': '{column.type}', "
        f"'is_required': {str(column.is_required).lower()}, "
        f"'is_key': {str(column.is_key).lower()}, 'accepted_values': [{values}]}},"
    )


def _macro_text() -> str:
    """Text of the macro `raw_columns`."""
    lines = [
        f"{{# {_NOTE} #}}",
        "{% macro raw_columns(source) %}",
        "    {% set columns_of_source = {",
    ]
    for contract in load_contracts().values():
        lines.append(f"        '{contract.source}': [")
        lines.extend(_macro_entry(column) for column in contract.columns)
        lines.append("        ],")
    lines += ["    } %}", "    {{ return(columns_of_source[source]) }}", "{% endmacro %}"]
    return "\n".join(lines) + "\n"


def generated_files() -> dict[Path, str]:
    """Text of every generated file by path."""
    return {**_source_files(), MACRO_FILE: _macro_text(), SCHEMA_FILE: schema_text()}


def differences() -> list[str]:
    """One sentence per generated file that differs, is missing or is left over; [] when current."""
    wanted = generated_files()
    problems = []
    for path, text in wanted.items():
        name = path.relative_to(PROJECT_DIR)
        if not path.is_file():
            problems.append(f"{name} is missing")
        elif path.read_text(encoding="utf-8") != text:
            problems.append(f"{name} differs from the contracts")
    left_over = set(SOURCES_DIR.glob("_raw__*sources.yml")) - set(wanted)
    problems += [f"{path.relative_to(PROJECT_DIR)} has no contract" for path in sorted(left_over)]
    return problems


def main(arguments: list[str] | None = None) -> int:
    """Write the generated files, or with `--check` compare them; returns the exit code."""
    parser = argparse.ArgumentParser(description="Generate dbt sources from the raw contracts.")
    parser.add_argument("--check", action="store_true", help="only compare; exit 1 on a difference")
    if parser.parse_args(arguments).check:
        problems = differences()
        for problem in problems:
            print(problem, file=sys.stderr)
        return 1 if problems else 0
    for path, text in generated_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
