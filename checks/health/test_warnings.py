"""What a test of severity `warn` finds is told in words, and fails no build."""

from __future__ import annotations

import json
from pathlib import Path

from checks.conftest import CommandResult
from pipeline.dbt_runner import warnings_of
from pipeline.options import Options


def written(out: Path, **statuses: str) -> Options:
    """The options of a build whose tests ended so."""
    options = Options(out)
    options.dbt_target.mkdir(parents=True)
    nodes = {
        f"test.csw.{name}": {"name": name, "description": f"What {name}\nmeans."}
        for name in statuses
    }
    results = [
        {"unique_id": f"test.csw.{name}", "status": status} for name, status in statuses.items()
    ]
    for name, content in (("manifest", {"nodes": nodes}), ("run_results", {"results": results})):
        (options.dbt_target / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return options


def test_only_what_warned_is_told_with_its_meaning_and_name(tmp_path: Path) -> None:
    options = written(tmp_path, fine="pass", doubtful="warn", skipped="skipped")
    assert warnings_of(options) == ["What doubtful means. (doubtful)"]


def test_a_build_without_warnings_has_none_to_tell(tmp_path: Path) -> None:
    assert warnings_of(written(tmp_path, fine="pass")) == []


def test_a_whole_build_passes_with_its_warnings_in_the_summary(demo_build: CommandResult) -> None:
    assert demo_build.code == 0, demo_build.stdout + demo_build.stderr
    manifest = json.loads((demo_build.out / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    gates = {
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and node["config"]["severity"].lower() == "warn"
    }
    assert gates == {
        *("warn_health_no_better_than_logins", "warn_health_bands_not_ordered"),
        "warn_health_coverage_falls",
    }
    notes = json.loads((demo_build.out / "summary.json").read_text(encoding="utf-8"))["notes"]
    assert set(warnings_of(Options(demo_build.out))) <= set(notes)
