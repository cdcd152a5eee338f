"""How much data a measurement is made on."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.areas import HEALTH, REVENUE
from pipeline.failure import BuildFailure
from pipeline.options import ROOT

_MARKER = ".bench.json"


@dataclass(frozen=True)
class Size:
    """Targets for the simulator, which meets them about."""

    accounts: int
    lines: int
    months: int
    users: int
    logins: int
    tickets: int


SIZES = {
    "S": Size(4_000, 12_000, 24, 30_000, 1_000_000, 30_000),
    "M": Size(20_000, 200_000, 24, 200_000, 20_000_000, 200_000),
    "L": Size(100_000, 1_000_000, 24, 1_000_000, 100_000_000, 1_000_000),
    # Many contracts and little else, since it is contracts that the revenue models grow with.
    "REVENUE": Size(100_000, 1_000_000, 36, 200_000, 500_000, 100_000),
    # Many accounts on many Sundays, since it is those that the health score grows with.
    "HEALTH": Size(100_000, 300_000, 36, 200_000, 500_000, 100_000),
}
# Sizes of which one area is built, and not every model.
AREAS = {"REVENUE": REVENUE, "HEALTH": HEALTH}


def raw_data(size: Size, folder: Path) -> Path:
    """The simulated raw data of a size, made once; what is there already is used again.

    Raises BuildFailure when the simulator fails.
    """
    marker = folder / _MARKER
    wanted = json.dumps(asdict(size), sort_keys=True)
    if marker.is_file() and marker.read_text(encoding="utf-8") == wanted:
        return folder
    command = [sys.executable, "-m", "simulator", "--out", str(folder)]
    for name, value in asdict(size).items():
        command += [f"--{name}", str(value)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if result.returncode != 0:
        raise BuildFailure("The data could not be simulated:", result.stderr.splitlines()[-3:])
    marker.write_text(wanted, encoding="utf-8")
    return folder
