"""dbt as its command line runs it, on the project as it was read before if that is known."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from pipeline.dbt_events import leave_out_unheard_events
from pipeline.garbage import look_for_garbage_seldom
from pipeline.parsed_project import parsed_project


def run_dbt_here(arguments: Sequence[str], callbacks: Sequence[Callable[[Any], None]] = ()) -> int:
    """Run dbt in this process; returns the exit code of its command line."""
    from dbt.cli.main import dbtRunner

    look_for_garbage_seldom()
    leave_out_unheard_events()
    target = arguments[list(arguments).index("--target") + 1]
    runner = dbtRunner(manifest=parsed_project(target), callbacks=list(callbacks))
    look_for_garbage_seldom()
    result = runner.invoke(list(arguments))
    if result.exception is not None:
        print(result.exception, flush=True)
        return 2
    return 0 if result.success else 1


if __name__ == "__main__":
    sys.exit(run_dbt_here(sys.argv[1:]))
