"""The marts' contracts as ODCS documents, generated from the marts' YAML.

`python -m pipeline.contracts.documents` writes `contracts/marts/<mart>.odcs.yaml`; with `--check`
it only compares, and exits 1 when a file differs, is missing or is left over.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import yaml

from pipeline.contracts.published_marts import Column, Mart, published_marts, questions
from pipeline.failure import BuildFailure
from pipeline.options import ROOT

FOLDER = ROOT / "contracts" / "marts"
# The version in which a column can be marked as deprecated and list its values.
STANDARD = "v3.2.0"
_NOTE = "Generated from the mart's YAML by `make format`; change that."
_LOGICAL_TYPES = {
    "varchar": "string",
    "integer": "integer",
    "bigint": "integer",
    "decimal": "number",
    "double precision": "number",
    "date": "date",
    "boolean": "boolean",
    "timestamp": "timestamp",
}
_LIMITATIONS = (
    "Holds what was known at the end of build_info.as_of_date and nothing later. Internal accounts "
    "and users are flagged or left out, and in no figure."
)
_USAGE = (
    "Read-only, from schema marts of the published file or server. Name the columns: further ones "
    "may be added at any place."
)
_SERVICE = [
    {
        "property": "freshness",
        "value": "build_info.as_of_date",
        "description": (
            "State at the end of that day: the one asked for, or the last in the raw data. What "
            "came in later is in the next build."
        ),
    },
    {
        "property": "frequency",
        "value": "every build",
        "description": (
            "Made anew by each build that passed all tests and checks; one that failed leaves the "
            "published marts as they were."
        ),
    },
    {
        "property": "availability",
        "value": "replaced atomically",
        "description": (
            "All marts are replaced in one step. Who has the former ones open goes on reading "
            "them, and nobody sees a mixture of two builds."
        ),
    },
    {
        "property": "rollback",
        "value": "one build",
        "description": "The marts published before these come back with `make rollback`.",
    },
]


class _Dumper(yaml.SafeDumper):
    """YAML with list items indented under their key, and texts of several lines as they read."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists as well as mappings."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Write a part that occurs twice in full both times."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Node of a text; of several lines it keeps them."""
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def document_of(mart: Mart) -> dict[str, Any]:
    """The contract of a mart."""
    purpose = questions().get(mart.model or mart.name, mart.description.splitlines()[0])
    last = f" Deprecated: promised until {mart.last_date}." if mart.last_date else ""
    return {
        "apiVersion": STANDARD,
        "kind": "DataContract",
        "id": f"mart-{mart.name}",
        "name": mart.name,
        "version": f"{mart.version}.0.0",
        "status": "deprecated" if mart.last_date else "active",
        "domain": "customer-success",
        "dataProduct": "customer-success-warehouse",
        "tags": ["mart", mart.subject],
        "description": {
            "purpose": purpose + last,
            "limitations": _LIMITATIONS,
            "usage": _USAGE,
        },
        "team": {
            "name": mart.owner["name"],
            "description": f"dbt group {mart.group}.",
            "members": [
                {"username": mart.owner["email"], "name": mart.owner["name"], "role": "owner"}
            ],
        },
        "schema": [_schema(mart)],
        "slaProperties": [*_SERVICE, *_last_service(mart)],
    }


def _last_service(mart: Mart) -> list[dict[str, Any]]:
    """Until when a deprecated version is there."""
    if not mart.last_date:
        return []
    text = "Last day on which this version is sure to be published."
    return [{"property": "endOfSupport", "value": mart.last_date, "description": text}]


def _schema(mart: Mart) -> dict[str, Any]:
    """The one schema object of a contract."""
    schema: dict[str, Any] = {
        "name": mart.name,
        "logicalType": "object",
        "physicalType": "view" if mart.is_view else "table",
        "description": mart.description,
        "dataGranularityDescription": f"One row per {', '.join(mart.grain)}.",
        "customProperties": [{"property": "grain", "value": ", ".join(mart.grain)}],
    }
    if mart.last_date:
        schema["deprecated"] = True
    if not mart.has_key and mart.grain:
        schema["quality"] = [
            {
                "id": "one_row_per_grain",
                "name": "one_row_per_grain",
                "description": f"No two rows have the same {', '.join(mart.grain)}.",
                "metric": "duplicateValues",
                "arguments": {"properties": list(mart.grain)},
                "mustBe": 0,
            }
        ]
    schema["properties"] = [_property(mart, column) for column in mart.columns]
    return schema


