"""Run the mutation lane and write its list: `python -m checks.mutation [MODEL ...]`.

With names of models only those are tried, and the list stays as it is.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from checks.mutation.compiled_project import compile_project
from checks.mutation.mutation_run import run_all
from checks.mutation.results import RESULTS, as_markdown, survivors


def main(models: list[str]) -> int:
    """Write RESULTS.md and name the survivors; 1 when there are any."""
    with tempfile.TemporaryDirectory() as folder:
        outcomes = run_all(Path(folder), compile_project(Path(folder)), models=models)
    if not models:
        RESULTS.write_text(as_markdown(outcomes), encoding="utf-8")
    for outcome in survivors(outcomes):
        print(f"{outcome.model}: {outcome.place}: {outcome.change}")
    print(f"{len(outcomes)} mutants, {len(survivors(outcomes))} survived; see {RESULTS.name}")
    return 1 if survivors(outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
