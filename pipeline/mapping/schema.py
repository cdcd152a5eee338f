"""The JSON schema of mapping.yml, made from the raw contracts so that editors know each column.

`python -m pipeline.generate_sources` writes it to schema.json beside this file.
"""

from __future__ import annotations

import json
from typing import Any

from pipeline.raw_contracts import RawContract, load_contracts

UNIX_UNITS = {"seconds": 1, "milliseconds": 1_000, "microseconds": 1_000_000}
_MOST_ZEROS = 9

_Schema = dict[str, Any]


def _text(description: str, **more: Any) -> _Schema:
    """A text; YAML takes some texts for numbers or booleans."""
    return {"type": ["string", "number", "boolean"], "description": description, **more}


def _texts(description: str) -> _Schema:
    """One text or a list of them."""
    item = {"type": ["string", "number", "boolean"]}
    return {
        "type": ["string", "number", "boolean", "array"],
        "items": item,
        "minItems": 1,
        "description": description,
    }


def _reference(name: str) -> _Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(description: str, properties: _Schema, **more: Any) -> _Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "additionalProperties": False,
        **more,
    }


_DIALECT = {
    "encoding": _text("Encoding of the CSV files, such as cp932; by default found out."),
    "delimiter": _text("One character between cells, or `tab`; by default a comma."),
    "quote": _text("One character around cells, or `none`; by default a double quote."),
    "skip_lines": {
        "type": "integer",
        "minimum": 0,
        "description": "Lines before the header, such as the title of a report.",
    },
}
_MARKS = {
    "decimal_mark": _text("One character before the fraction; by default a point."),
    "thousands_mark": _text("One character between groups of three digits; by default none."),
    "time_zone": _text("Time zone of times without an offset, such as Asia/Tokyo; by default UTC."),
}
_READING = {
    **_MARKS,
    "date_format": _texts("strptime format of date columns, or several; by default ISO 8601."),
    "timestamp_format": _texts("The same for timestamp columns."),
}
_ORIGIN = {
    "file": _texts("File, folder or pattern below RAW, or several."),
    "file_type": {
        "enum": ["csv", "parquet"],
        "description": "What the files are where their ending does not say so.",
    },
    "table": _object(
        "A table or view of the PostgreSQL server that the PG* variables name.",
        {
            "database": _text("Database; by default PGDATABASE."),
            "schema": _text("Schema; by default public."),
            "identifier": _text("Name of the table or view."),
        },
        required=["identifier"],
    ),
}
_LEVEL = {**_ORIGIN, **_DIALECT, **_READING}
_COLUMN = {
    "column": _text("Column of the file."),
    "columns": {
        "type": "array",
        "items": {"type": ["string", "number", "boolean"]},
        "minItems": 2,
        "description": "Columns of the file whose cells are joined; empty when one of them is.",
    },
    "join": _text("Text between the joined cells; by default none."),
    "value": _text("The same cell for each row."),
    "values": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
        "description": "Cells of the file and what they become; any other stays as it is written.",
    },
    "format": _texts("strptime format of a date or timestamp, or several."),
    "unix": {"enum": list(UNIX_UNITS), "description": "The cell counts these since 1970, in UTC."},
    "inclusive": {
        "type": "boolean",
        "description": "The date is the last day covered, so the period ends the day after.",
    },
    **_MARKS,
    "divide_by": {
        "enum": [10**zeros for zeros in range(1, _MOST_ZEROS + 1)],
        "description": "Divide exactly by this power of ten: 100 for cents or a percentage.",
    },
    "strip": _texts("Texts to be taken off the ends of the cell, such as a currency sign."),
    "prefix": _text("Text put before the cell."),
    "suffix": _text("Text put after the cell."),
}
_CONDITION = _object(
    "Rows are kept whose cell is one of those listed, or is none of them.",
    {
        "column": _text("Column of the file."),
        "is": _texts("Cells that are kept; an empty text stands for an empty cell."),
        "is_not": _texts("Cells that are left out."),
    },
    required=["column"],
)


def _one_or_several(name: str, description: str) -> _Schema:
    """An object of a definition, or a list of such."""
    return {
        "description": description,
        "if": {"type": "array"},
        "then": {"items": _reference(name), "minItems": 1},
        "else": _reference(name),
    }


_COLUMN_ENTRY = {
    "description": "A column of the file, a description of the cells, or nothing.",
    "if": {"type": "object"},
    "then": _reference("column"),
    "else": {"type": ["string", "number", "boolean", "null"]},
}


def _references(properties: _Schema) -> _Schema:
    """The properties by reference to the definitions that bear their names."""
    return {name: _reference(name) for name in properties}


def _source(contract: RawContract) -> _Schema:
    """One way into a source."""
    columns = {
        column.name: {"description": column.description, **_reference("column_entry")}
        for column in contract.columns
    }
    return _object(
        contract.grain,
        {
            "from": _text("Name under `shared`, in place of a file or table."),
            **_references(_LEVEL),
            "columns": _object("Contract column: column of the file.", columns),
            "filter": _one_or_several("condition", "Conditions that all have to hold."),
            "confirmed": {
                "type": "boolean",
                "description": "False until somebody has looked at what `make map` guessed.",
            },
        },
    )


def mapping_schema() -> _Schema:
    """The schema as a JSON object."""
    contracts = load_contracts()
    shared = _object("What several sources read.", _references(_LEVEL))
    definitions = {
        **_LEVEL,
        "column_entry": _COLUMN_ENTRY,
        "column": _object("How the cells of a column are made.", _COLUMN),
        "condition": _CONDITION,
        "shared": shared,
        **{f"source_{name}": _source(contract) for name, contract in contracts.items()},
    }
    sources = {
        name: _one_or_several(f"source_{name}", contract.description)
        for name, contract in contracts.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mapping.yml of the customer success warehouse",
        **_object(
            "Reads exports under other headers and in other forms as the raw contracts ask.",
            {
                "defaults": _object("For all sources.", _references({**_DIALECT, **_READING})),
                "shared": {
                    "type": "object",
                    "description": "Files or tables that several sources read, by name.",
                    "additionalProperties": _reference("shared"),
                },
                "sources": _object("What is read as which source.", sources, minProperties=1),
            },
            required=["sources"],
        ),
        "$defs": definitions,
    }


def schema_text() -> str:
    """Text of the schema file."""
    return json.dumps(mapping_schema(), indent=2, ensure_ascii=False) + "\n"
