"""Runs a command that looks at raw files: its log, and a message in place of a traceback."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from pipeline.console import Console
from pipeline.failure import BuildFailure
from pipeline.options import Options


def run_logged(options: Options, name: str, run: Callable[[Console], int]) -> int:
    """Exit code of `run`, which may write to OUT/check; BuildFailure for whatever goes wrong."""
    folder = options.out / "check"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        console = Console(folder / f"{name}.log", 1)
    except OSError as error:
        raise BuildFailure(f"OUT={options.out} cannot be written to: {error.strerror}.") from error
    try:
        return run(console)
    except BuildFailure as failure:
        console.log(str(failure))
        raise
    except Exception as error:
        console.log("".join(traceback.format_exception(error)))
        first_line = (str(error).splitlines() or [""])[0][:300]
        said = f"Something unforeseen happened ({type(error).__name__}: {first_line})."
        raise BuildFailure(f"{said} Details: {console.log_path}") from error
    finally:
        console.close()
