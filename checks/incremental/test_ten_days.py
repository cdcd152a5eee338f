"""Ten days added one by one give, bit for bit, what a full refresh makes of all of them."""

from __future__ import annotations

import pytest

from checks.incremental.histories import History
from checks.incremental.recorded import Recording
from checks.incremental.replayed import warehouse

DAYS = 10


@pytest.mark.parametrize("seed", range(3))
def test_ten_days_added_one_by_one_are_a_full_refresh(
    recordings: tuple[Recording, Recording], seed: int
) -> None:
    history = History(seed)
    growing = warehouse(recordings)
    growing.start(history)
    for _ in range(DAYS):
        history.add_day()
        growing.add(history)
        anew = warehouse(recordings)
        anew.start(history)
        assert growing.differences(anew) == [], history.day
