"""Makes the project's virtual environments from their lock files; needs nothing but Python.

Run by `make` with the Python found on the machine, before any dependency exists, so this module
imports the standard library only and stays readable for the older Pythons it turns away.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
STAMP = ".installed_lock"
# name -> (folder of the environment, its lock file)
ENVIRONMENTS = {
    "main": (".venv", "requirements.lock"),
    "dashboard": (".venv-dashboard", "dashboard/requirements.lock"),
    "v2parser": (".venv-v2parser", "checks/spec/v2parser.lock"),
}
# What `make setup EXTRAS=...` adds to the main environment: name -> its lock file.
EXTRAS = {"spark": "requirements-spark.lock"}
OLDEST_JAVA = 17
JAVA_PACKAGE = "openjdk-17-jre-headless"


class EnvironmentFailure(Exception):
    """An environment could not be made; the text says why in plain words."""


def python_of(folder: Path) -> Path:
    """The interpreter inside an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def lock_digest(lock: Path) -> str:
    """What the stamp of an environment made from this lock says."""
    version = "%d.%d" % sys.version_info[:2]
    return version + " " + hashlib.sha256(lock.read_bytes()).hexdigest()


def is_current(folder: Path, lock: Path) -> bool:
    """Whether the environment was made from this very lock and its interpreter still starts."""
    stamp = folder / STAMP
    return (
        stamp.exists()
        and stamp.read_text() == lock_digest(lock)
        and can_run(python_of(folder), "-c", "")
    )


def can_run(*command: object) -> bool:
    """Whether a command exists and exits 0; its output is dropped."""
    try:
        return subprocess.run([str(part) for part in command], capture_output=True).returncode == 0
    except OSError:
        return False


def make_environment(name: str) -> Path:
    """Make or refresh one environment and return its interpreter.

    Raises EnvironmentFailure when Python is too old or the packages cannot be installed.
    """
    folder, lock = (ROOT / part for part in ENVIRONMENTS[name])
    if sys.version_info < OLDEST_PYTHON:
        raise EnvironmentFailure(
            "Python %d.%d or newer is needed, this is %s (%s). Install one and run "
            "`make PYTHON=/path/to/python3 ...`."
            % (*OLDEST_PYTHON, sys.version.split()[0], sys.executable)
        )
    if is_current(folder, lock):
        return python_of(folder)
    with only_one_process(folder):
        if not is_current(folder, lock):
            print("Setting up %s from %s ..." % (folder.name, lock.relative_to(ROOT)), flush=True)
            create(folder)
            install(python_of(folder), lock)
            (folder / STAMP).write_text(lock_digest(lock))
    return python_of(folder)


def extra_stamp(name: str) -> Path:
    """The file that says from which lock an extra was installed."""
    return ROOT / ENVIRONMENTS["main"][0] / (STAMP + "_" + name)


def has_extra(name: str) -> bool:
    """Whether the main environment holds an extra of this very lock."""
    stamp = extra_stamp(name)
    return stamp.exists() and stamp.read_text() == lock_digest(ROOT / EXTRAS[name])


def add_extra(name: str) -> None:
    """Install an extra into the main environment, and Java for Spark; EnvironmentFailure."""
    python = make_environment("main")
    lock = ROOT / EXTRAS[name]
    if not has_extra(name):
        with only_one_process(extra_stamp(name)):
            if not has_extra(name):
                print("Adding %s from %s ..." % (name, lock.name), flush=True)
                install(python, lock)
                extra_stamp(name).write_text(lock_digest(lock))
    if name == "spark" and java_home() is None:
        install_java()


def java_home() -> Path | None:
    """Folder of a Java that Spark can run on: JAVA_HOME, else the `java` on the path."""
    candidates = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    found = shutil.which("java")
    if found:
        candidates.append(Path(found).resolve().parent.parent)
    for folder in candidates:
        if java_version(folder / "bin" / "java") >= OLDEST_JAVA:
            return folder
    return None


def java_version(java: Path) -> int:
    """Main version of a Java; 0 when there is none."""
    try:
        result = subprocess.run(
            [str(java), "-version"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except OSError:
        return 0
    # Java 8 and before call themselves 1.8.
    found = re.search(r'version "(?:1\.)?(\d+)', result.stdout.decode("utf-8", "replace"))
    return int(found.group(1)) if found else 0


def install_java() -> None:
    """Install Java as a Debian package, which takes root; EnvironmentFailure where it cannot be."""
    advice = (
        "Spark needs Java %d or newer. Install it (Debian and Ubuntu: apt-get install %s) or let "
        "JAVA_HOME name it." % (OLDEST_JAVA, JAVA_PACKAGE)
    )
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise EnvironmentFailure(advice)
    print("Installing %s ..." % JAVA_PACKAGE, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", JAVA_PACKAGE],
    )
    results = [subprocess.run(command, env=quiet, capture_output=True) for command in commands]
    if results[-1].returncode != 0 or java_home() is None:
        raise EnvironmentFailure(
            advice + "\n" + results[-1].stderr.decode("utf-8", "replace").strip()
        )


@contextmanager
def only_one_process(folder: Path) -> Iterator[None]:
    """Wait until no other process makes the same environment."""
    with open(str(folder) + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def create(folder: Path) -> None:
    """Create the virtual environment with pip in it, anew when its interpreter does not start."""
    (folder / STAMP).unlink(missing_ok=True)
    python = python_of(folder)
    try:
        if not can_run(python, "-c", ""):
            venv.EnvBuilder(clear=folder.exists(), symlinks=os.name != "nt").create(folder)
        if not can_run(python, "-m", "pip", "--version"):
            subprocess.run([str(python), "-m", "ensurepip"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise EnvironmentFailure(
            "The virtual environment %s could not be created (%s). On Debian and Ubuntu the "
            "package python3-venv is needed." % (folder, error)
        ) from error


def install(python: Path, lock: Path) -> None:
    """Install exactly what the lock lists: by uv when it can be had, else by pip, which is slower.

    `--no-deps`, because dbt-core names a parser that downloads itself while it is installed.
    """
    if not can_run(python, "-m", "uv", "--version"):
        can_run(python, "-m", "pip", "install", "--quiet", "uv")
    arguments = ["install", "--quiet", "--no-deps", "-r", str(lock)]
    # Compiled once, as pip does: else every start of dbt compiles hundreds of modules again where
    # PYTHONDONTWRITEBYTECODE is set, as in most images of containers.
    if can_run(python, "-m", "uv", "pip", *arguments, "--compile-bytecode", "--python", python):
        return
    print("uv is not to be had; installing with pip, which takes a minute or two ...", flush=True)
    result = subprocess.run([str(python), "-m", "pip", *arguments])
    if result.returncode != 0:
        raise EnvironmentFailure(
            "The packages of %s could not be installed; pip's message is above. Check the "
            "connection to your package index." % lock.name
        )


def main() -> int:
    """Make the environments and add the extras named on the command line (default: main)."""
    names = sys.argv[1:] or ["main"]
    try:
        unknown = sorted(set(names) - set(ENVIRONMENTS) - set(EXTRAS))
        if unknown:
            raise EnvironmentFailure(
                "EXTRAS=%s: there is only %s." % (" ".join(unknown), ", ".join(EXTRAS))
            )
        for name in names:
            if name in EXTRAS:
                add_extra(name)
            else:
                make_environment(name)
    except EnvironmentFailure as failure:
        print("Set-up failed. %s" % failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
