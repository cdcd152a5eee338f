"""Statistics of the backtest written out: isotonic fit, bootstrap by account, Wilson bounds."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from fractions import Fraction
from statistics import stdev

from .health_looks import Look

Z = 1.959963984540054
REPLICATES = 100
CELLS = 20
HORIZON = 90


def wilson(hits: int, trials: int) -> tuple[float | None, float | None]:
    """Return both 95 % bounds of a share."""
    if not trials:
        return None, None
    middle = hits + Z * Z / 2
    spread = Z * math.sqrt(hits * (trials - hits) / trials + Z * Z / 4)
    return (middle - spread) / (trials + Z * Z), (middle + spread) / (trials + Z * Z)


def isotonic(points: dict[int, list[bool]]) -> dict[int, Fraction]:
    """Return the shares made never to rise: neighbours that do are pooled until none is left."""
    pools: list[tuple[list[int], int, int]] = []
    for point in sorted(points):
        pools.append(([point], sum(points[point]), len(points[point])))
        while len(pools) > 1 and pools[-1][1] * pools[-2][2] > pools[-2][1] * pools[-1][2]:
            members, hits, trials = pools.pop()
            before, hits_before, trials_before = pools.pop()
            pools.append((before + members, hits_before + hits, trials_before + trials))
    return {point: Fraction(hits, trials) for members, hits, trials in pools for point in members}


def probability_at(fit: dict[int, Fraction], score: float) -> Fraction:
    """Return the fitted probability of a score, on the line between its neighbours."""
    point = math.floor(score)
    below = max((one for one in fit if one <= point), default=None)
    above = min((one for one in fit if one >= point), default=None)
    if below is None or above is None:
        return fit[above if below is None else below]
    if below == above:
        return fit[below]
    share = Fraction(point - below, above - below)
    return fit[below] + (fit[above] - fit[below]) * share


def digest(text: str) -> str:
    """Return the MD5 hash as hexadecimal digits."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def drawn_times(replicate: int, group: str) -> int:
    """Return how often a group is drawn: the inverse of the Poisson distribution at its hash."""
    share = int(digest(f"{replicate}|{group}")[:8], 16) / 2**32
    times, probability = 0, math.exp(-1)
    cumulated = probability
    while share >= math.floor(cumulated * 2**32) / 2**32 and times < 12:
        times += 1
        probability /= times
        cumulated += probability
    return times


DRAWN = {
    (replicate, f"{group:02x}"): drawn_times(replicate, f"{group:02x}")
    for replicate in range(1, REPLICATES + 1)
    for group in range(256)
}


def rank_cells(values: list[float]) -> dict[float, int]:
    """Return value -> twentieth of its midrank."""
    ordered, cells = sorted(values), {}
    for value in set(values):
        places = [place for place, one in enumerate(ordered, start=1) if one == value]
        midrank = Fraction(places[0] + places[-1], 2)
        cells[value] = math.ceil(CELLS * midrank / len(values))
    return cells


def auc_deviation(looks: list[Look], baseline: str) -> float | None:
    """Return the standard deviation of the AUC, to ten decimals, when groups are drawn anew."""
    cells = rank_cells([look.values[baseline] for look in looks])
    counts: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    for look in looks:
        place = digest(look.account_id)[:2], cells[look.values[baseline]]
        counts[place][look.churned(HORIZON)] += 1
    found = []
    for replicate in range(1, REPLICATES + 1):
        stayed, gone = [0] * (CELLS + 1), [0] * (CELLS + 1)
        for (group, cell), (here_stayed, here_gone) in counts.items():
            stayed[cell] += DRAWN[replicate, group] * here_stayed
            gone[cell] += DRAWN[replicate, group] * here_gone
        pairs = sum(stayed) * sum(gone)
        won = sum(
            gone[cell] * (2 * sum(stayed[cell + 1 :]) + stayed[cell]) for cell in range(CELLS + 1)
        )
        if pairs:
            found.append(won / (2 * pairs))
    return math.floor(stdev(found) * 10**10 + 0.5) / 10**10 if len(found) > 1 else None
