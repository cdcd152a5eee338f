"""Events of dbt that nobody listens to are left out; all others are told as ever."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from dbt.tracking import track_behavior_change_warn
from dbt_common.events import event_manager
from dbt_common.events.base_types import EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.logger import LoggerConfig
from dbt_common.events.types import Note, PrintEvent

from pipeline.dbt_events import leave_out_unheard_events

LEVELS = (EventLevel.DEBUG, EventLevel.INFO, EventLevel.WARN, EventLevel.ERROR)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Levels of the events that a message is made of."""
    leave_out_unheard_events()
    levels: list[str] = []
    make = event_manager.msg_from_base_event

    def note(event: Any, level: Any = None) -> Any:
        message = make(event, level=level)
        levels.append(message.info.level)
        return message

    monkeypatch.setattr(event_manager, "msg_from_base_event", note)
    return levels


def written(level: EventLevel, *callbacks: Callable[[Any], None]) -> str:
    """What a logger of a level writes of one event of each, and of one that is printed."""
    stream, manager = io.StringIO(), EventManager()
    name = f"events of {level.value} and above"
    manager.add_logger(LoggerConfig(name=name, level=level, output_stream=stream))
    manager.callbacks = [track_behavior_change_warn, *callbacks]
    for one in LEVELS:
        manager.fire_event(Note(msg=f"<{one.value}>"), level=one)
    manager.fire_event(PrintEvent(msg="<printed>"), level=EventLevel.INFO)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("level", "made_of"),
    [
        (EventLevel.DEBUG, ["debug", "info", "warn", "error", "info"]),
        (EventLevel.INFO, ["info", "warn", "error", "info"]),
        # Warnings may have to become errors, so they are made without a listener too.
        (EventLevel.ERROR, ["warn", "error", "info"]),
    ],
)
def test_messages_are_made_for_who_listens(
    made: list[str], level: EventLevel, made_of: list[str]
) -> None:
    text = written(level)
    assert made == made_of
    heard = LEVELS[LEVELS.index(level) :]
    assert [one.value for one in LEVELS if f"<{one.value}>" in text] == [one.value for one in heard]
    assert "<printed>" in text


def test_a_callback_hears_all(made: list[str]) -> None:
    heard: list[str] = []
    written(EventLevel.ERROR, lambda message: heard.append(message.info.level))
    assert heard == made == ["debug", "info", "warn", "error", "info"]


def test_what_may_have_to_be_an_error_is_made_at_any_level(made: list[str]) -> None:
    EventManager().fire_event(
        Note(msg="deprecated"), level=EventLevel.INFO, force_warn_or_error_handling=True
    )
    assert made == ["info"]
