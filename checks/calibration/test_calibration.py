"""Weights fitted on the past: what is found, what is not used, and what is left alone."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from calibration.__main__ import main
from calibration.command import fit
from calibration.forward import Fold, forward_folds, judge
from calibration.observations import HORIZON_DAYS, Observations, read_observations
from calibration.weights import auc, fit_weights, scores_of
from checks.calibration.planted import (
    AS_OF,
    COMPONENTS,
    DRIVER,
    GRACE_DAYS,
    REVERSED,
    planted,
    write_build,
)
from pipeline.failure import BuildFailure
from pipeline.options import ROOT, Options


@pytest.fixture(scope="module")
def observed() -> Observations:
    """A past of 240 accounts."""
    return planted()


@pytest.fixture(scope="module")
def judged(observed: Observations) -> list[Fold]:
    """How it is judged."""
    return judge(observed)


def weights_by_name(weights: np.ndarray) -> dict[str, float]:
    """Weight of each component."""
    return dict(zip(COMPONENTS, weights.tolist(), strict=True))


def messages(capsys: pytest.CaptureFixture[str]) -> str:
    """What was said on standard error, in one line."""
    return " ".join(capsys.readouterr().err.split())


def test_the_planted_driver_has_the_largest_weight(observed: Observations) -> None:
    weights = weights_by_name(fit(observed).weights)
    assert max(weights, key=lambda name: weights[name]) == DRIVER
    assert weights[DRIVER] > 0.5
    assert sum(weights.values()) == pytest.approx(1)


def test_a_component_that_points_the_other_way_is_left_out(observed: Observations) -> None:
    found = fit_weights(observed, 30.0)
    weights = weights_by_name(found)
    assert weights[REVERSED] == 0
    assert min(weights.values()) == 0
    kept = replace(
        observed,
        components=tuple(np.array(observed.components)[found > 0]),
        scores=observed.scores[:, found > 0],
    )
    assert fit_weights(kept, 30.0) == pytest.approx(found[found > 0], abs=1e-9)


def test_weights_are_those_of_a_regression_on_points_lost_when_none_is_negative() -> None:
    from sklearn.linear_model import LogisticRegression

    observed = planted(3)
    driver, turned = (observed.scores[:, COMPONENTS.index(name)] for name in (DRIVER, REVERSED))
    narrow = replace(
        observed, components=("a", "b"), scores=np.column_stack([driver, 100 - turned])
    )
    narrow = narrow.only(~np.isnan(narrow.scores).any(axis=1))
    regression = LogisticRegression(C=30 / len(narrow.churned) * 100, tol=1e-10)
    slope = regression.fit((100 - narrow.scores) / 100, narrow.churned).coef_[0]
    assert (slope > 0).all()
    assert fit_weights(narrow, 30.0) == pytest.approx(slope / slope.sum(), abs=1e-5)


@pytest.mark.parametrize("unknown_of_churned", [True, False])
def test_not_knowing_says_nothing(observed: Observations, unknown_of_churned: bool) -> None:
    place = COMPONENTS.index("contact_gap")
    scores = observed.scores.copy()
    scores[:, place] = np.where(observed.churned == unknown_of_churned, np.nan, 40.0)
    weights = weights_by_name(fit_weights(replace(observed, scores=scores), 30.0))
    assert weights["contact_gap"] == 0


def test_a_component_that_is_never_known_has_no_weight(observed: Observations) -> None:
    scores = observed.scores.copy()
    scores[:, COMPONENTS.index(DRIVER)] = np.nan
    weights = weights_by_name(fit_weights(replace(observed, scores=scores), 30.0))
    assert weights[DRIVER] == 0


def test_a_score_is_the_weighted_mean_of_what_is_known(observed: Observations) -> None:
    three = replace(
        observed.only(np.array([0, 1, 2])),
        components=("a", "b"),
        scores=np.array([[100.0, 0.0], [np.nan, 40.0], [np.nan, np.nan]]),
    )
    found = scores_of(three, np.array([0.75, 0.25]))
    assert found[:2].tolist() == [75.0, 40.0]
    assert np.isnan(found[2])
    assert np.isnan(scores_of(three, np.array([1.0, 0.0]))[1])


def test_auc_asks_whether_stayers_are_safer() -> None:
    churned = np.array([True, False, False])
    assert auc(np.array([1.0, 2.0, 3.0]), churned) == 1
    assert auc(np.array([2.0, 2.0, 1.0]), churned) == 0.25
    assert np.isnan(auc(np.array([1.0]), np.array([True])))


def test_training_ends_where_outcomes_are_not_known_yet(observed: Observations) -> None:
    folds = forward_folds(observed)
    assert len(folds) == 4
    for train, test in folds:
        last = observed.dates[train].max().item()
        first = observed.dates[test].min().item()
        assert last + timedelta(days=HORIZON_DAYS + GRACE_DAYS) <= first
        assert last + timedelta(days=HORIZON_DAYS + GRACE_DAYS + 7) > first


def test_a_leak_in_later_dates_changes_no_earlier_block(
    observed: Observations, judged: list[Fold]
) -> None:
    leaked_from = np.datetime64(judged[-1].first, "D")
    later = observed.dates >= leaked_from
    scores = observed.scores.copy()
    scores[later, 0] = np.where(observed.churned[later], 0, 100)
    after = judge(replace(observed, scores=scores))
    assert after[:-1] == judged[:-1]
    assert after[-1].strength == judged[-1].strength


def test_outcomes_that_were_not_known_when_a_block_began_do_not_move_its_weights(
    observed: Observations, judged: list[Fold]
) -> None:
    first = np.datetime64(judged[-1].first, "D")
    known = observed.dates + np.timedelta64(HORIZON_DAYS + GRACE_DAYS, "D")
    unknown = (known > first) & (observed.dates < first)
    after = judge(replace(observed, churned=np.where(unknown, ~observed.churned, observed.churned)))
    assert unknown.any()
    assert after[-1] == judged[-1]


def test_the_proposal_is_better_out_of_time_where_the_driver_is_one_of_many(
    judged: list[Fold],
) -> None:
    assert len(judged) >= 3
    assert all(fold.proposal > fold.present for fold in judged)
    assert all(fold.proposal > fold.logins for fold in judged)


@pytest.mark.parametrize("few", [planted(accounts=25), planted(weeks=8), planted(weeks=26)])
def test_too_little_history_is_said_in_words(few: Observations) -> None:
    with pytest.raises(BuildFailure, match="too little history"):
        fit(few)


def test_nothing_is_proposed_where_no_component_tells_anything(observed: Observations) -> None:
    flat = replace(observed, scores=np.full_like(observed.scores, 50.0))
    with pytest.raises(BuildFailure, match="nothing is proposed"):
        fit(flat)


def test_what_is_in_the_build_file_is_what_is_fitted(
    observed: Observations, tmp_path: Path
) -> None:
    write_build(tmp_path, observed)
    found = read_observations(Options(out=tmp_path))
    for name, value in vars(observed).items():
        if isinstance(value, np.ndarray):
            np.testing.assert_array_equal(vars(found)[name], value, name)
    assert (found.version, found.as_of, found.components) == (observed.version, AS_OF, COMPONENTS)


def test_grace_is_that_of_the_build_whatever_the_settings_are(
    observed: Observations, tmp_path: Path
) -> None:
    write_build(tmp_path, replace(observed, grace_days=60))
    found = read_observations(Options(out=tmp_path, variables={"renewal_grace_days": 30}))
    assert found.grace_days == 60


def test_a_block_in_which_nobody_has_what_the_weights_ask_for_is_not_judged(
    observed: Observations, judged: list[Fold]
) -> None:
    later = observed.dates >= np.datetime64(judged[-1].first, "D")
    place = COMPONENTS.index(DRIVER)
    scores = np.full_like(observed.scores, np.nan)
    scores[:, place] = observed.scores[:, place]
    scores[later] = np.nan
    assert len(judge(replace(observed, scores=scores))) == len(judged) - 1


def test_without_a_build_the_message_says_what_to_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--out", str(tmp_path)]) == 1
    assert "run `make build`" in messages(capsys)
    assert list(tmp_path.iterdir()) == []


def test_too_little_history_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_build(tmp_path, planted(accounts=25))
    assert main(["--out", str(tmp_path)]) == 1
    said = messages(capsys)
    assert "too little history" in said
    assert "25 accounts" in said
    assert [path.name for path in tmp_path.iterdir()] == ["warehouse.duckdb"]


def digests(*paths: Path) -> dict[str, str]:
    """Digest of each file."""
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_seeds_and_the_build_stay_as_they_are(observed: Observations, tmp_path: Path) -> None:
    write_build(tmp_path, observed)
    files = [tmp_path / "warehouse.duckdb", *(ROOT / "seeds").iterdir()]
    before = digests(*files)
    assert main(["--out", str(tmp_path), "--version", "next"]) == 0
    assert digests(*files) == before
    assert sorted(path.name for path in (ROOT / "seeds").iterdir()) == sorted(
        Path(path).name for path in list(before)[1:]
    )


def test_make_knows_the_command() -> None:
    command = ["make", "--dry-run", "--no-print-directory", "calibrate", "VERSION=next"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert '-m calibration --version "next"' in result.stdout
