"""Builds on Spark: the whole command in a local session, the models on a cluster of two workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from bench.comparing import Comparison
from checks.conftest import simulate
from checks.engines.builds import MODELS_ALONE, REQUEST, build_on, grains
from checks.spark.cluster import standalone_cluster
from pipeline.console import Console
from pipeline.dbt_runner import run_dbt
from pipeline.options import ROOT, Options
from pipeline.spark.engine import SparkEngine

pytestmark = pytest.mark.spark
AS_OF = "2025-12-31"


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder with faults of every kind."""
    return simulate(
        tmp_path_factory.mktemp("raw") / "raw",
        *("--accounts", "60", "--months", "14", "--logins", "5000", "--dirty", "0.03"),
        *("--as-of", AS_OF),
    )


def assert_parquet_is_what_is_published(out: Path) -> None:
    """The folders of Parquet that readers of Spark open hold the rows of the published file."""
    with duckdb.connect() as reader:
        reader.execute(f"attach '{out / 'marts.duckdb'}' as published (read_only)")
        for name in ("fct_mrr_monthly", "kpi_values", "quality_quarantine"):
            files = out / "spark" / "marts" / name / "*.parquet"
            counts = reader.execute(
                f"select (select count(*) from '{files}'), count(*) from published.marts.{name}"
            ).fetchone()
            assert counts is not None
            assert counts[0] == counts[1] > 0


# Minutes: in every run of CI checks/parity builds all models on a cluster, with every fault.
@pytest.mark.long
def test_the_build_command_publishes_marts_that_every_reader_can_open(
    raw: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "pipeline", "build", "--target", "spark"]
    command += ["--raw", str(raw), "--out", str(tmp_path), "--as-of", AS_OF]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-4000:]
    summary = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert summary["status"] == "passed"
    assert summary["tests"]["dbt tests"] > 300
    assert summary["tests"]["expectations"] > 500
    assert_parquet_is_what_is_published(tmp_path)


# As above.
@pytest.mark.long
def test_a_cluster_makes_the_same_marts_as_duckdb(raw: Path, tmp_path: Path) -> None:
    measure = build_on("duckdb", raw, tmp_path / "duckdb", AS_OF, {})
    (tmp_path / "cluster").mkdir()
    with standalone_cluster(tmp_path / "cluster") as cluster:
        built = build_on("spark", raw, tmp_path / "spark", AS_OF, cluster.environment)
        assert min(cluster.executors().values()) >= 1
    assert Comparison(measure.marts, built.marts).differences(grains(tmp_path / "duckdb")) == []


def test_a_session_of_its_own_builds_a_mart_and_all_that_it_is_made_from(
    raw: Path, tmp_path: Path
) -> None:
    options = Options(tmp_path, raw, "spark", {"as_of_date": AS_OF})
    console = Console(tmp_path / "build.log", 1)
    engine = SparkEngine(options, console)
    engine.prepare()
    engine.land(raw, REQUEST)
    run_dbt(options, [*MODELS_ALONE, "--select", "+fct_contract_line"], console)
    console.close()
    with duckdb.connect() as reader:
        (rows,) = reader.execute(
            "select count(*), count(distinct contract_line_id) from read_parquet(?)",
            [f"{engine.warehouse}/marts.db/fct_contract_line/*.parquet"],
        ).fetchall()
    assert rows[0] == rows[1] > 50


@pytest.mark.parametrize(
    ("taken_away", "message"),
    [
        ({"CSW_MISSING_EXTRA": "pyspark"}, "make setup EXTRAS=spark"),
        ({"JAVA_HOME": "/nowhere", "PATH": "/nowhere"}, "needs Java 17 or newer"),
        ({"SPARK_REMOTE": "sc://cluster"}, "Name the cluster by SPARK_MASTER"),
    ],
)
def test_a_missing_part_ends_in_one_message_that_says_what_to_do(
    tmp_path: Path, taken_away: dict[str, str], message: str
) -> None:
    program = (
        "import importlib.util, os, sys; found = importlib.util.find_spec;"
        " importlib.util.find_spec = lambda name, *rest:"
        " None if name == os.environ.get('CSW_MISSING_EXTRA') else found(name, *rest);"
        " from pipeline.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, "build", "--target", "spark", "--out", str(tmp_path)]
    environment = {**os.environ, **taken_away}
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8"
    )
    assert result.returncode == 1
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.stdout + result.stderr
