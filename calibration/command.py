"""The command from the build file to the folder with the proposal."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from calibration.forward import (
    LEAST_CHURNED_TO_TEST,
    LEAST_CHURNED_TO_TRAIN,
    LEAST_FOLDS,
    Fold,
    best_strength,
    judge,
)
from calibration.observations import HORIZON_DAYS, Observations, read_observations
from calibration.proposal import check_version, proposed_seeds, write_seeds
from calibration.report import report_text
from calibration.weights import fit_weights
from pipeline.failure import BuildFailure
from pipeline.options import Options


@dataclass(frozen=True)
class Written:
    """Where the proposal is."""

    folder: Path
    report: Path


@dataclass(frozen=True)
class Calibration:
    """Weights fitted on the whole past, and how weights of earlier pasts did on what came after."""

    observed: Observations
    folds: list[Fold]
    strength: float
    weights: np.ndarray


def calibrate(options: Options, version: str | None = None) -> Written:
    """Fit, judge and write OUT/calibration anew; the build, its scores and the seeds stay.

    Raises BuildFailure when there is no build with scores, or too little history.
    """
    if version is not None:
        check_version(version)
    fitted = fit(read_observations(options))
    name = version or f"{fitted.observed.as_of:%Y.%m}-calibrated"
    check_version(name)
    texts = proposed_seeds(fitted.observed, fitted.weights, name)
    folder = options.out / "calibration"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_seeds(folder, texts)
    report = folder / "report.md"
    report.write_text(
        report_text(name, fitted.observed, fitted.folds, fitted.strength, fitted.weights),
        encoding="utf-8",
    )
    return Written(folder, report)


def fit(observed: Observations) -> Calibration:
    """Weights fitted on all observations; BuildFailure when too few accounts left to judge them."""
    folds = judge(observed)
    if len(folds) < LEAST_FOLDS:
        raise BuildFailure(
            "There is too little history to fit weights on and to judge them: of"
            f" {len(np.unique(observed.accounts))} accounts with a score, seen on"
            f" {len(np.unique(observed.dates))} dates whose outcome is known,"
            f" {observed.churned_accounts} left within {HORIZON_DAYS} days. At least"
            f" {LEAST_CHURNED_TO_TRAIN} have to leave before a block of dates and"
            f" {LEAST_CHURNED_TO_TEST} after it, for {LEAST_FOLDS} blocks. The present weights"
            " stay."
        )
    strength = best_strength(observed)
    weights = fit_weights(observed, strength)
    if not weights.any():
        raise BuildFailure(
            "No component tells who leaves from who stays: nothing is proposed. The present"
            " weights stay."
        )
    return Calibration(observed, folds, strength, weights)
