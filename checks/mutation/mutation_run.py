"""Try every mutant against the unit tests of its model and list which test noticed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import duckdb

from checks.mutation.compiled_project import CompiledProject, read_project
from checks.mutation.definition_models import DEFINITION_MODELS
from checks.mutation.equivalents import reason_of
from checks.mutation.mutants import Mutant, branch_mutants, definition_mutants, type_probe
from checks.mutation.sql_tokens import Case
from checks.mutation.unit_tests import Fixture, UnitTestBench
from pipeline.garbage import look_for_garbage_seldom

SURVIVED = "SURVIVED"


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: the test that noticed, `SURVIVED`, or why it changes nothing."""

    model: str
    kind: str
    place: str
    change: str
    noticed_by: str
    equivalent: str = ""


class TypeFinder:
    """The type of a case, as DuckDB sees it, found by running the model's unit tests."""

    def __init__(self, bench: UnitTestBench, fixtures: list[Fixture], sql: str) -> None:
        self._bench = bench
        self._fixtures = fixtures
        self._sql = sql

    def __call__(self, case: Case) -> str:
        """`BOOLEAN`, `DECIMAL(18,4)`, ...; empty when no test reaches the case."""
        probe = type_probe(self._sql, case)
        for fixture in self._fixtures:
            try:
                self._bench.connection.execute(self._bench.statement(fixture, probe)).fetchall()
            except duckdb.Error as error:
                found = re.search(r"type:([^\n]+)", str(error))
                if found:
                    return found.group(1).strip()
        return ""


def noticed_by(bench: UnitTestBench, fixtures: list[Fixture], mutant: Mutant) -> str:
    """The first unit test that fails on the mutant; `SURVIVED` when none does."""
    for fixture in fixtures:
        if bench.failure(fixture, mutant.sql):
            return fixture.test.name
    return SURVIVED


def mutants_of(
    bench: UnitTestBench, fixtures: list[Fixture], model: str, sql: str
) -> Iterator[Mutant]:
    """All mutants of one text of a model."""
    yield from branch_mutants(model, sql, TypeFinder(bench, fixtures, sql))
    if model in DEFINITION_MODELS:
        yield from definition_mutants(model, sql)


def outcomes_of(bench: UnitTestBench, model: str) -> list[Outcome]:
    """Each mutant of the model, over every set of vars its unit tests run under.

    A mutant counts once, by its place in the order of mutants, which the vars do not change: it is
    noticed when a test notices it under any set of vars. The test that noticed the mutant before is
    tried first, since neighbours are mostly noticed by the same.
    """
    fixtures = bench.fixtures.get(model, [])
    texts = dict.fromkeys([bench.project.sql["{}"][model], *map(bench.original, fixtures)])
    outcomes: list[Outcome] = []
    for sql in texts:
        mine = [fixture for fixture in fixtures if bench.original(fixture) == sql]
        tried = list(mine)
        for place, mutant in enumerate(mutants_of(bench, mine, model, sql)):
            if place < len(outcomes) and outcomes[place].noticed_by != SURVIVED:
                continue
            outcome = _tried(bench, tried, mutant)
            tried.sort(key=lambda fixture: fixture.test.name != outcome.noticed_by)
            if place == len(outcomes):
                outcomes.append(outcome)
            elif outcome.noticed_by != SURVIVED:
                outcomes[place] = outcome
    return outcomes


def _tried(bench: UnitTestBench, fixtures: list[Fixture], mutant: Mutant) -> Outcome:
    """The outcome of one mutant; one that DuckDB cannot bind is no statement and proves nothing."""
    try:
        return _outcome(mutant, noticed_by(bench, fixtures, mutant))
    except (duckdb.BinderException, duckdb.ParserException):
        reason = "no statement: it cannot be bound"
        return Outcome(mutant.model, mutant.kind, mutant.place, mutant.change, SURVIVED, reason)


def _outcome(mutant: Mutant, test: str) -> Outcome:
    """The outcome, with the reason when a mutant that survived is known to change nothing."""
    reason = reason_of(mutant) if test == SURVIVED else ""
    return Outcome(mutant.model, mutant.kind, mutant.place, mutant.change, test, reason)


def _part(work_dir: str, models: list[str]) -> list[Outcome]:
    """The outcomes of some models, in a process of their own."""
    look_for_garbage_seldom()
    bench = UnitTestBench(read_project(Path(work_dir)), set(models))
    return [outcome for model in models for outcome in outcomes_of(bench, model)]


def run_all(
    work_dir: Path, project: CompiledProject, processes: int = 2, models: Sequence[str] = ()
) -> list[Outcome]:
    """The outcomes of the models asked for, or of all, in model order, on so many processes."""
    sql = project.sql["{}"]
    tried = models or [name for name in project.order if sql[name]]
    by_size = sorted(tried, key=lambda name: -len(sql[name]))
    parts = [by_size[start::4] for start in range(4)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(_part, str(work_dir), part) for part in parts]
        outcomes = [outcome for future in futures for outcome in future.result()]
    return sorted(outcomes, key=lambda o: (o.model, o.kind))
