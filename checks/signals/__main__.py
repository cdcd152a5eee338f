"""Print the tables of docs/signals.md: `python -m checks.signals SEED ...`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from checks.definitions.model_graph import ModelGraph
from checks.mutation.compiled_project import compile_project
from checks.signals.planted import measure, table

if __name__ == "__main__":
    with TemporaryDirectory() as name:
        graph = ModelGraph(compile_project(Path(name) / "project", [{}]))
        print(table(measure(graph, Path(name) / "raw", map(int, sys.argv[1:]), 400)))
