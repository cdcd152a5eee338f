"""The proposal in words and figures, for people to judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from calibration.forward import Fold
from calibration.observations import HORIZON_DAYS, Observations
from calibration.weights import auc

_HOW_JUDGED = (
    "A block is judged with weights that were fitted on dates whose outcome was known before its"
    " first date, and the strength of the fit was chosen on dates before that too. AUC: how often"
    " an account that stayed had the higher score than one that left; 0.5 tells nothing. All three"
    " scores are judged on the same observations, before any notice. The proposal is judged"
    " wherever one of its components is known; published, it would need min_health_coverage as"
    " well. One account is seen on many"
    " dates, so that `accounts that left` is what a figure rests on."
)


def report_text(
    version: str,
    observed: Observations,
    folds: Sequence[Fold],
    strength: float,
    weights: np.ndarray,
) -> str:
    """A page in Markdown."""
    lines = [
        f"# Proposed weights: version {version}",
        "",
        *_verdict(observed, folds),
        "",
        *_fold_table(observed, folds),
        "",
        _HOW_JUDGED,
        "",
        f"Fitted on the whole past (strength {strength:g}), the proposed weights:",
        "",
        *_weight_table(observed, weights),
        "",
        *_how_to_take_it(version),
    ]
    return "\n".join(lines) + "\n"


def _verdict(observed: Observations, folds: Sequence[Fold]) -> Iterator[str]:
    """What the figures say, in words."""
    gains = [fold.proposal - fold.present for fold in folds]
    better = sum(gain > 0 for gain in gains)
    mean = float(np.mean(gains))
    yield (
        f"Out of time the proposal's AUC is {abs(mean):.3f} {'above' if mean >= 0 else 'below'}"
        f" that of version {observed.version}, on average, and above it in {better} of {len(folds)}"
        " blocks of dates."
    )
    if mean <= 0 or better * 2 <= len(folds):
        yield "That is no reason to change the weights."
    else:
        yield "Whether that is worth a new version is for people to decide."


def _fold_table(observed: Observations, folds: Sequence[Fold]) -> Iterator[str]:
    """A row per block of dates, and their mean."""
    yield (
        "| judged on | fitted on dates to | observations | left within"
        f" {HORIZON_DAYS} days | accounts that left | AUC proposal | AUC {observed.version}"
        " | AUC logins only |"
    )
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    for fold in folds:
        yield (
            f"| {fold.first} to {fold.last} | {fold.trained_until} | {fold.observations:,}"
            f" | {fold.churned:,} | {fold.churned_accounts} | {fold.proposal:.3f}"
            f" | {fold.present:.3f} | {fold.logins:.3f} |"
        )
    means = [
        f"{float(np.mean([getattr(fold, name) for fold in folds])):.3f}"
        for name in ("proposal", "present", "logins")
    ]
    observations = sum(fold.observations for fold in folds)
    churned = sum(fold.churned for fold in folds)
    yield f"| mean of the blocks | | {observations:,} | {churned:,} | | {' | '.join(means)} |"


def _weight_table(observed: Observations, weights: np.ndarray) -> Iterator[str]:
    """A row per component: its share, how much is known of it, and what it tells by itself."""
    yield "| component | proposed share | known | AUC of the component alone |"
    yield "|---|---:|---:|---:|"
    for place, name in enumerate(observed.components):
        known = ~np.isnan(observed.scores[:, place])
        alone = auc(observed.scores[known, place], observed.churned[known]) if known.any() else None
        tells = "" if alone is None or np.isnan(alone) else f"{alone:.3f}"
        share = f"{weights[place]:.1%}" if weights[place] > 0 else "left out"
        yield f"| `{name}` | {share} | {known.mean():.0%} | {tells} |"


def _how_to_take_it(version: str) -> Iterator[str]:
    """What to do with the files beside the report."""
    yield (
        "A component is left out when its points lost went with less churn beside the others', or"
        " when nothing is known of it. Profiles keep their own components and the sum of their"
        " weights; floors, targets and bands are those of the version before."
    )
    yield ""
    yield (
        "Nothing has been changed. To try the proposal, copy each `<seed>_proposed.csv` over"
        f" `seeds/<seed>.csv` and build: version {version} is scored and judged on all past dates"
        " beside the published one (`health_backtest`), and published from the day it is valid"
        " from."
    )
