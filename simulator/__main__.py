"""Command line: `python -m simulator --out DIR`."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from simulator.run import simulate
from simulator.settings import Settings, default_as_of


def parser() -> argparse.ArgumentParser:
    """The options; targets that are left out follow from the number of accounts and months."""
    options = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    options.add_argument("--out", type=Path, required=True, help="folder for the raw files")
    options.add_argument("--accounts", type=int, default=400)
    options.add_argument("--months", type=int, default=36)
    options.add_argument("--logins", type=int, help="about how many logins")
    options.add_argument("--users", type=int, help="about how many users; it scales the seats sold")
    options.add_argument("--tickets", type=int, help="about how many tickets")
    options.add_argument("--lines", type=int, help="about how many contract lines")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--dirty", type=float, default=0.0, help="share of dirty rows added, 0..1")
    options.add_argument("--as-of", type=date.fromisoformat, default=default_as_of())
    options.add_argument("--format", choices=["auto", "csv", "parquet"], default="auto")
    return options


def settings_from(arguments: argparse.Namespace) -> Settings:
    """Settings with every target filled in."""
    size = arguments.accounts * arguments.months / 36

    def target(asked: int | None, per_account: float) -> int:
        return round(size * per_account) if asked is None else asked

    return Settings(
        out=arguments.out,
        accounts=arguments.accounts,
        months=arguments.months,
        logins=target(arguments.logins, 625),
        users=target(arguments.users, 10),
        tickets=target(arguments.tickets, 14),
        lines=arguments.lines,
        seed=arguments.seed,
        dirty=arguments.dirty,
        as_of=arguments.as_of,
        file_format=arguments.format,
    )


def main(argv: list[str] | None = None) -> int:
    """Run one request; 0 when the files are there, 2 for a request that makes no sense."""
    options = parser()
    arguments = options.parse_args(argv)
    if arguments.accounts < 1 or arguments.months < 1:
        options.error("--accounts and --months must be at least 1")
    if not 0 <= arguments.dirty <= 1:
        options.error("--dirty is a share between 0 and 1")
    for source, rows in simulate(settings_from(arguments)).items():
        print(f"{source:<18}{rows:>14,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
