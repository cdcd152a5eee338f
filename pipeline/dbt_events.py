"""dbt's events that nobody listens to are not made into messages.

dbt turns each of ten thousand debug events of a build into a message before it asks its loggers
whether they want it. With few rows that was about 7 % of the time of a build.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

_RANKS = {"debug": 0, "test": 0, "info": 1, "warn": 2, "error": 3}


def leave_out_unheard_events() -> None:
    """Let dbt, in this process, make messages only of events that a logger or callback wants."""
    from dbt.tracking import track_behavior_change_warn
    from dbt_common.events.event_manager import EventManager
    from dbt_common.events.logger import PRINT_EVENT_NAMES

    fire = EventManager.fire_event
    if hasattr(fire, "__wrapped__"):
        return

    def is_heard(manager: EventManager, event: Any, level: Any) -> bool:
        """What is printed is written at any level; warnings may have to become errors."""
        rank = _RANKS[(level or event.level_tag()).value]
        return (
            rank >= _RANKS["warn"]
            or type(event).__name__ in PRINT_EVENT_NAMES
            or any(_RANKS[logger.level.value] <= rank for logger in manager.loggers)
            # dbt's own callback, always there, looks at warnings only.
            or any(callback is not track_behavior_change_warn for callback in manager.callbacks)
        )

    @wraps(fire)
    def fire_event(
        manager: EventManager, e: Any, level: Any = None, *rest: Any, **named: Any
    ) -> None:
        if named.get("force_warn_or_error_handling") or is_heard(manager, e, level):
            fire(manager, e, level, *rest, **named)

    EventManager.fire_event = fire_event  # type: ignore[method-assign]
