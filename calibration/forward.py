"""Training on what was known and judging on what came after, block of dates by block of dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from calibration.observations import HORIZON_DAYS, Observations
from calibration.weights import STRENGTHS, auc, fit_weights, scores_of

BLOCKS, INNER_BLOCKS = 5, 3
# Accounts, not observations: one account that leaves is seen on a dozen Sundays.
LEAST_CHURNED_TO_TRAIN = 20
LEAST_CHURNED_TO_TEST = 5
LEAST_FOLDS = 2


@dataclass(frozen=True)
class Fold:
    """A block of dates, trained for with what was known on its first one, and how each score did.

    The AUCs are over the same observations: those for which all three scores are known.
    """

    first: date
    last: date
    trained_until: date
    strength: float
    observations: int
    churned: int
    churned_accounts: int
    proposal: float
    present: float
    logins: float


def forward_folds(observed: Observations, blocks: int = BLOCKS) -> list[tuple[np.ndarray, ...]]:
    """Pairs of rows to train on and rows to judge, as two masks; the first block is never judged.

    A row is trained on when its outcome was known before the block began.
    """
    dates = np.unique(observed.dates)
    folds = []
    for block in np.array_split(dates, blocks)[1:]:
        if len(block):
            known = observed.dates + np.timedelta64(HORIZON_DAYS + observed.grace_days, "D")
            folds.append((known <= block[0], np.isin(observed.dates, block)))
    return folds


def best_strength(observed: Observations) -> float:
    """The strength whose weights do best on later blocks, the most cautious among equals."""
    found = {strength: _mean_auc(observed, strength) for strength in STRENGTHS}
    return max(STRENGTHS, key=lambda strength: (round(found[strength], 6), -strength))


def _mean_auc(observed: Observations, strength: float) -> float:
    """Mean AUC over the inner folds that can be judged; 0 when none can."""
    found = []
    for train, test in forward_folds(observed, INNER_BLOCKS):
        if _is_enough(observed.only(train), observed.only(test)):
            safety = scores_of(observed.only(test), fit_weights(observed.only(train), strength))
            known = ~np.isnan(safety)
            found.append(auc(safety[known], observed.only(test).churned[known]))
    return float(np.mean(found)) if found and not np.isnan(found).any() else 0.0


def _is_enough(train: Observations, test: Observations) -> bool:
    """Whether enough accounts left to train and to judge."""
    return (
        train.churned_accounts >= LEAST_CHURNED_TO_TRAIN
        and test.churned_accounts >= LEAST_CHURNED_TO_TEST
    )


def judge(observed: Observations) -> list[Fold]:
    """Each block of dates with enough churn, judged with weights from before it."""
    folds = []
    for train, test in forward_folds(observed):
        if _is_enough(observed.only(train), observed.only(test)):
            fold = _fold(observed.only(train), observed.only(test))
            folds += [fold] if fold else []
    return folds


def _fold(train: Observations, test: Observations) -> Fold | None:
    """One block; None when too few accounts in it have what the weights ask for."""
    strength = best_strength(train)
    weights = fit_weights(train, strength)
    # Without a weight no account is safer than another.
    safety = scores_of(test, weights) if weights.any() else np.zeros(len(test.churned))
    known = ~np.isnan(safety)
    test, safety = test.only(known), safety[known]
    if not _is_enough(train, test) or test.churned.all():
        return None
    first, last = test.dates.min().item(), test.dates.max().item()
    return Fold(
        first=first,
        last=last,
        trained_until=train.dates.max().item(),
        strength=strength,
        observations=len(test.churned),
        churned=int(test.churned.sum()),
        churned_accounts=test.churned_accounts,
        proposal=auc(safety, test.churned),
        present=auc(test.present, test.churned),
        logins=auc(test.logins, test.churned),
    )
