"""How often Python looks for garbage."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 200_000
_YOUNGER_ROUNDS = 20


def look_for_garbage_seldom() -> None:
    """Leave what is there alone, and look among new objects after every 200,000, not every 700.

    dbt, Great Expectations and sqlfluff keep hundreds of thousands of objects for as long as they
    run; to look through them again and again took a third of their time.
    """
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _YOUNGER_ROUNDS, _YOUNGER_ROUNDS)
