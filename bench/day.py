"""What one more day costs: a full build of all days before it, then the build that adds it.

The day is the last one in the data that ends no month, since most days end none. Of all sources but
logins the files are there from the start: what they hold of the day is still to come in the first
build, and becomes known in the second.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from bench.measure import ModelTime, build_models
from pipeline import changes, increments, landing, state
from pipeline.options import Options

# Besides the day's own rows its file holds one in a thousand of the month's, as late rows.
_LATE_SHARE = 1000
# Folders of models that only logins are the input of, or that say what to make anew.
_FOLDERS = {"engagement", "increments"}
_DAY_FILE = "logins/day.parquet"
_KINDS = {"models over logins and use": True, "all other models": False, "all SQL": None}
_TIMES = {
    "dbt and DuckDB from start to end": "cpu_seconds",
    "the same, on the clock": "dbt_seconds",
    "landing, on the clock": "landing_seconds",
}


@dataclass(frozen=True)
class Build:
    """One of the two builds: what it says it did, its models, seconds of landing and of dbt."""

    sentence: str
    tables_made: dict[str, int]
    models: tuple[ModelTime, ...]
    landing_seconds: float
    dbt_seconds: float
    cpu_seconds: float

    def cpu(self, over_logins: bool | None = None) -> float:
        """CPU seconds: of the models over logins and use, of the others, or of all."""
        return sum(
            model.cpu_seconds
            for model in self.models
            if over_logins is None or over_logins == is_over_logins(model)
        )


@dataclass(frozen=True)
class DayCost:
    """The full build, and the build of one more day of files."""

    day: date
    full: Build
    increment: Build


def is_over_logins(model: ModelTime) -> bool:
    """Whether a model is made from logins, or decides which of them are made anew."""
    return model.folder in _FOLDERS or "login" in model.name


def measure_day(raw: Path, out: Path) -> DayCost:
    """Build a raw folder without a day of logins in OUT, then with it.

    Raises BuildFailure when a model fails.
    """
    folder = out / "raw_by_day"
    shutil.rmtree(folder, ignore_errors=True)
    day, held_back = _split(raw, folder)
    before = Options(out=out, variables={"as_of_date": (day - timedelta(days=1)).isoformat()})
    full = _build(folder, before)
    os.replace(held_back, folder / _DAY_FILE)
    increment = _build(folder, Options(out=out, variables={"as_of_date": day.isoformat()}))
    shutil.rmtree(folder)
    return DayCost(day, full, increment)


def _split(raw: Path, folder: Path) -> tuple[date, Path]:
    """Link the raw files, with the logins of the last day in a file of their own, held back."""
    (folder / "logins").mkdir(parents=True)
    for path in raw.iterdir():
        if path.name.split(".")[0] != "logins" and not path.name.startswith((".", "_")):
            (folder / path.name).symlink_to(path.resolve())
    held_back = folder / ".day.parquet"
    with duckdb.connect() as connection:
        connection.execute("set threads = 2; set memory_limit = '4GB'; set TimeZone = 'UTC'")
        files = sorted(_login_files(raw))
        (found,) = connection.execute(
            f"select max(cast(logged_in_at as date)) from read_parquet('{files[-1]}')"
        ).fetchall()
        day = found[0]
        if (day + timedelta(days=1)).day == 1:
            day -= timedelta(days=1)
        is_held = (
            f"(cast(logged_in_at as date) = date '{day}' or hash(login_id) % {_LATE_SHARE} = 0)"
        )
        for path, condition in ((held_back, is_held), (folder / "logins/last.parquet", None)):
            rows = f"from read_parquet('{files[-1]}', hive_partitioning = false) where "
            rows += condition or f"not ({is_held})"
            rows += f" and cast(logged_in_at as date) <= date '{day}'"
            connection.execute(f"copy (select * {rows}) to '{path}' (compression zstd)")
    for number, file in enumerate(files[:-1]):
        (folder / "logins" / f"{number:04}.parquet").symlink_to(file.resolve())
    return day, held_back


def _login_files(raw: Path) -> Iterator[Path]:
    """The Parquet files of logins, whose names follow the months."""
    yield from raw.glob("logins.parquet")
    yield from (raw / "logins").rglob("*.parquet")


def _build(folder: Path, options: Options) -> Build:
    """Plan, land, build and keep the state, as `make build` does without tests and publication."""
    plan = increments.plan_build(options, folder)
    request = landing.BuildRequest("bench", datetime.now(UTC), "bench")
    started = datetime.now(UTC)
    landing.land(folder, options.out, request, new=None if plan.is_full else plan.new)
    landing_seconds = (datetime.now(UTC) - started).total_seconds()
    models, *seconds = build_models(options, ["--full-refresh"] if plan.is_full else [])
    with state.opened(options.warehouse) as execute:
        sentence = plan.sentence(*state.affected(execute))
        tables_made = changes.tables_made(execute)
        settings = increments.settings_of(options)
        state.commit(execute, "bench", settings, plan.files, plan.taken_before)
    return Build(sentence, tables_made, models, landing_seconds, *seconds)


def day_report(name: str, cost: DayCost) -> str:
    """The two builds side by side, model by model, as Markdown."""
    full, day = cost.full, cost.increment
    lines = [f"## {name}, the day {cost.day}", "", f"`{full.sentence}`, then `{day.sentence}`.", ""]
    if day.tables_made:
        counts = ", ".join(f"{made}: {count}" for made, count in sorted(day.tables_made.items()))
        lines += [f"Tables made anew for the day, {counts}.", ""]
    lines += [
        _row("CPU seconds, all cores", "full build", "the day", "share"),
        "|---|---:|---:|---:|",
    ]
    for words, kind in _KINDS.items():
        lines.append(_compared(words, full.cpu(kind), day.cpu(kind)))
    for words, attribute in _TIMES.items():
        lines.append(_compared(words, getattr(full, attribute), getattr(day, attribute)))
    lines += ["", _row("model over logins and use", "rows", "full build", "the day")]
    lines.append("|---|---:|---:|---:|")
    then = {model.name: model.cpu_seconds for model in day.models}
    for model in sorted(full.models, key=lambda model: -model.cpu_seconds):
        if is_over_logins(model):
            rows = "view" if model.rows is None else f"{model.rows:,}"
            seconds = (f"{model.cpu_seconds:.2f}", f"{then[model.name]:.2f}")
            lines.append(_row(f"`{model.name}`", rows, *seconds))
    return "\n".join(lines) + "\n"


def _compared(words: str, full: float, day: float) -> str:
    """One row of two times and the share of the second."""
    return _row(words, f"{full:.1f}", f"{day:.1f}", f"{day / full:.1%}")


def _row(*cells: str) -> str:
    """One row of a table."""
    return f"| {' | '.join(cells)} |"
