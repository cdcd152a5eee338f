"""`make calibrate`: weights of the health score as the past would have them."""

from __future__ import annotations

import argparse
import sys

from calibration.command import calibrate
from pipeline.console import complain
from pipeline.failure import BuildFailure
from pipeline.options import add_arguments, read_options


def parser() -> argparse.ArgumentParser:
    """The options; what is left out comes from the environment that `make` sets."""
    options = argparse.ArgumentParser(prog="python -m calibration", description=__doc__)
    add_arguments(options)
    options.add_argument("--version", help="name of the proposed version of the score")
    return options


def main(arguments: list[str] | None = None) -> int:
    """Calibrate once and print where the proposal is; returns the exit code."""
    parsed = parser().parse_args(arguments)
    try:
        written = calibrate(read_options(parsed), parsed.version)
    except BuildFailure as failure:
        complain(str(failure))
        return 1
    print(written.report.read_text(encoding="utf-8"))
    print(f"Written to {written.folder}; nothing else was changed.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
