"""The workflow for a company's own changes: valid, and made of steps that are there and run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.options import ROOT

WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"
SCRIPT = ROOT / "ci" / "step"
GUIDE = ROOT / "docs" / "ci.md"
COMMAND = re.compile(r"^ci/step (\w+)(?: .*)?$")


def jobs() -> dict[str, dict[str, Any]]:
    """The jobs of the workflow."""
    return yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]


def commands() -> list[str]:
    """What the workflow runs, line by line."""
    steps = [step for job in jobs().values() for step in job["steps"]]
    return [line for step in steps for line in step.get("run", "").splitlines()]


def step_names() -> set[str]:
    """The steps that the script knows."""
    return set(re.findall(r"^step_(\w+)\(\)", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE))


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script."""
    return subprocess.run(
        ["bash", str(SCRIPT), *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
    )


def validated(path: Path) -> subprocess.CompletedProcess[str]:
    """What check-jsonschema says of a workflow, by the schema it brings along."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    return subprocess.run(
        [*command, "vendor.github-workflows", str(path)], capture_output=True, encoding="utf-8"
    )


def test_the_workflow_is_valid() -> None:
    result = validated(WORKFLOW)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_workflow_that_is_not_valid_would_be_found(tmp_path: Path) -> None:
    wrong = tmp_path / "ci.yml"
    text = WORKFLOW.read_text(encoding="utf-8")
    wrong.write_text(text.replace("runs-on:", "run-on:"), encoding="utf-8")
    assert validated(wrong).returncode != 0


def test_every_command_of_the_workflow_is_a_step_of_the_script() -> None:
    named = [match[1] for command in commands() if (match := COMMAND.match(command))]
    assert len(named) == len(commands())
    assert set(named) == step_names()


def test_every_step_is_explained_where_it_stands_and_in_the_guide() -> None:
    usage = run()
    assert usage.returncode == 2
    for name in step_names():
        assert f"ci/step {name}" in usage.stderr
        assert f"ci/step {name}" in GUIDE.read_text(encoding="utf-8")


def test_every_make_target_of_the_script_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    called = re.findall(
        r"^    make (?:-C \S+ )?([a-z-]+)", SCRIPT.read_text(encoding="utf-8"), re.M
    )
    assert called
    assert [name for name in called if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []


def test_the_script_is_sound_bash_and_may_be_run() -> None:
    assert subprocess.run(["bash", "-n", str(SCRIPT)]).returncode == 0
    assert os.access(SCRIPT, os.X_OK)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="there is no history to compare with")
def test_the_contract_step_has_the_codes_of_the_command() -> None:
    """1 is tested where changes are judged."""
    assert run("contracts", "HEAD").returncode in (0, 1)
    unknown = run("contracts", "no-such-version")
    assert unknown.returncode == 2
    assert "no-such-version" in unknown.stderr


def test_a_step_without_what_it_needs_says_so(tmp_path: Path) -> None:
    slim = run("slim", BASE_OUT=str(tmp_path), SLIM_OUT=str(tmp_path / "slim"))
    assert (slim.returncode, "ci/step base" in slim.stderr) == (2, True)
    assert run("contracts").returncode != 0
    assert run("base", "no-such-version", BASE_OUT=str(tmp_path)).returncode != 0


def test_artefacts_are_copied_as_far_as_there_are_any(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "kept" / "here"
    (out / "dashboard").mkdir(parents=True)
    (out / "dashboard" / "index.html").write_text("page", encoding="utf-8")
    (out / "warehouse.duckdb").write_text("private", encoding="utf-8")
    assert run("artefacts", str(folder), OUT=str(out)).returncode == 0
    assert [path.name for path in folder.iterdir()] == ["dashboard"]


@pytest.fixture(scope="module")
def base(demo_build: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build to measure a change by, in which one mart had another text."""
    folder = tmp_path_factory.mktemp("base")
    (folder / "dbt").mkdir()
    shutil.copy(demo_build.out / "warehouse.duckdb", folder)
    manifest = json.loads((demo_build.out / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    manifest["nodes"]["model.customer_success_warehouse.kpi_ltv"]["raw_code"] += "\n-- former"
    (folder / "dbt" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.mark.slow
def test_the_slim_build_makes_what_differs_and_nothing_else(base: Path) -> None:
    result = run("slim", BASE_OUT=str(base), SLIM_OUT=str(base.parent / "slim"))
    assert result.returncode == 0, result.stdout + result.stderr
    results = (base.parent / "slim" / "dbt" / "run_results.json").read_text(encoding="utf-8")
    made = re.findall(r'"unique_id": "model\.customer_success_warehouse\.(\w+)"', results)
    assert set(made) == {"kpi_ltv"}


def test_the_example_for_another_system_is_valid_and_names_steps(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / ".gitlab-ci.yml"
    path.write_text(example, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci"]
    result = subprocess.run([*command, str(path)], capture_output=True, encoding="utf-8")
    assert result.returncode == 0, result.stdout + result.stderr
    assert set(re.findall(r"ci/step (\w+)", example)) == step_names()


def test_the_base_is_built_once_per_commit_and_leaves_no_worktree(tmp_path: Path) -> None:
    (tmp_path / "ci").mkdir()
    shutil.copy(SCRIPT, tmp_path / "ci")
    makefile = 'build:\n\t@echo once >> "$(OUT)/built"\n'
    (tmp_path / "Makefile").write_text(makefile, encoding="utf-8")
    (tmp_path / "requirements.lock").touch()

    def git(*arguments: str) -> str:
        name = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        command = ["git", *name, *arguments]
        return subprocess.check_output(command, cwd=tmp_path, encoding="utf-8")

    def build_base() -> int:
        command = ["bash", "ci/step", "base", "HEAD"]
        return subprocess.run(command, cwd=tmp_path, env=plain, capture_output=True).returncode

    plain = {name: value for name, value in os.environ.items() if name not in ("OUT", "BASE_OUT")}
    git("init", "-q")
    git("add", "ci", "Makefile", "requirements.lock")
    git("commit", "-qm", "first")
    built = tmp_path / "out" / "base" / "built"
    assert (build_base(), build_base()) == (0, 0)
    assert built.read_text(encoding="utf-8") == "once\n"
    git("commit", "-q", "--allow-empty", "-m", "second")
    assert build_base() == 0
    assert built.read_text(encoding="utf-8") == "once\nonce\n"
    (tmp_path / "Makefile").write_text("build:\n\t@exit 3\n", encoding="utf-8")
    git("commit", "-qam", "third")
    assert 0 not in (build_base(), build_base())
    assert len(git("worktree", "list").splitlines()) == 1
