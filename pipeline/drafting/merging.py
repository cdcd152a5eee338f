"""Adds proposed sources to a mapping that is there, leaving every line of it as it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

_WITHOUT = re.compile(r"^\s*#\s*without:\s*(\w+)", re.MULTILINE)


def left_out(text: str) -> set[str]:
    """Sources that a line `# without: name` keeps from being proposed."""
    return set(_WITHOUT.findall(text))


def indent_of(text: str) -> str:
    """Blanks before the sources of a mapping."""
    sources = _sources_of(text)
    return " " * (sources.start_mark.column if sources is not None else 2)


def with_sources(text: str, added: str) -> str | None:
    """The text with further sources below those it has; None where they cannot be put there,
    as in a mapping within braces."""
    sources = _sources_of(text)
    if sources is None or sources.flow_style or sources.start_mark.column == 0:
        return None
    lines = text.splitlines(keepends=True)
    last = _last_line(sources)
    while last + 1 < len(lines) and _is_remark_below(lines[last + 1], sources.start_mark.column):
        last += 1
    if lines and not lines[last].endswith(("\n", "\r")):
        lines[last] += "\n"
    merged = "".join([*lines[: last + 1], added, *lines[last + 1 :]])
    return merged if _keeps(text, merged) else None


def _sources_of(text: str) -> yaml.MappingNode | None:
    top = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(top, yaml.MappingNode):
        for key, value in top.value:
            if key.value == "sources" and isinstance(value, yaml.MappingNode):
                return value
    return None


def _last_line(node: yaml.Node) -> int:
    """The last line, from 0, that a node has something on."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        key, value = last if isinstance(last, tuple) else (last, last)
        return max(_last_line(key), _last_line(value))
    mark = node.end_mark
    is_whole = mark.column == 0 and mark.line > node.start_mark.line
    return mark.line - 1 if is_whole else mark.line


def _is_remark_below(line: str, column: int) -> bool:
    """Whether a line is a comment that belongs to a source, not to what follows it."""
    text = line.lstrip(" ")
    return text.startswith("#") and len(line) - len(text) > column


def _keeps(text: str, merged: str) -> bool:
    """Whether all that was said is still said."""
    try:
        before, after = (yaml.load(part, Loader=yaml.BaseLoader) for part in (text, merged))
    except yaml.YAMLError:
        return False
    kept: dict[str, Any] = {**after, "sources": dict(after["sources"])}
    for source in set(after["sources"]) - set(before["sources"]):
        del kept["sources"][source]
    return kept == before


def read_text(path: Path) -> str:
    """The text of a mapping, its byte order mark and line ends as they are."""
    return path.read_bytes().decode("utf-8")
