"""What the JSON schema has against a mapping, in sentences with lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from pipeline.mapping.nearest import did_you_mean
from pipeline.mapping.schema import mapping_schema
from pipeline.mapping.yaml_lines import Document, YamlPath

Fault = tuple[int, str]
_KINDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "empty",
}


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(mapping_schema())


def schema_faults(document: Document) -> list[Fault]:
    """Line and sentence of each fault, in order of lines."""
    found = {
        fault
        for error in _validator().iter_errors(document.data)
        for fault in _faults_of(error, document)
    }
    return sorted(found)


def shown(path: YamlPath) -> str:
    """A place in the mapping as people write it; empty for the whole of it."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")


def _faults_of(error: ValidationError, document: Document) -> Iterator[Fault]:
    path = tuple(error.absolute_path)
    where = f"`{shown(path)}`" if path else "the mapping"
    line = document.line(path)
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        for key in error.instance:
            if key not in known:
                said = f"{_unknown(path, key)}; {did_you_mean(key, known)}"
                yield document.line((*path, key)), said
    elif error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        yield line, f"{where} lacks `{missing[0]}`"
    elif error.validator == "type":
        yield line, f"{where} should be {_wanted(error.validator_value)}, not {_kind(error)}"
    elif error.validator == "enum":
        known = [str(value) for value in error.validator_value]
        given = document.texts.get(path, "")
        yield line, f"{where}: `{given}` is not one of {', '.join(known)}"
    elif error.validator in ("minItems", "minProperties"):
        yield line, f"{where} is empty"
    else:
        yield line, f"{where}: {error.message[:200]}"


def _unknown(path: YamlPath, key: str) -> str:
    """What is said of a key that does not belong at this place."""
    if path == ("sources",):
        return f"unknown source `{key}`"
    if path and path[-1] == "columns":
        return f"{path[1]} has no column `{key}`"
    return f"unknown key `{key}`" + (f" in `{shown(path)}`" if path else "")


def _wanted(types: str | list[str]) -> str:
    """The types a place may have, in words; of texts, numbers and booleans texts alone."""
    listed = [types] if isinstance(types, str) else list(types)
    if "string" in listed:
        listed = [kind for kind in listed if kind not in ("number", "boolean")]
    return " or ".join(_KINDS[kind] for kind in listed)


def _kind(error: ValidationError) -> str:
    """The type of what is there, in words."""
    value: Any = error.instance
    if value is None:
        return "empty"
    for python, kind in ((bool, "boolean"), (dict, "object"), (list, "array"), (str, "string")):
        if isinstance(value, python):
            return _KINDS[kind]
    return "a number"
