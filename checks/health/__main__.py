"""Print the tables of docs/health_proof.md: `python -m checks.health SEED ...`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from checks.health.companies import Companies
from checks.health.proof import MARTS, measure
from checks.health.tables import tables
from checks.mutation.compiled_project import compile_project

if __name__ == "__main__":
    with TemporaryDirectory() as name:
        companies = Companies(compile_project(Path(name) / "project", []), MARTS)
        print(tables(list(measure(companies, Path(name) / "raw", map(int, sys.argv[1:])))))
