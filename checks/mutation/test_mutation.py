"""Each branch of each case, and each bend of a definition, is noticed by a unit test."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.mutation.compiled_project import CompiledProject, compile_project
from checks.mutation.mutation_run import Outcome, run_all
from checks.mutation.results import RESULTS, as_markdown, survivors
from checks.mutation.unit_tests import UnitTestBench

pytestmark = pytest.mark.mutation


@pytest.fixture(scope="module")
def work_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutation")


@pytest.fixture(scope="module")
def project(work_dir: Path) -> CompiledProject:
    return compile_project(work_dir)


@pytest.fixture(scope="module")
def outcomes(work_dir: Path, project: CompiledProject) -> list[Outcome]:
    return run_all(work_dir, project)


def test_the_bench_agrees_with_dbt_on_the_unchanged_models(project: CompiledProject) -> None:
    bench = UnitTestBench(project)
    failures = {
        fixture.test.name: failure
        for fixtures in bench.fixtures.values()
        for fixture in fixtures
        if (failure := bench.failure(fixture, bench.original(fixture)))
    }
    assert len(project.unit_tests) > 0
    assert failures == {}


def test_every_mutant_is_noticed_by_a_unit_test(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        print(f"{outcome.model} | {outcome.place} | {outcome.change} | {outcome.noticed_by}")
    assert survivors(outcomes) == []


def test_the_committed_list_is_current(outcomes: list[Outcome]) -> None:
    assert RESULTS.read_text(encoding="utf-8") == as_markdown(outcomes), (
        "run `python -m checks.mutation` and commit RESULTS.md"
    )
