"""`make bench`: seconds and memory per model on simulated data, beside hand-written statements."""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from bench.areas import REVENUE
from bench.day import day_report, measure_day
from bench.floor.running import Floor, run_floor, unlike
from bench.measure import Measurement, measure
from bench.report import report
from bench.sizes import AREAS, SIZES, raw_data
from pipeline.console import complain
from pipeline.failure import BuildFailure
from pipeline.options import ROOT


def parser() -> argparse.ArgumentParser:
    """The options; what is left out comes from the environment that `make` sets."""
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--size", choices=sorted(SIZES), help="S when no raw folder is given")
    options.add_argument("--raw", default=os.environ.get("CSW_RAW"), help="a raw folder to take")
    options.add_argument("--out", default=os.environ.get("CSW_OUT") or "out")
    options.add_argument(
        "--as-of",
        type=date.fromisoformat,
        default=os.environ.get("CSW_AS_OF") or None,
        help="last day known",
    )
    options.add_argument("--day", action="store_true", help="what one more day costs")
    options.add_argument("--everything", action="store_true", help="build all models, not the area")
    options.add_argument("--target", default=os.environ.get("CSW_TARGET") or "duckdb")
    return options


def main(arguments: list[str] | None = None) -> int:
    """Measure once, print the report and write it to OUT/bench/<size>.md."""
    parsed = parser().parse_args(arguments)
    folder = (ROOT / Path(parsed.out).expanduser()).resolve() / "bench"
    name = parsed.size or (Path(parsed.raw).resolve().name if parsed.raw else "S")
    work = folder / name
    work.mkdir(parents=True, exist_ok=True)
    page = folder / (f"{name}_day.md" if parsed.day else f"{name}_{parsed.target}.md")
    try:
        if parsed.raw:
            raw = (ROOT / Path(parsed.raw).expanduser()).resolve()
        else:
            print(f"Simulated data of size {name}: {SIZES[name]}", file=sys.stderr, flush=True)
            raw = raw_data(SIZES[name], work / "raw")
        print("Landing and dbt build ...", file=sys.stderr, flush=True)
        everything = parsed.everything or name not in AREAS
        if parsed.day:
            text = day_report(name, measure_day(raw, work))
        else:
            area = AREAS.get(name, REVENUE)
            measured = measure(raw, work, everything, parsed.target, area, parsed.as_of)
            text = report(name, measured)
            # Should the floor fail, what was measured is not lost.
            page.write_text(text, encoding="utf-8")
            if everything:
                text = report(name, measured, _floor(raw, work, measured))
    except BuildFailure as failure:
        complain(str(failure))
        return 1
    page.write_text(text, encoding="utf-8")
    print(text)
    print(f"Written to {page}", file=sys.stderr)
    return 0


def _floor(raw: Path, work: Path, measured: Measurement) -> Floor | None:
    """The floor of a build on DuckDB; BuildFailure when its outputs are not those of the models."""
    if measured.engine != "duckdb" or not (raw / "contracts.parquet").is_file():
        return None
    assert measured.as_of is not None
    print("Hand-written statements ...", file=sys.stderr, flush=True)
    # In a process of its own, so that its memory is its own.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        floor = pool.submit(run_floor, raw, work / "floor.duckdb", measured.as_of).result()
    differences = unlike(work / "warehouse.duckdb", work / "floor.duckdb")
    if differences:
        raise BuildFailure("The hand-written statements make something else:", differences)
    return floor


if __name__ == "__main__":
    sys.exit(main())
