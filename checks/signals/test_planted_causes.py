"""Planted causes are found by the signals, and most signals have a planted cause.

The rules are frozen in seeds/risk_signals.csv. The seeds of the long run are named when it
starts, in the environment variable CSW_SIGNAL_SEEDS (numbers with commas between).
"""

from __future__ import annotations

import os

import pytest

from checks.definitions.model_graph import ModelGraph
from checks.mutation.compiled_project import compile_project
from checks.signals.planted import (
    AS_OF,
    FOUND_BY,
    Episode,
    Measured,
    Share,
    add_precision,
    add_recall,
    measure,
)

SEEDS = [int(seed) for seed in os.environ.get("CSW_SIGNAL_SEEDS", "21,22,23,24,25").split(",")]
LEAST_RECALL = 0.9
LEAST_PRECISION = 0.5
LEAST_WITHOUT_A_SIGN = 0.3
MEASURED_SIGNALS = sorted(set().union(*FOUND_BY.values()))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> ModelGraph:
    """The project's models, ready to run."""
    return ModelGraph(compile_project(tmp_path_factory.mktemp("signals_project"), [{}]))


@pytest.fixture(scope="module")
def measured(graph: ModelGraph, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """Five companies of 400 accounts over two years."""
    return measure(graph, tmp_path_factory.mktemp("signals"), SEEDS, 400)


def test_a_small_company_s_planted_causes_are_found(
    graph: ModelGraph, tmp_path_factory: pytest.TempPathFactory
) -> None:
    small = measure(graph, tmp_path_factory.mktemp("small"), [21], 120)
    shares = [small.recall_of(cause) for cause in FOUND_BY]
    found, planted = (sum(one.found for one in shares), sum(one.of for one in shares))
    assert planted >= 10
    assert found >= LEAST_RECALL * planted
    right = sum(share.found for share in small.precision.values())
    assert right >= LEAST_PRECISION * sum(share.of for share in small.precision.values())


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("cause", FOUND_BY)
def test_a_planted_cause_is_found(measured: Measured, cause: str) -> None:
    recall = measured.recall_of(cause)
    assert recall.of >= 10
    assert float(recall) >= LEAST_RECALL, recall


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("signal", MEASURED_SIGNALS)
def test_most_spells_of_a_signal_have_a_planted_cause(measured: Measured, signal: str) -> None:
    precision = measured.precision[signal]
    assert precision.of >= 10
    assert float(precision) >= LEAST_PRECISION, precision


@pytest.mark.slow
@pytest.mark.long
def test_three_in_ten_accounts_leave_without_a_sign(measured: Measured) -> None:
    assert measured.no_sign.of >= 100
    assert float(measured.no_sign) >= LEAST_WITHOUT_A_SIGN, measured.no_sign


def episode(kind: str, start: str, end: str) -> Episode:
    """An episode of account a that does not heal."""
    return Episode("a", kind, False, AS_OF.fromisoformat(start), AS_OF.fromisoformat(end))


def spell(signal: str, opened: str, closed: str) -> dict[str, object]:
    """A spell of account a."""
    days = {"opened_on": AS_OF.fromisoformat(opened), "closed_on": AS_OF.fromisoformat(closed)}
    return {"account_id": "a", "signal": signal, **days}


def test_a_signal_finds_a_cause_when_it_opens_within_it() -> None:
    decline = episode("usage_decline", "2025-03-01", "2025-06-01")
    for opened, is_found in [("2025-02-28", 0), ("2025-03-01", 1), ("2025-06-01", 0)]:
        measured = Measured()
        add_recall(measured, [decline], {"a": [spell("login_drop", opened, "2025-07-01")]})
        assert measured.recall_of("usage_decline") == Share(is_found, 1)


def test_an_episode_that_has_just_begun_is_not_asked_for() -> None:
    measured = Measured()
    add_recall(measured, [episode("usage_decline", "2025-11-03", "2026-02-01")], {"a": []})
    assert measured.recall_of("usage_decline") == Share(0, 0)
    add_recall(measured, [episode("usage_decline", "2025-11-02", "2026-02-01")], {"a": []})
    assert measured.recall_of("usage_decline") == Share(0, 1)


def test_a_spell_is_right_when_it_overlaps_an_episode_of_its_cause() -> None:
    pain = episode("ticket_pain", "2025-03-01", "2025-06-01")
    champion = episode("champion_left", "2025-03-01", "2025-06-01")
    measured = Measured()
    for opened, closed in [("2025-02-01", "2025-03-01"), ("2025-02-01", "2025-03-02")]:
        add_precision(measured, spell("ticket_spike", opened, closed), [pain])
        add_precision(measured, spell("login_drop", opened, closed), [champion])
        add_precision(measured, spell("notice_given", opened, closed), [pain])
    assert dict(measured.precision) == {"ticket_spike": Share(1, 2), "login_drop": Share(1, 2)}
    assert measured.own_precision["login_drop"] == Share(0, 2)
