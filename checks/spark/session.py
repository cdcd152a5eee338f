"""A Spark session set as the profile sets it, for questions smaller than a build."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import yaml
from jinja2.nativetypes import NativeEnvironment

from pipeline.environment import java_home
from pipeline.options import ROOT
from pipeline.spark.engine import FOR_FEW_ROWS


def profile_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """What the profile tells a session, with these variables in its environment."""
    profiles = yaml.safe_load((ROOT / "profiles.yml").read_text(encoding="utf-8"))
    output = profiles["customer_success_warehouse"]["outputs"]["spark"]

    def env_var(name: str, default: str) -> str:
        return environment.get(name, default)

    jinja = NativeEnvironment()
    return {
        name: str(jinja.from_string(text).render(env_var=env_var))
        for name, text in output["server_side_parameters"].items()
    }


class Session:
    """One session for all tests of a process; tables go by way of Parquet, so that types stay."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        home = java_home()
        assert home is not None
        os.environ["JAVA_HOME"] = str(home)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings = profile_settings({"CSW_OUT": str(folder), **FOR_FEW_ROWS})
        # dbt's adapter sets this one in every session.
        settings["spark.sql.ansi.enabled"] = "false"
        from pyspark.sql import SparkSession

        builder = SparkSession.builder
        for name, value in settings.items():
            builder = builder.config(name, value)
        self.spark: Any = builder.getOrCreate()
        self.spark.sparkContext.setLogLevel("OFF")

    def execute(self, statements: Iterable[str]) -> None:
        """Run statements one by one."""
        for statement in statements:
            self.spark.sql(statement)

    def show(self, name: str, table: duckdb.DuckDBPyRelation) -> None:
        """Let Spark see a relation of DuckDB under a name; names differ in one folder."""
        path = Path(tempfile.mkdtemp(dir=self._folder)) / "table.parquet"
        table.write_parquet(str(path))
        self.spark.read.parquet(str(path)).createOrReplaceTempView(name)

    def answer(self, sql: str) -> str:
        """The rows of a query, as a path that DuckDB reads."""
        path = Path(tempfile.mkdtemp(dir=self._folder)) / "answer"
        self.spark.sql(sql).coalesce(1).write.parquet(str(path))
        return f"{path}/*.parquet"
