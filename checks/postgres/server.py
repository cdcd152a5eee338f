"""A PostgreSQL server of its own for a test or a measurement: on loopback, gone at the end.

The binaries are those of the machine, else Debian's package is installed, else a wheel from PyPI
that carries a server. PostgreSQL refuses to run as root, so root hands it to another user.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WHEEL = "pgserver==0.1.4"
_USER = "warehouse"
_DEBIAN_FOLDERS = Path("/usr/lib/postgresql")
_SECONDS_TO_START = 60
# What a crash of the machine would cost does not matter here.
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "listen_addresses": "127.0.0.1",
}


class NoServer(Exception):
    """No PostgreSQL server can be had; the text says what was tried."""


@dataclass(frozen=True)
class Server:
    """A running server: where it listens and who owns it."""

    port: int
    password: str
    user: str = _USER
    host: str = "127.0.0.1"

    def environment(self, database: str = "postgres") -> dict[str, str]:
        """The `PG*` variables by which its clients find it."""
        return {
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGDATABASE": database,
        }


def binaries() -> Path:
    """The folder of `initdb` and `postgres`; installs them when the machine has none."""
    tried = []
    for find in (_on_path, _of_debian, _from_debian, _from_wheel):
        folder = find()
        if folder is not None:
            return folder
        tried.append((find.__doc__ or "").rstrip("."))
    raise NoServer(f"No PostgreSQL server can be had. Tried: {'; '.join(tried)}.")


def _complete(folder: Path) -> Path | None:
    """The folder, when it holds all that a server needs."""
    return folder if all((folder / name).exists() for name in ("initdb", "postgres")) else None


def _on_path() -> Path | None:
    """The binaries on PATH."""
    found = shutil.which("initdb")
    return _complete(Path(found).resolve().parent) if found else None


def _of_debian() -> Path | None:
    """Debian's folder, the newest version first."""
    folders = sorted(_DEBIAN_FOLDERS.glob("*/bin"), key=lambda path: -float(path.parent.name))
    return next((folder for folder in folders if _complete(folder)), None)


def _from_debian() -> Path | None:
    """Debian's package by apt-get, as root."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", "postgresql"]):
        subprocess.run(["apt-get", "-q", *command], env=environment, capture_output=True)
    return _of_debian()


def _from_wheel() -> Path | None:
    """A wheel from PyPI."""
    folder = Path(tempfile.gettempdir()) / f"csw_{WHEEL.replace('==', '_')}_{os.getuid()}"
    if not folder.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        result = subprocess.run([*command, "--target", str(folder), WHEEL], capture_output=True)
        if result.returncode != 0:
            shutil.rmtree(folder, ignore_errors=True)
            return None
    return next(filter(None, (_complete(path.parent) for path in folder.rglob("initdb"))), None)


def _server_user() -> pwd.struct_passwd | None:
    """Whom root hands the server to; None when this process is not root's."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServer("PostgreSQL refuses to run as root, and there is no user `nobody` either.")


@contextmanager
def throw_away_server() -> Iterator[Server]:
    """Make a cluster in a temporary folder, run it and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="csw_postgres_"))
    user = _server_user()
    identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        server = Server(_free_port(), secrets.token_urlsafe(16))
        programs = binaries()
        _make_cluster(programs, folder, server, identity)
        with _running(programs, folder, server, identity):
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _make_cluster(programs: Path, folder: Path, server: Server, identity: dict) -> None:
    """Run initdb; the password reaches it in a file that only the server's user can read."""
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(server.password)
    if identity:
        os.chown(secret, identity["user"], identity["group"])
    command = [programs / "initdb", "-D", folder / "data", "-U", server.user, "--no-sync"]
    options = [f"--pwfile={secret}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
    _run([*command, *options], identity, folder)
    secret.unlink()


def _run(command: list[object], identity: dict, folder: Path) -> None:
    """Run a program of the server; NoServer with its last words when it fails."""
    result = subprocess.run(
        [str(part) for part in command], cwd=folder, capture_output=True, text=True, **identity
    )
    if result.returncode != 0:
        words = (result.stderr or result.stdout).strip().splitlines()
        raise NoServer(f"{Path(str(command[0])).name} failed: {' '.join(words[-2:])}")


@contextmanager
def _running(programs: Path, folder: Path, server: Server, identity: dict) -> Iterator[None]:
    """The server as a child process, stopped at once at the end."""
    settings = {**_SETTINGS, "port": str(server.port), "unix_socket_directories": str(folder)}
    command = [str(programs / "postgres"), "-D", str(folder / "data")]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, **identity)
    try:
        _wait_until(lambda: _accepts(server), process, log)
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait()


def _wait_until(is_ready: Callable[[], bool], process: subprocess.Popen, log: Path) -> None:
    """Return as soon as the server answers; NoServer when it ended or takes too long."""
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        if is_ready():
            return
        time.sleep(0.05)
    raise NoServer(f"The server did not start: {log.read_text()[-500:]}")


def _accepts(server: Server) -> bool:
    """Whether the server takes connections."""
    import psycopg2

    try:
        psycopg2.connect(
            host=server.host,
            port=server.port,
            user=server.user,
            password=server.password,
            dbname="postgres",
        ).close()
    except psycopg2.OperationalError:
        return False
    return True


def main() -> int:
    """Run a server until interrupted; prints the variables that lead to it."""
    with throw_away_server() as server:
        for name, value in server.environment().items():
            print(f"export {name}={value}", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    sys.exit(main())
