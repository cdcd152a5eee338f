"""Why accounts leave: episodes that raise the odds of churn, and churn without a sign."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from simulator.accounts import Account

USAGE_DECLINE = "usage_decline"
TICKET_PAIN = "ticket_pain"
CHAMPION_LEFT = "champion_left"
INVOLUNTARY = "involuntary"
NO_ADOPTION = "no_adoption"
NO_SIGN = "no_sign"

# Kinds that may strike in any term; adoption fails at the start of an account or never.
KIND_WEIGHTS = {USAGE_DECLINE: 1.00, TICKET_PAIN: 0.22, CHAMPION_LEFT: 0.20, INVOLUNTARY: 0.16}
EPISODE_RATE = 0.155
CHURN_GIVEN_EPISODE = 0.65
NO_SIGN_RATE = 0.100
SEGMENT_RISK = {"enterprise": 0.60, "mid_market": 0.90, "smb": 1.25}
FEWEST_SEATS_TO_DECLINE = 3
# Accounts that use little of what they pay for are more often struck.
USUAL_ADOPTION = 0.70
ADOPTION_EFFECT = 2.5
NO_ADOPTION_SHARE = 0.035
RETURN_SHARE = 0.10
SHORTEST_LEAD_DAYS = 70
LONGEST_LEAD_DAYS = 190
# A decoy that began less than this before a term's end would look like the cause of another churn.
DECOY_DAYS = (70, 126)


@dataclass(slots=True)
class Episode:
    """Something that goes wrong in `[start_day, end_day)`; a decoy heals and ends without churn."""

    kind: str
    start_day: int
    end_day: int
    is_decoy: bool


@dataclass(slots=True)
class Outcome:
    """What becomes of a term: `leaves_on` is the first uncovered day, None for a renewal."""

    leaves_on: int | None
    cause: str | None
    episode: Episode | None


def has_failed_adoption(rng: random.Random) -> bool:
    """Whether an account never takes to the product in its first months."""
    return rng.random() < NO_ADOPTION_SHARE


def _probability(rate: float, years: float, segment: str) -> float:
    return 1 - math.exp(-rate * years * SEGMENT_RISK[segment])


def _leading_start(rng: random.Random, start: int, end: int) -> int:
    """First day of an episode that ends in churn on `end`: weeks before it, and inside the term."""
    longest = min(LONGEST_LEAD_DAYS, end - start - 7)
    shortest = min(SHORTEST_LEAD_DAYS, longest)
    return end - shortest - int(rng.random() * (longest - shortest + 1))


def _decoy(rng: random.Random, kind: str, start: int, end: int) -> Episode | None:
    """An episode somewhere in the term that heals before its last month."""
    low, high = DECOY_DAYS
    length = low + int(rng.random() * (high - low))
    room = end - 30 - length - start - 30
    if room < 0:
        return None
    first = start + 30 + int(rng.random() * (room + 1))
    return Episode(kind, first, first + length, True)


def _episode_rate(account: Account) -> float:
    return EPISODE_RATE * math.exp(ADOPTION_EFFECT * (USUAL_ADOPTION - account.adoption))


def _kind(rng: random.Random, seats: int) -> str:
    """A kind of episode; in a tiny account nobody could tell a decline from a holiday."""
    weights = dict(KIND_WEIGHTS)
    if seats < FEWEST_SEATS_TO_DECLINE:
        weights[USAGE_DECLINE] = 0.0
    return rng.choices(list(weights), list(weights.values()))[0]


def decide(
    rng: random.Random, account: Account, start: int, end: int, fails_adoption: bool
) -> Outcome:
    """Draw the episode of the term `[start, end)` first, then churn from odds that depend on it."""
    years, segment = (end - start) / 365, account.segment
    kind: str | None = None
    if fails_adoption:
        kind = NO_ADOPTION
    elif rng.random() < _probability(_episode_rate(account), years, segment):
        kind = _kind(rng, account.seats)
    if kind is None:
        if rng.random() < _probability(NO_SIGN_RATE, years, segment):
            return Outcome(end, NO_SIGN, None)
        return Outcome(None, None, None)
    leaves = rng.random() < CHURN_GIVEN_EPISODE and end - start >= SHORTEST_LEAD_DAYS + 14
    if kind == NO_ADOPTION:
        healed = start + min(100 + int(rng.random() * 60), (end - start) * 2 // 3)
        episode = Episode(kind, start, end if leaves else healed, not leaves)
        return Outcome(end if leaves else None, kind if leaves else None, episode)
    if not leaves:
        return Outcome(None, None, _decoy(rng, kind, start, end))
    episode = Episode(kind, _leading_start(rng, start, end), end, False)
    return Outcome(end, kind, episode)
