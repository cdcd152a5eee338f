"""One mapping of the YAML file, read key by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.mapping.schema_faults import shown
from pipeline.mapping.yaml_lines import Document, YamlPath


@dataclass(frozen=True)
class Section:
    """A place of a document that holds keys, or nothing; scalars come as they are written."""

    document: Document
    path: YamlPath

    @property
    def data(self) -> dict[str, Any]:
        """What is there; empty when the section is absent or empty."""
        found: Any = self.document.data
        for part in self.path:
            if isinstance(found, dict):
                found = found.get(part)
            elif isinstance(found, list) and isinstance(part, int):
                found = found[part]
            else:
                return {}
        return found if isinstance(found, dict) else {}

    @property
    def name(self) -> str:
        """The place as people write it."""
        return shown(self.path)

    @property
    def line(self) -> int:
        """Line of the section's key."""
        return self.document.line(self.path)

    def line_of(self, key: str) -> int:
        """Line of a key, of the section when it is absent."""
        return self.document.line((*self.path, key))

    @property
    def names(self) -> list[str]:
        """All keys, in order."""
        return list(self.data)

    def has(self, key: str) -> bool:
        """Whether the key is there, with or without a value."""
        return key in self.data

    def is_empty(self, key: str) -> bool:
        """Whether the key has no value."""
        return self.data.get(key) is None

    def section(self, key: str) -> Section:
        """The mapping under a key."""
        return Section(self.document, (*self.path, key))

    def several(self, key: str) -> list[Section]:
        """The mappings under a key that holds one or a list."""
        found = self.data.get(key)
        if isinstance(found, list):
            return [Section(self.document, (*self.path, key, n)) for n in range(len(found))]
        return [self.section(key)]

    def text(self, key: str) -> str | None:
        """A scalar as it is written, None when absent or empty."""
        return None if self.data.get(key) is None else self.document.texts.get((*self.path, key))

    def texts(self, key: str) -> tuple[str, ...]:
        """One scalar or a list of them, as written."""
        found = self.data.get(key)
        if isinstance(found, list):
            return tuple(self.document.texts[(*self.path, key, n)] for n in range(len(found)))
        text = self.text(key)
        return () if text is None else (text,)
