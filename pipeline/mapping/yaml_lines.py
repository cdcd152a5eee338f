"""YAML read with the line of every key and the text of every scalar as it is written.

A value map has keys such as `Yes`, `01` or `true`; YAML's own types would change them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

YamlPath = tuple[str | int, ...]
# An alias is expanded where it stands; a file of a few lines can ask for billions of nodes.
_MOST_NODES = 100_000
_DEEPEST = 30
_NULLS = {"", "~", "null", "Null", "NULL"}
_TRUE, _FALSE = {"true", "True", "TRUE"}, {"false", "False", "FALSE"}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")


class YamlError(ValueError):
    """The file is no YAML that can be used; `line` from 1, None where there is none to name."""

    def __init__(self, message: str, line: int | None = None) -> None:
        self.line = line
        super().__init__(message)


@dataclass
class Document:
    """`data` has the types of YAML 1.2 with keys as text; lines and texts are by path.

    The line of an entry is that of its key.
    """

    data: Any = None
    lines: dict[YamlPath, int] = field(default_factory=dict)
    texts: dict[YamlPath, str] = field(default_factory=dict)

    def line(self, path: YamlPath) -> int:
        """Line of an entry, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(path: Path) -> Document:
    """Read one file; YamlError when it is none that can be used, OSError when it is not there."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise YamlError("the file is not UTF-8 text; save it as UTF-8", line) from error
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(str(error.problem or error.context or "it cannot be read").split())
        raise YamlError(f"not valid YAML: {said}", mark.line + 1 if mark else None) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise YamlError(f"not valid YAML: {' '.join(str(error).split())[:200]}") from error
    if node is None:
        raise YamlError("the file is empty", 1)
    document = Document()
    document.data = _Reading(document).value(node, ())
    return document


class _Reading:
    """One walk through the nodes."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._node_count = 0

    def value(self, node: yaml.Node, path: YamlPath) -> Any:
        """Data of a node, noting its lines and texts on the way."""
        line = node.start_mark.line + 1
        self._node_count += 1
        if self._node_count > _MOST_NODES or len(path) > _DEEPEST:
            raise YamlError("the file repeats itself by aliases without end", line)
        self._document.lines.setdefault(path, line)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, place)) for place, item in enumerate(node.value)]
        self._document.texts[path] = node.value
        return _typed(node)

    def _mapping(self, node: yaml.MappingNode, path: YamlPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlError("a key is a list or a mapping; it should be a text", line)
            key = key_node.value
            if key in found:
                first = self._document.lines[(*path, key)]
                raise YamlError(_repeated(path, key, first), line)
            self._document.lines[(*path, key)] = line
            found[key] = self.value(value_node, (*path, key))
        return found


def _repeated(path: YamlPath, key: str, first: int) -> str:
    """What is said of a key that stands twice."""
    if "columns" in path:
        return f"two columns for one target: `{key}` is mapped on line {first} already"
    return f"the key `{key}` stands twice, first on line {first}"


def _typed(node: yaml.ScalarNode) -> Any:
    """A scalar in the type that YAML 1.2 gives it; text where it is quoted."""
    text = node.value
    if node.style is not None:
        return text
    if text in _NULLS:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) < 300 else text
    return float(text) if _NUMBER.fullmatch(text) else text
