"""dbt as its command line runs it, noting the CPU time that each node took of this process.

Run with one dbt thread, nodes follow one another, and what all cores worked meanwhile is theirs.
CPU time hardly changes when the machine is busy with something else, as seconds on the clock do.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from pipeline.dbt_process import run_dbt_here

FILE_VARIABLE = "CSW_CPU_TIMES"


class CpuTimes:
    """Listens to dbt's events; `seconds` by the unique id of a node."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._started: dict[str, float] = {}

    def __call__(self, event: Any) -> None:
        """Take the time when a node starts and when it has finished."""
        if event.info.name == "NodeStart":
            self._started[event.data.node_info.unique_id] = time.process_time()
        elif event.info.name == "NodeFinished":
            name = event.data.node_info.unique_id
            self.seconds[name] = time.process_time() - self._started[name]


def main(arguments: list[str]) -> int:
    """Run dbt and write the times to the file that the environment names."""
    times = CpuTimes()
    code = run_dbt_here(arguments, [times])
    Path(os.environ[FILE_VARIABLE]).write_text(json.dumps(times.seconds), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
