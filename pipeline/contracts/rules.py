"""How a change of a contract is judged, beyond what datacontract-cli knows.

Its detector asks the rules in order. A change that lets through data which the former contract
ruled out *loosens* it and breaks readers; one that rules out more *tightens* it and breaks those
who deliver. What nobody can judge from the text alone is *undetermined*: a warning.
"""

from __future__ import annotations

import re
from typing import Any

from datacontract.breaking.rules import DEFAULT_RULES, BreakingChangeRule, RuleEvaluation
from datacontract.model.breaking import Direction
from datacontract.model.changelog import ChangelogEntry, ChangelogType

Tree = dict[str, Any]

_VALUE_ADDED = re.compile(r"^schema\.(\w+)\.properties\.(\w+)\.enum\..+\.value$")
_PROPERTY = re.compile(r"^schema\.(\w+)\.properties\.(\w+)$")
_GRAIN = re.compile(r"^schema\.\w+\.customProperties\.grain(\.value)?$")
_WORDS = re.compile(r"^schema\.\w+\.(properties\.\w+\.)?(description|classification)$")
_SERVICE = re.compile(r"^slaProperties\.\w+(\.\w+)?$")


def _property(tree: Tree, mart: str, column: str) -> Tree:
    """A column of a contract as the tool lays it out for comparing; empty when it is not there."""
    found = tree.get("schema", {}).get(mart, {}).get("properties", {}).get(column)
    return found if isinstance(found, dict) else {}


class GrainRule(BreakingChangeRule):
    """Another grain: sums and joins of readers count other rows."""

    rule_id = "grain-changed"

    def evaluate(self, entry: ChangelogEntry, before: Tree, after: Tree) -> RuleEvaluation | None:
        """Breaking for all."""
        if not _GRAIN.match(entry.path):
            return None
        return RuleEvaluation(self.rule_id, Direction.BOTH, "grain")


class MayGrowRule(BreakingChangeRule):
    """A further value of a column whose readers were told that its list may grow."""

    rule_id = "listed-values-grew"

    def evaluate(self, entry: ChangelogEntry, before: Tree, after: Tree) -> RuleEvaluation | None:
        """Compatible when the former contract said so already."""
        match = _VALUE_ADDED.match(entry.path)
        if not match or entry.type != ChangelogType.added:
            return None
        notes = _property(before, match[1], match[2]).get("customProperties", {})
        if not notes.get("valuesMayGrow", {}).get("value"):
            return None
        return RuleEvaluation(self.rule_id, Direction.UNTESTED, "values")


class OptionalColumnRule(BreakingChangeRule):
    """A column more that a raw file may lack: yesterday's files load as before."""

    rule_id = "optional-column-added"

    def evaluate(self, entry: ChangelogEntry, before: Tree, after: Tree) -> RuleEvaluation | None:
        """Compatible; a required one is left to the tool's own rule."""
        match = _PROPERTY.match(entry.path)
        if not match or entry.type != ChangelogType.added:
            return None
        if _property(after, match[1], match[2]).get("required"):
            return None
        return RuleEvaluation(self.rule_id, Direction.UNTESTED, "column")


class RemovedColumnRule(BreakingChangeRule):
    """A column that is not read any more: those who deliver it lose it unseen."""

    rule_id = "column-no-longer-read"

    def evaluate(self, entry: ChangelogEntry, before: Tree, after: Tree) -> RuleEvaluation | None:
        """Breaking for all."""
        if not _PROPERTY.match(entry.path) or entry.type != ChangelogType.removed:
            return None
        return RuleEvaluation(self.rule_id, Direction.BOTH, "column")


class WordsRule(BreakingChangeRule):
    """Another description or classification: only a person can say whether the meaning changed."""

    rule_id = "described-anew"

    def evaluate(self, entry: ChangelogEntry, before: Tree, after: Tree) -> RuleEvaluation | None:
        """A warning."""
        if not _WORDS.match(entry.path):
            return None
        return RuleEvaluation(self.rule_id, Direction.UNDETERMINED, entry.path.rsplit(".", 1)[1])


class ServiceRule(BreakingChangeRule):
    """What is promised of freshness, replacement and so on."""

    rule_id = "service-changed"

    def evaluate(self, entry: ChangelogEntry, before: Tree, after: Tree) -> RuleEvaluation | None:
        """A promise that is gone breaks; one in other words is a warning."""
        if not _SERVICE.match(entry.path):
            return None
        is_whole = entry.path.count(".") == 1
        if is_whole and entry.type == ChangelogType.removed:
            return RuleEvaluation(self.rule_id, Direction.BOTH, "service")
        if is_whole and entry.type == ChangelogType.added:
            return RuleEvaluation(self.rule_id, Direction.UNTESTED, "service")
        return RuleEvaluation(self.rule_id, Direction.UNDETERMINED, "service")


MART_RULES = (GrainRule(), MayGrowRule(), ServiceRule(), WordsRule(), *DEFAULT_RULES)
RAW_RULES = (OptionalColumnRule(), RemovedColumnRule(), WordsRule(), *DEFAULT_RULES)
