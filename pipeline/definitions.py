"""What each term means and where that is written, read from dbt's manifest and DECISIONS.md.

A model names the terms it owns in `config.meta`: `defines` lists them, `definition_columns` says
which column of the model shows each, `definition_decisions` under which heading of DECISIONS.md
the choice is explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

Manifest = dict[str, Any]
Node = dict[str, Any]

_TITLE = re.compile(r"\*\*(.+?)\*\*")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
# Subjects in the order in which one builds on the other; further ones follow by name.
_SUBJECTS = ("revenue", "churn", "retention", "renewals", "engagement", "support", "health")


@dataclass(frozen=True)
class WorkedCase:
    """A case worked out by hand; all texts are Markdown."""

    what: str
    given: tuple[str, ...]
    expected: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Term:
    """One term, with all that is known of it; `text` and `decision_text` are Markdown."""

    name: str
    title: str
    subject: str
    text: str
    model: str
    model_id: str
    path: str
    grain: str
    sql: str
    column: str | None
    column_text: str
    unit_tests: tuple[str, ...]
    other_unit_tests: tuple[str, ...]
    data_tests: tuple[str, ...]
    integrity_tests: tuple[str, ...]
    decision: str | None
    decision_text: str
    cases: tuple[WorkedCase, ...] = field(default=())

    @property
    def words(self) -> str:
        """The term as it is said."""
        return self.name.replace("_", " ")


def decisions_by_heading(text: str) -> dict[str, str]:
    """Heading of DECISIONS.md -> the text below it."""
    _, *parts = _HEADING.split(text)
    return {
        heading.strip(): body.strip() for heading, body in zip(parts[::2], parts[1::2], strict=True)
    }


def terms(
    manifest: Manifest, decisions: dict[str, str], cases: dict[str, list[WorkedCase]]
) -> list[Term]:
    """All terms that the models define, by subject, then in the order of their docs blocks."""
    found = [
        _term(manifest, node, name, decisions, cases.get(name, []))
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        for name in node["config"]["meta"].get("defines", [])
    ]
    files: dict[str, tuple[str, int]] = {
        doc["name"]: (doc["original_file_path"], place)
        for place, doc in enumerate(manifest["docs"].values())
    }
    nowhere = ("", -1)
    return sorted(
        found, key=lambda term: (_subject_order(term.subject), files.get(term.name, nowhere))
    )


def _subject_order(subject: str) -> tuple[int, str]:
    """Place of a subject on the page."""
    known = _SUBJECTS.index(subject) if subject in _SUBJECTS else len(_SUBJECTS)
    return known, subject


def _term(
    manifest: Manifest,
    node: Node,
    name: str,
    decisions: dict[str, str],
    cases: list[WorkedCase],
) -> Term:
    """One term of a model; what is not written anywhere is left empty."""
    meta = node["config"]["meta"]
    text = _block(manifest, name)
    column = meta.get("definition_columns", {}).get(name)
    decision = meta.get("definition_decisions", {}).get(name)
    title = _TITLE.search(text)
    about, others = _unit_tests(manifest, node["name"], name, len(meta["defines"]) == 1)
    return Term(
        name=name,
        title=title[1] if title else name.replace("_", " "),
        subject=PurePosixPath(node["original_file_path"]).parent.name,
        text=text,
        model=node["name"],
        model_id=node["unique_id"],
        path=node["original_file_path"],
        grain=", ".join(meta.get("grain", [])),
        sql=node["raw_code"].strip(),
        column=column,
        column_text=node["columns"].get(column, {}).get("description", "") if column else "",
        unit_tests=tuple(about),
        other_unit_tests=tuple(others),
        data_tests=tuple(_data_tests(manifest, node["unique_id"])),
        integrity_tests=tuple(_integrity_tests(manifest, node["unique_id"])),
        decision=decision,
        decision_text=decisions.get(decision, "") if decision else "",
        cases=tuple(cases),
    )


def _block(manifest: Manifest, name: str) -> str:
    """Text of the docs block of a term."""
    blocks = (doc for doc in manifest["docs"].values() if doc["name"] == name)
    return next((doc["block_contents"].strip() for doc in blocks), "")


def _unit_tests(
    manifest: Manifest, model: str, term: str, is_alone: bool
) -> tuple[list[str], list[str]]:
    """The unit tests of a model as sentences: those about the term, and the others.

    All are about the term when the model owns no other one.
    """
    names = sorted(
        test["name"] for test in manifest["unit_tests"].values() if test["model"] == model
    )
    stem = term[:-1] if term.endswith(("e", "y")) else term
    about = [name for name in names if is_alone or f"_{stem}" in f"_{name}"]
    return (
        [sentence(name) for name in about],
        [sentence(name) for name in names if name not in about],
    )


def sentence(name: str) -> str:
    """A name of words and underscores as a sentence."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _tests(manifest: Manifest) -> Iterator[Node]:
    """All data tests, by name."""
    nodes = manifest["nodes"].values()
    yield from sorted(
        (node for node in nodes if node["resource_type"] == "test"), key=lambda node: node["name"]
    )


def _integrity_tests(manifest: Manifest, model_id: str) -> Iterator[str]:
    """What must hold between this model and others, in the words of each such test."""
    for test in _tests(manifest):
        if not test.get("test_metadata") and model_id in test["depends_on"]["nodes"]:
            yield test.get("description") or sentence(test["name"])


def _data_tests(manifest: Manifest, model_id: str) -> Iterator[str]:
    """What must hold for the rows and columns of this model, in words."""
    for test in _tests(manifest):
        if test.get("test_metadata") and test.get("attached_node") == model_id:
            yield _in_words(test)


def _in_words(test: Node) -> str:
    """One generic test in words (Markdown)."""
    arguments = test["test_metadata"]["kwargs"]
    column = f"`{arguments.get('column_name')}`"
    columns = _listed(arguments.get("column_names", []))
    match test["test_metadata"]["name"]:
        case "unique":
            return f"{column} is unique"
        case "not_null":
            return f"{column} is never null"
        case "accepted_values":
            return f"{column} is one of {_listed(arguments['values'])}"
        case "relationships":
            target = str(arguments["to"]).replace('"', "'").split("'")[1]
            return f"{column} is a `{arguments['field']}` of `{target}`"
        case "unique_combination":
            return f"One row per {columns}"
        case "not_null_columns":
            return f"Never null: {columns}"
        case "values_in_range":
            return f"{_range(arguments)}: {columns}"
    return test.get("description") or sentence(test["name"])


def _listed(names: Iterable[Any]) -> str:
    """Names as a list in a sentence."""
    return ", ".join(f"`{name}`" for name in names)


def _range(arguments: dict[str, Any]) -> str:
    """The ends of a range in words."""
    low, high = arguments.get("min_value"), arguments.get("max_value")
    if low is None or high is None:
        return f"At most {high}" if low is None else f"At least {low}"
    return f"From {low} to {high}"
