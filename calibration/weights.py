"""Weights of components that tell past churners from stayers, and the score they make."""

from __future__ import annotations

import warnings

import numpy as np

from calibration.observations import Observations

# Strengths to choose from, the most cautious first: a larger one trusts the past more.
STRENGTHS = (0.3, 3.0, 30.0, 300.0)


def fit_weights(train: Observations, strength: float) -> np.ndarray:
    """Weights of the components, 0 and more, that add up to 1; all 0 where none of them helps.

    A logistic regression of churn on the points lost, with an L2 penalty that is held against the
    mean loss, so that it does not fade as rows grow. What is not known counts as the mean of what
    is, so that not knowing says nothing. A component on which points lost mean *less* churn is
    left out and the others are fitted again: a weight below 0 could not be explained.
    """
    lost = (100 - train.scores) / 100
    known = ~np.isnan(lost)
    means = np.where(known, lost, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    filled = np.where(known, lost, means)
    kept = filled.max(axis=0, initial=0) - filled.min(axis=0, initial=1) > 1e-9
    weights = np.zeros(len(train.components))
    while kept.any():
        weights[:] = 0
        weights[kept] = _coefficients(filled[:, kept], train.churned, strength)
        if (weights >= 0).all():
            break
        kept &= weights > 0
    weights = np.maximum(weights, 0)
    return weights / weights.sum() if kept.any() and weights.sum() > 0 else np.zeros_like(weights)


def _coefficients(features: np.ndarray, churned: np.ndarray, strength: float) -> np.ndarray:
    """Coefficients of one regression."""
    # Takes a second to import, which other commands need not wait for.
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength / len(churned) * 100, solver="newton-cholesky")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit(features, churned).coef_[0]


def scores_of(observed: Observations, weights: np.ndarray) -> np.ndarray:
    """The score that these weights make: sum of w s over sum of w of what is known, else nan."""
    known = ~np.isnan(observed.scores)
    total = known @ weights
    points = np.where(known, observed.scores, 0) @ weights
    return np.divide(points, total, out=np.full(len(total), np.nan), where=total > 0)


def auc(safety: np.ndarray, churned: np.ndarray) -> float:
    """How often a stayer is safer than a churner, ties by half; nan when either is lacking."""
    from sklearn.metrics import roc_auc_score

    if churned.all() or not churned.any():
        return float("nan")
    return float(roc_auc_score(~churned, safety))
