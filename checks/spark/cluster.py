"""A standalone cluster of one master and two workers on loopback, for the length of a test."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.environment import java_home

_HOST = "127.0.0.1"
_SECONDS_TO_START = 300
_WORKERS = ("first", "second")


@dataclass(frozen=True)
class Cluster:
    """A running cluster; `folder` holds the logs, and a folder of what ran on each worker."""

    master: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which a build finds it."""
        return {"SPARK_MASTER": self.master, "SPARK_LOCAL_IP": _HOST}

    def executors(self) -> dict[str, int]:
        """How many executors each worker ran."""
        return {name: len(list((self.folder / name).glob("app-*/*"))) for name in _WORKERS}


@contextmanager
def standalone_cluster(folder: Path) -> Iterator[Cluster]:
    """Start the cluster and stop it at the end; AssertionError when it does not start."""
    port = _free_port()
    cluster = Cluster(f"spark://{_HOST}:{port}", folder)
    with ExitStack() as stack:
        arguments = ["--host", _HOST, "--port", str(port), "--webui-port", "0"]
        stack.enter_context(_daemon("master.Master", arguments, folder / "master.log"))
        for name in _WORKERS:
            arguments = ["--host", _HOST, "--cores", "1", "--memory", "1200m", "--webui-port", "0"]
            arguments += ["--work-dir", str(folder / name), cluster.master]
            stack.enter_context(_daemon("worker.Worker", arguments, folder / f"{name}.log"))
        _wait_for(folder / "master.log", "Registering worker", len(_WORKERS))
        yield cluster


@contextmanager
def _daemon(name: str, arguments: list[str], log: Path) -> Iterator[None]:
    """One process of the cluster; `exec` in Spark's script makes it the process started here."""
    spec = importlib.util.find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    home = Path(spec.origin).parent
    environment = {**os.environ, "JAVA_HOME": str(java_home()), "SPARK_HOME": str(home)}
    environment |= {"SPARK_LOCAL_IP": _HOST, "SPARK_DAEMON_MEMORY": "256m"}
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *arguments]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=subprocess.STDOUT, cwd=log.parent
        )
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind((_HOST, 0))
        return int(listener.getsockname()[1])


def _wait_for(log: Path, text: str, count: int) -> None:
    """Wait until a log has a text so many times."""
    deadline = time.monotonic() + _SECONDS_TO_START
    while log.read_text(encoding="utf-8", errors="replace").count(text) < count:
        assert time.monotonic() < deadline, log.read_text(encoding="utf-8", errors="replace")
        time.sleep(0.3)
