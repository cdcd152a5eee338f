"""Compares two sets of contracts and says which changes break whom.

One principle: a contract is a set of promises. Of the marts, a change that takes a promise back
breaks readers. Of the raw files, a change that asks for more breaks those who deliver them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import yaml

from pipeline.contracts.wording import sentence
from pipeline.failure import BuildFailure

Document = dict[str, Any]

_RAW = "contracts/raw/"


class Verdict(Enum):
    """How bad a change is. `excused`: breaking, with a new version and announced."""

    BREAKING = "breaking"
    EXCUSED = "excused"
    READ = "read"
    COMPATIBLE = "compatible"


@dataclass(frozen=True)
class Change:
    """One change of one contract, in words."""

    contract: str
    verdict: Verdict
    text: str


def parsed(texts: Mapping[str, str]) -> dict[str, Document]:
    """Path -> document; BuildFailure for a text that is no contract."""
    documents = {}
    for path, text in texts.items():
        try:
            document = yaml.load(text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f", line {mark.line + 1}" if mark else ""
            raise BuildFailure(f"{path}{place}: not valid YAML.") from error
        if not isinstance(document, dict) or not document.get("schema"):
            raise BuildFailure(f"{path}: not a contract, it has no schema.")
        documents[path] = document
    return documents


def changes(
    before: Mapping[str, str], after: Mapping[str, str], announced: Iterable[str] = ()
) -> list[Change]:
    """All changes from one set of contracts (path -> YAML text) to another, the worst first.

    `announced` are the names that the changelog calls breaking since `before`.
    """
    old, new = parsed(before), parsed(after)
    names = set(announced)
    found = []
    for path in sorted(old.keys() | new.keys()):
        if old.get(path) == new.get(path):
            continue
        judged = _changes_of(path, old.get(path), new.get(path))
        excused = _is_excused(path, old.get(path), new.get(path), names)
        found += [_excused(change) if excused else change for change in judged]
    order = list(Verdict)
    return sorted(found, key=lambda change: (order.index(change.verdict), change.contract))


def _excused(change: Change) -> Change:
    """The same change, allowed."""
    if change.verdict is not Verdict.BREAKING:
        return change
    return replace(change, verdict=Verdict.EXCUSED)


def _is_excused(path: str, old: Document | None, new: Document | None, announced: set[str]) -> bool:
    """Whether breaking changes of a contract may pass.

    They are in the changelog as breaking, and readers have somewhere to stay: the contract has a
    new major version, or what is gone was announced as deprecated.
    """
    if old is None or name_of(path) not in announced:
        return False
    if new is None:
        return old.get("status") == "deprecated"
    return _major(new) > _major(old)


def name_of(path: str) -> str:
    """What a contract is called in messages and in the changelog."""
    return path.rsplit("/", 1)[-1].removesuffix(".odcs.yaml")


def _major(document: Document) -> int:
    """First part of a contract's version."""
    match = re.match(r"\d+", str(document.get("version", "0")))
    return int(match[0]) if match else 0


def _changes_of(path: str, old: Document | None, new: Document | None) -> Iterator[Change]:
    """The changes of one contract."""
    name, is_raw = name_of(path), path.startswith(_RAW)
    what = "source" if is_raw else "mart"
    if old is None:
        yield Change(name, Verdict.COMPATIBLE, f"new {what}")
        return
    if new is None:
        yield Change(name, Verdict.BREAKING, f"the {what} is gone")
        return
    from datacontract.model.breaking import BreakingChangeLevel

    verdicts = {
        BreakingChangeLevel.ERROR: Verdict.BREAKING,
        BreakingChangeLevel.WARNING: Verdict.READ,
        BreakingChangeLevel.INFO: Verdict.COMPATIBLE,
    }
    entries = _judged(old, new, is_raw)
    paths = {entry.path for entry in entries}
    for entry in entries:
        owner, _, last = entry.path.rpartition(".")
        # What is inside something new or gone has no direction of its own, and a change of the
        # column's type in the engine says all that its kind would.
        if entry.direction is None or (last == "logicalType" and f"{owner}.physicalType" in paths):
            continue
        verdict = verdicts[entry.level]
        text = sentence(entry) or (None if verdict is Verdict.COMPATIBLE else entry.message)
        if text is not None:
            yield Change(name, verdict, text)


def _judged(old: Document, new: Document, is_raw: bool) -> list[Any]:
    """What datacontract-cli says of two documents, by its rules and ours."""
    from datacontract.breaking.detector import BreakingChangeDetector
    from datacontract.data_contract import DataContract
    from datacontract.model.breaking import Perspective
    from open_data_contract_standard.model import OpenDataContractStandard

    from pipeline.contracts.rules import MART_RULES, RAW_RULES

    sides = [
        DataContract(
            data_contract=OpenDataContractStandard(**(_strict(side) if is_raw else side)),
            inline_references=False,
        )
        for side in (old, new)
    ]
    result = sides[0].breaking(
        sides[1],
        BreakingChangeDetector(RAW_RULES if is_raw else MART_RULES),
        perspective=Perspective.PRODUCER if is_raw else Perspective.CONSUMER,
    )
    return result.entries


def _strict(part: Any) -> Any:
    """A raw contract without severities: a rule that only sets rows aside is asked for too."""
    if isinstance(part, dict):
        return {key: _strict(value) for key, value in part.items() if key != "severity"}
    return [_strict(value) for value in part] if isinstance(part, list) else part