def _property(mart: Mart, column: Column) -> dict[str, Any]:
    """One column; what is not promised is left out."""
    kind = column.type.partition("(")[0].strip()
    if kind not in _LOGICAL_TYPES:
        raise BuildFailure(f"{mart.name}.{column.name}: no logical type is known for {kind}.")
    found: dict[str, Any] = {
        "name": column.name,
        "description": column.description + _deprecation(column),
        "logicalType": _LOGICAL_TYPES[kind],
        "physicalType": column.type,
        "classification": column.classification,
    }
    if column.is_required:
        found["required"] = True
    is_key = mart.has_key and column.name in mart.grain
    if is_key:
        found |= {"primaryKey": True, "primaryKeyPosition": mart.grain.index(column.name) + 1}
    if column.is_unique and not (is_key and len(mart.grain) == 1):
        found["unique"] = True
    limits = {"minimum": column.minimum, "maximum": column.maximum}
    if options := {name: limit for name, limit in limits.items() if limit is not None}:
        found["logicalTypeOptions"] = options
    if column.values:
        found["enum"] = [{"value": value} for value in column.values]
    if column.references:
        found["relationships"] = [
            {"type": "foreignKey", "to": target} for target in column.references
        ]
    if column.deprecated:
        found["deprecated"] = True
    if notes := _notes(column):
        found["customProperties"] = notes
    return found


def _deprecation(column: Column) -> str:
    """The sentence that tells readers of a column's end."""
    if not column.deprecated:
        return ""
    use = f" Use `{column.deprecated['use']}`." if "use" in column.deprecated else ""
    return f" Deprecated: promised until {column.deprecated['until']}.{use}"


def _notes(column: Column) -> list[dict[str, Any]]:
    """What the standard has no word for."""
    notes: list[dict[str, Any]] = []
    if column.values_may_grow:
        notes.append({"property": "valuesMayGrow", "value": True})
    if column.deprecated:
        notes.append({"property": "deprecatedUntil", "value": str(column.deprecated["until"])})
    if "use" in column.deprecated:
        notes.append({"property": "useInstead", "value": column.deprecated["use"]})
    return notes


def generated_files() -> dict[Path, str]:
    """Text of every contract by path."""
    return {FOLDER / f"{mart.name}.odcs.yaml": text_of(mart) for mart in published_marts()}


def text_of(mart: Mart) -> str:
    """A contract as it stands in its file."""
    body = yaml.dump(
        document_of(mart), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100
    )
    return f"# {_NOTE}\n{body}"


def differences() -> list[str]:
    """One sentence per contract that differs, is missing or is left over; [] when current."""
    wanted = generated_files()
    problems = []
    for path, text in wanted.items():
        name = path.relative_to(ROOT)
        if not path.is_file():
            problems.append(f"{name} is missing")
        elif path.read_text(encoding="utf-8") != text:
            problems.append(f"{name} differs from the mart's YAML")
    left_over = set(FOLDER.glob("*.odcs.yaml")) - set(wanted)
    return problems + [f"{path.relative_to(ROOT)} has no mart" for path in sorted(left_over)]


def write() -> None:
    """Write all contracts; those of marts that are gone are removed."""
    wanted = generated_files()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in set(FOLDER.glob("*.odcs.yaml")) - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8", newline="\n")


def main(arguments: list[str] | None = None) -> int:
    """Write the contracts, or with `--check` compare them; returns the exit code."""
    parser = argparse.ArgumentParser(description="Generate the contracts of the marts.")
    parser.add_argument("--check", action="store_true", help="only compare; exit 1 on a difference")
    check = parser.parse_args(arguments).check
    try:
        problems = differences() if check else write() or []
    except BuildFailure as failure:
        problems = [str(failure)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
