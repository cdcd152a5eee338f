"""The commands behind `make`: `python -m pipeline build`, `map`, `check`, `rollback`, ..."""

from __future__ import annotations

import argparse
import sys

from pipeline.build import build, outputs
from pipeline.checking.command import check_command
from pipeline.console import Console, complain
from pipeline.contracts import releases
from pipeline.documentation import has_dashboard, render_dashboard, write_catalogue, write_docs
from pipeline.drafting.command import map_command
from pipeline.engine import engine_of
from pipeline.export import export_customers
from pipeline.failure import BuildFailure
from pipeline.garbage import look_for_garbage_seldom
from pipeline.options import Options, add_arguments, read_options
from pipeline.privacy.forget import forget


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, action in _COMMANDS.items():
        command = commands.add_parser(name, help=(action.__doc__ or "").partition("\n")[0])
        add_arguments(command)
    parsed = parser.parse_args(arguments)
    try:
        return _COMMANDS[parsed.command](read_options(parsed))
    except BuildFailure as failure:
        complain(str(failure))
        return 1
    except KeyboardInterrupt:
        complain("Interrupted.")
        return 1


def _with_console(options: Options, name: str) -> Console:
    """A console that logs beside the build's log."""
    options.out.mkdir(parents=True, exist_ok=True)
    return Console(options.out / f"{name}.log", 1)


def _rollback(options: Options) -> int:
    """Publish the marts before the last ones again."""
    for line in engine_of(options, _with_console(options, "rollback")).roll_back():
        print(line)
    if not options.published.exists():
        return 0
    return _dashboard(options) if has_dashboard() else 0


def _dashboard(options: Options) -> int:
    """Render the dashboard of the published file."""
    if not has_dashboard():
        raise BuildFailure("This checkout has no dashboard to render.")
    if not options.published.exists():
        raise BuildFailure(f"Nothing is published in {options.out} yet: run `make build`.")
    render_dashboard(options, options.published, _with_console(options, "dashboard"))
    print(outputs(options)["dashboard"])
    return 0


def _docs(options: Options) -> int:
    """Write the dbt docs of the last build, and the page of definitions."""
    write_docs(options, _with_console(options, "docs"))
    print(outputs(options)["dbt docs"])
    print(outputs(options)["definitions"])
    return 0


def _export(options: Options) -> int:
    """Write the published customers as CSV for a customer success platform."""
    print(export_customers(options))
    return 0


def _contracts(options: Options) -> int:
    """Lint all contracts and write their catalogue, or compare them with those of BASE."""
    if options.base:
        try:
            return releases.compare_with(options.base)
        except BuildFailure as failure:
            complain(str(failure))
            return releases.NOT_COMPARABLE
    write_catalogue(options, _with_console(options, "contracts"))
    print(options.out / "contracts" / "index.html")
    return 0


_COMMANDS = {
    "build": build,
    "map": map_command,
    "check": check_command,
    "rollback": _rollback,
    "dashboard": _dashboard,
    "docs": _docs,
    "export": _export,
    "contracts": _contracts,
    "forget": forget,
}

if __name__ == "__main__":
    look_for_garbage_seldom()
    sys.exit(main())
