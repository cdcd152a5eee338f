"""`make build`: raw files in, published marts out, or one clear message and nothing changed."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import traceback
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from pipeline import documentation, increments, state
from pipeline.as_of import as_of_failure
from pipeline.console import Console, complain
from pipeline.dbt_runner import DbtBuildFailure, run_dbt, warnings_of
from pipeline.demo import demo_data
from pipeline.engine import engine_of
from pipeline.failure import BuildFailure
from pipeline.options import ROOT, Options, known_variables
from pipeline.privacy import contacts, keys
from pipeline.summary import Summary, fill_from_warehouse
from pipeline.summary_text import summary_lines

_STEP_COUNT = 7


def build(options: Options) -> int:
    """Run the whole job; returns the exit code, 0 only when everything passed."""
    try:
        _prepare_folder(options.out)
        with only_build_in(options.out):
            console = Console(options.out / "build.log", _STEP_COUNT)
            try:
                return _Build(options, console).run()
            finally:
                console.close()
    except BuildFailure as failure:
        complain(str(failure))
        return 1


def _prepare_folder(out: Path) -> None:
    """Create OUT; BuildFailure when it cannot be written to."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / f".write_probe_{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise BuildFailure(f"OUT={out} cannot be written to: {error.strerror}.") from error


@contextmanager
def only_build_in(out: Path) -> Iterator[None]:
    """Hold OUT's lock; BuildFailure when another build of the same folder is running."""
    with (out / ".build.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BuildFailure(
                f"Another build is running in {out}. Wait for it, or give another OUT."
            ) from error
        yield


class _Build:
    """One run: its options, what it tells the reader, and the summary it fills."""

    def __init__(self, options: Options, console: Console) -> None:
        self.options = options
        self.console = console
        self.engine = engine_of(options, console)
        self.summary = Summary(seconds=console.seconds)
        self.plan = increments.Plan(reason="not decided yet", files=(), new=frozenset())

    def run(self) -> int:
        """Build and publish; every fault ends in a message, the rest of it in the log."""
        message = None
        try:
            self._build_and_publish()
            self.summary.status = "passed"
        except BuildFailure as failure:
            message = str(failure)
            self.summary.failures = failure.problems or [failure.headline]
        except KeyboardInterrupt:
            message = "The build was interrupted; nothing was published."
            self.summary.failures = [message]
        except Exception as error:
            message = self._unforeseen(error)
            self.summary.failures = [message]
        self.engine.abandon()
        self._summarise()
        if message is not None:
            self.console.log(message)
            complain(f"\nBUILD FAILED at: {self.console.current_step}\n{message}")
            complain(f"Details: {self.console.log_path}")
            if self.options.published.exists():
                complain(f"The file published before is untouched: {self.options.published}")
        return 0 if message is None else 1

    def _unforeseen(self, error: Exception) -> str:
        """One line for the reader; the traceback goes to the log."""
        self.console.log("".join(traceback.format_exception(error)))
        first_line = (str(error).splitlines() or [""])[0]
        return f"Something unforeseen happened ({type(error).__name__}: {first_line[:300]})."

    def _build_and_publish(self) -> None:
        """The steps, in order; raises at the first one that fails."""
        options, console = self.options, self.console
        keys.refuse_where_not_hashed(options.target)
        self.engine.prepare()
        raw = options.raw
        if self.engine.has_raw_data():
            console.say("The tables in the server's schema `raw` are the raw data.", indent=0)
        elif raw is None:
            console.step_count += 1
            with console.step("Simulate the demo data"):
                raw = demo_data(options.out, console)
        with console.step("Check the raw files against their contracts"):
            self._check_raw(raw)
        with console.step("Land the raw files"):
            self._land(raw)
        with console.step("Build and test the models (dbt)"):
            self._run_models()
        manifest = json.loads((options.dbt_target / "manifest.json").read_text(encoding="utf-8"))
        with console.step("Copy the marts to the file to be published"):
            count = self.engine.collect(manifest)
            console.say(f"{count} marts")
        with console.step("Check the file (Great Expectations)"):
            self._run_gx(manifest)
        with console.step("Write the dashboard, the docs and the catalogue"):
            if documentation.has_dashboard():
                documentation.render_dashboard(options, options.next_file, console)
            documentation.write_docs(options, console)
            documentation.refresh_catalogue(options)
        with console.step("Publish"):
            self.engine.promote()
            self._keep_state()

    def _check_raw(self, raw: Path | None) -> None:
        """Structural faults stop the build before dbt; unknown columns are notes."""
        for warning in self.engine.preflight(raw):
            self.summary.notes.append(warning)
            self.console.warn(warning)

    def _land(self, raw: Path | None) -> None:
        """Decide what to read, and make the schema `raw` of the build file."""
        from pipeline import landing

        self.plan = self.engine.plan(raw)
        self.console.say(self.plan.sentence())
        moment = datetime.now(UTC).replace(tzinfo=None)
        self.summary.build_id = f"{moment:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
        request = landing.BuildRequest(
            build_id=self.summary.build_id,
            built_at=moment,
            project_version=project_version(),
            git_commit=git_commit(),
        )
        self.engine.land(raw, request, None if self.plan.is_full else self.plan.new)
        for note in self.engine.notes:
            self.summary.notes.append(note)
            self.console.warn(note)

    def _keep_state(self) -> None:
        """Write what the next build goes on from."""
        if not self.engine.is_incremental:
            return
        with state.opened(self.options.warehouse) as execute:
            state.commit(
                execute,
                str(self.summary.build_id),
                increments.settings_of(self.options),
                self.plan.files,
                self.plan.taken_before,
            )

    def _run_models(self) -> None:
        """One `dbt build` of everything but unit tests, which belong to `make test`."""
        command = ["build", "--exclude-resource-type", "unit_test"]
        if self.plan.is_full:
            command.append("--full-refresh")
        try:
            run_dbt(self.options, command, self.console)
        except DbtBuildFailure as failure:
            self.engine.fetch()
            raise as_of_failure(failure.failed_tests, self.options.warehouse) or failure from None
        self.engine.fetch()
        results = json.loads((self.options.dbt_target / "run_results.json").read_text("utf-8"))
        kinds = [result["unique_id"].split(".")[0] for result in results["results"]]
        self.summary.tests["models"] = kinds.count("model")
        self.summary.tests["dbt tests"] = kinds.count("test")
        for warning in warnings_of(self.options):
            self.summary.notes.append(warning)
            self.console.warn(warning)
        self.summary.increment = self.plan.sentence()
        if self.engine.is_incremental:
            with state.opened(self.options.warehouse) as execute:
                self.summary.increment = self.plan.sentence(*state.affected(execute))

    def _run_gx(self, manifest: dict[str, Any]) -> None:
        """Contact details and expectations; failures stop the build, drift is a note."""
        variables = known_variables() | self.options.variables
        contacts.refuse_contacts(self.options.next_file, variables[contacts.VARIABLE])
        report = self.engine.check(manifest)
        self.console.say(f"{report.expectation_count} expectations on {report.mart_count} marts")
        self.summary.tests["expectations"] = report.expectation_count
        self.summary.notes += report.warnings
        if report.failures:
            raise BuildFailure("Expectations on the marts failed:", report.failures)

    def _summarise(self) -> None:
        """Print the summary and write it for machines."""
        variables = known_variables() | self.options.variables
        self.summary.reporting_currency = variables["reporting_currency"]
        if self.summary.build_id:
            fill_from_warehouse(self.summary, self.options.warehouse)
        self.summary.outputs = {
            name: str(path)
            for name, path in outputs(self.options).items()
            if name in ("log", "summary") or (path.exists() and self.summary.status == "passed")
        }
        self.summary.write(self.options.out / "summary.json")
        for line in summary_lines(self.summary):
            print(line)
            self.console.log(line)


def outputs(options: Options) -> dict[str, Path]:
    """What a build leaves for its reader."""
    return {
        "marts": options.published,
        "dashboard": options.out / "dashboard" / "index.html",
        "dbt docs": options.out / "docs" / "index.html",
        "definitions": options.out / "docs" / documentation.DEFINITIONS_PAGE,
        "contracts": options.out / "contracts" / "index.html",
        "data docs": options.out / "data_docs" / "index.html",
        "summary": options.out / "summary.json",
        "build file": options.warehouse,
        "log": options.out / "build.log",
    }


def project_version() -> str:
    """Version of this project, as dbt_project.yml says."""
    return str(yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["version"])


def git_commit() -> str | None:
    """Commit of the checkout; None outside a clone or without git."""
    try:
        result = subprocess.run(
            ["git", "-C", str(ROOT), "rev-parse", "--verify", "--quiet", "HEAD"],
            capture_output=True,
            encoding="utf-8",
        )
    except OSError:
        return None
    return result.stdout.strip() or None
