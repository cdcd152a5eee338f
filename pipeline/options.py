"""What a command was asked for, checked before anything is touched."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from pipeline.failure import BuildFailure

MAPPING_NAME = "mapping.yml"
ROOT = Path(__file__).resolve().parent.parent
TARGETS = ("duckdb", "postgres", "spark")
_TRUE_WORDS = {"1", "true", "yes"}


@dataclass(frozen=True)
class Options:
    """One request. `raw` None means the simulated demo; `variables` go to dbt as they are.

    `mapping` is the mapping that was named, `base` a version in git that contracts are compared
    with; `user` is the key of a person who is to be forgotten. `is_out_given` tells a folder that
    was asked for from the default.
    """

    out: Path
    raw: Path | None = None
    target: str = "duckdb"
    variables: dict[str, Any] = field(default_factory=dict)
    full_refresh: bool = False
    mapping: Path | None = None
    base: str | None = None
    user: str | None = None
    dry_run: bool = False
    is_out_given: bool = False

    @property
    def mapping_file(self) -> Path | None:
        """The mapping that holds: the one that was named, else RAW/mapping.yml if there is one."""
        if self.mapping is None and self.raw is not None:
            usual = self.raw / MAPPING_NAME
            return usual if usual.is_file() else None
        return self.mapping

    @property
    def warehouse(self) -> Path:
        """The private build file."""
        return self.out / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """The published file."""
        return self.out / "marts.duckdb"

    @property
    def next_file(self) -> Path:
        """The file that will be published when everything passes."""
        return self.out / "marts.next.duckdb"

    @property
    def previous(self) -> Path:
        """The file published before the present one."""
        return self.out / "marts.previous.duckdb"

    @property
    def dbt_target(self) -> Path:
        """Where dbt keeps its manifest, results and compiled SQL."""
        return self.out / "dbt"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options; what is left out comes from the environment that `make` sets."""
    parser.add_argument("--raw", default=os.environ.get("CSW_RAW"), help="folder of raw files")
    parser.add_argument(
        "--mapping", default=os.environ.get("CSW_MAPPING"), help="mapping of the raw files"
    )
    parser.add_argument("--as-of", default=os.environ.get("CSW_AS_OF"), help="last day known")
    parser.add_argument("--out", default=os.environ.get("CSW_OUT"), help="folder of the outputs")
    parser.add_argument("--target", default=os.environ.get("CSW_TARGET"), help="dbt target")
    parser.add_argument("--vars", default=os.environ.get("CSW_VARS"), help="JSON of dbt variables")
    parser.add_argument(
        "--full-refresh",
        action="store_true",
        default=os.environ.get("CSW_FULL_REFRESH", "").lower() in _TRUE_WORDS,
        help="rebuild incremental models",
    )
    parser.add_argument(
        "--base", default=os.environ.get("CSW_BASE"), help="git ref to compare with"
    )
    parser.add_argument("--user", default=os.environ.get("CSW_USER"), help="user_id to forget")
    parser.add_argument(
        "--dry-run",
        action="store_true",
        default=os.environ.get("CSW_DRY_RUN", "").lower() in _TRUE_WORDS,
        help="only say what would be forgotten",
    )


def read_options(arguments: argparse.Namespace) -> Options:
    """Turn arguments into options; relative paths start at the project's folder.

    Raises BuildFailure naming every argument that cannot be used.
    """
    problems: list[str] = []
    target = arguments.target or "duckdb"
    if target not in TARGETS:
        problems.append(f"TARGET={target}: not one of {', '.join(TARGETS)}")
    variables = _variables(arguments.vars, problems)
    if arguments.as_of:
        variables["as_of_date"] = arguments.as_of
    _check_variables(variables, problems)
    if problems:
        raise BuildFailure("These settings cannot be used:", problems)
    mapping = _path(arguments.mapping) if arguments.mapping else None
    raw = _path(arguments.raw) if arguments.raw else None
    return Options(
        out=_path(arguments.out or "out"),
        # The files of a mapping that is named alone lie beside it.
        raw=mapping.parent if raw is None and mapping is not None else raw,
        mapping=mapping,
        target=target,
        variables=variables,
        full_refresh=arguments.full_refresh,
        base=arguments.base or None,
        user=arguments.user or None,
        dry_run=arguments.dry_run,
        is_out_given=bool(arguments.out),
    )


def _path(text: str) -> Path:
    """Absolute path of an argument, `~` expanded."""
    return (ROOT / Path(text).expanduser()).resolve()


def known_variables() -> dict[str, Any]:
    """The variables of vars.yml with their defaults."""
    return yaml.safe_load((ROOT / "vars.yml").read_text(encoding="utf-8"))["vars"]


def _variables(text: str | None, problems: list[str]) -> dict[str, Any]:
    """Variables given as JSON (or YAML); an unknown name is a problem, not a silent no-op."""
    if not text:
        return {}
    try:
        given = yaml.safe_load(text)
    except yaml.YAMLError:
        given = None
    if not isinstance(given, dict):
        problems.append(f"VARS={text}: not a JSON object such as '{{\"renewal_grace_days\": 15}}'")
        return {}
    known = known_variables()
    for name in sorted(set(given) - set(known)):
        problems.append(f"VARS: no variable is called {name}; there are {', '.join(sorted(known))}")
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in given.items()
        if name in known
    }


def _check_variables(variables: dict[str, Any], problems: list[str]) -> None:
    """Add a problem for each value that no model could use."""
    if (as_of := variables.get("as_of_date")) is not None and not _is_date(as_of):
        problems.append(f"AS_OF={as_of}: not a day written as YYYY-MM-DD")
    for name in ("renewal_grace_days", "max_pause_days", "close_lag_days"):
        value = variables.get(name)
        if value is not None and not (type(value) is int and value >= 0):
            problems.append(f"{name}={json.dumps(value)}: not a whole number of days, 0 or more")
    for name in ("renewal_grace_days", "close_lag_days"):
        if name in variables and variables[name] is None:
            problems.append(f"{name}=null: give a number of days, 0 for none")
    for name in ("gross_margin", "min_health_coverage", "discount_rate"):
        value = variables.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            problems.append(f"{name}={json.dumps(value)}: not a share between 0 and 1")
    if variables.get("in_place_edits", "correction") not in ("correction", "amendment"):
        problems.append(
            f"in_place_edits={variables['in_place_edits']}: neither `correction` nor `amendment`"
        )
    currency = variables.get("reporting_currency", "USD")
    if not (isinstance(currency, str) and currency.isalpha() and currency.isupper()):
        problems.append(f"reporting_currency={currency}: not a currency code such as EUR")
    columns = variables.get("contact_columns", [])
    if not isinstance(columns, list) or not all(isinstance(name, str) for name in columns):
        problems.append(f"contact_columns={json.dumps(columns)}: not a list of names of columns")
    _check_timezone(variables.get("reporting_timezone", "UTC"), problems)


def _check_timezone(name: Any, problems: list[str]) -> None:
    """Add a problem when the time zone is not in the tz database."""
    try:
        ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems.append(f"reporting_timezone={name}: not a time zone such as Asia/Tokyo")


def _is_date(value: Any) -> bool:
    """Whether a value is an ISO date."""
    try:
        return date.fromisoformat(str(value)).isoformat() == str(value)
    except ValueError:
        return False
