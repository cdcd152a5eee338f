"""How strongly each account uses the product, week by week, with its episodes worked in."""

from __future__ import annotations

import numpy as np

from simulator import fate
from simulator.book import Book
from simulator.fate import Episode
from simulator.settings import Settings

WEEKDAY_WEIGHTS = np.array([1.0, 1.06, 1.05, 1.0, 0.88, 0.17, 0.13])
RAMP_WEEKS = 8
DECLINE_DAYS = 42


def day_weights(settings: Settings, month: int) -> np.ndarray:
    """Relative traffic of each day of a month: weekdays, a quiet August, the turn of the year."""
    days = np.arange(settings.month_starts[month], settings.month_ends[month] + 1)
    weights = WEEKDAY_WEIGHTS[(days + 3) % 7].copy()
    dates = days.astype("datetime64[D]")
    month_of_year = dates.astype("datetime64[M]").astype(int) % 12 + 1
    day_of_month = (dates - dates.astype("datetime64[M]")).astype(int) + 1
    weights[month_of_year == 8] *= 0.92
    weights[(month_of_year == 12) & (day_of_month >= 25)] *= 0.6
    weights[(month_of_year == 1) & (day_of_month <= 3)] *= 0.6
    return weights


def week_of(settings: Settings, days: np.ndarray) -> np.ndarray:
    """Position of the week that holds each day; weeks count from the first simulated day."""
    return (days - settings.first_day) // 7


def week_count(settings: Settings) -> int:
    """Weeks from the first simulated day to the as-of day."""
    return (settings.as_of_day - settings.first_day) // 7 + 1


def episode_curve(episode: Episode, weeks: np.ndarray, depth: float) -> np.ndarray:
    """Factor of each week's use under one episode; `weeks` are the first days of the weeks."""
    length = max(episode.end_day - episode.start_day, 7)
    since = (weeks + 3 - episode.start_day).astype(float)
    inside = (since >= 0) & (weeks + 3 < episode.end_day)
    if episode.kind == fate.USAGE_DECLINE:
        fall = min(DECLINE_DAYS, length * (0.35 if episode.is_decoy else 0.7))
        curve = 1 - (1 - depth) * np.clip(since / fall, 0, 1)
        if episode.is_decoy:
            back = (since - length * 0.6) / (length * 0.4)
            curve = np.maximum(curve, depth + (1 - depth) * np.clip(back, 0, 1))
        return np.where(inside, curve, 1.0)
    if episode.kind == fate.NO_ADOPTION:
        recovered = np.clip((weeks - episode.end_day) / 42, 0, 1)
        return np.where(inside, depth * 0.25, depth * 0.25 + (1 - depth * 0.25) * recovered)
    level = {fate.CHAMPION_LEFT: 0.72, fate.TICKET_PAIN: 0.80}.get(episode.kind, 1.0)
    return np.where(inside, level, 1.0)


def weekly_activity(settings: Settings, book: Book) -> np.ndarray:
    """Float32 matrix (accounts, weeks) around 1: ramp-up, slow drift and episodes."""
    rng = settings.generator("activity")
    size, weeks = settings.accounts, week_count(settings)
    starts = settings.first_day + 7 * np.arange(weeks)
    drift = np.zeros(size, dtype=np.float32)
    activity = np.empty((size, weeks), dtype=np.float32)
    for week in range(weeks):
        drift = 0.97 * drift + rng.normal(0.0, 0.022, size).astype(np.float32)
        age = (starts[week] - book.first_day) / 7
        activity[:, week] = np.exp(drift) * (0.5 + 0.5 * np.clip(age / RAMP_WEEKS, 0, 1))
    for number, (index, episode) in enumerate(book.episodes):
        depth_draw = settings.scalar_stream("depth", number).random()
        depth = 0.15 + 0.20 * depth_draw if episode.is_decoy else 0.06 + 0.22 * depth_draw
        activity[index] *= episode_curve(episode, starts, depth).astype(np.float32)
    return activity
