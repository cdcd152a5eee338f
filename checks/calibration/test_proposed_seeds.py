"""The proposal is a set of seeds that the project would take as they are."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from calibration.__main__ import main
from calibration.proposal import COMPONENTS, COPIED, VERSIONS, check_version
from checks.calibration.planted import DRIVER, REVERSED, VERSION, planted, write_build
from checks.health.seed_rules import broken_rules, delivered
from pipeline.failure import BuildFailure
from pipeline.options import ROOT

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make calibrate VERSION=next` left."""
    out = tmp_path_factory.mktemp("calibrated")
    write_build(out, planted())
    assert main(["--out", str(out), "--version", "next"]) == 0
    return out / "calibration"


def rows_of(path: Path) -> Rows:
    """Rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def added(folder: Path, seed: str) -> Rows:
    """The rows that are proposed."""
    rows = rows_of(folder / f"{seed}_proposed.csv")
    return [row for row in rows if row["score_version"] == "next"]


@pytest.mark.parametrize("seed", [VERSIONS, COMPONENTS, *COPIED])
def test_what_is_there_stays_and_a_version_follows(folder: Path, seed: str) -> None:
    text = (ROOT / "seeds" / f"{seed}.csv").read_text(encoding="utf-8")
    proposed = (folder / f"{seed}_proposed.csv").read_text(encoding="utf-8")
    assert proposed.startswith(text)
    assert proposed.endswith("\n")
    assert added(folder, seed)
    assert rows_of(folder / f"{seed}_proposed.csv")[: -len(added(folder, seed))] == rows_of(
        ROOT / "seeds" / f"{seed}.csv"
    )


def test_the_proposal_keeps_the_rules_of_the_seeds(folder: Path) -> None:
    proposed = {
        seed: rows_of(folder / f"{seed}_proposed.csv") for seed in (VERSIONS, COMPONENTS, *COPIED)
    }
    assert broken_rules(delivered() | proposed) == set()


def test_the_version_begins_after_the_last_known_day(folder: Path) -> None:
    (version,) = added(folder, VERSIONS)
    assert version["valid_from"] == "2026-01-01"
    assert "240 accounts" in version["version_note"]


def test_weights_are_positive_and_a_profile_keeps_their_sum(folder: Path) -> None:
    proposed = added(folder, COMPONENTS)
    present = [
        row
        for row in rows_of(ROOT / "seeds/health_components.csv")
        if row["score_version"] == VERSION
    ]
    profiles = {row["profile"] for row in present}
    assert {row["profile"] for row in proposed} == profiles
    for profile in profiles:
        new, old = (
            {row["component_id"]: float(row["weight"]) for row in rows if row["profile"] == profile}
            for rows in (proposed, present)
        )
        assert set(new) < set(old)
        assert min(new.values()) > 0
        assert sum(new.values()) == pytest.approx(sum(old.values()), abs=1e-3)
        assert max(new, key=lambda name: new[name]) == DRIVER
        assert REVERSED not in new


def test_all_but_weight_and_reason_is_that_of_the_version_before(folder: Path) -> None:
    left_out = {"score_version", "weight", "weight_reason"}
    present = {
        tuple(cell for name, cell in row.items() if name not in left_out)
        for row in rows_of(ROOT / "seeds/health_components.csv")
        if row["score_version"] == VERSION
    }
    for row in added(folder, COMPONENTS):
        assert tuple(cell for name, cell in row.items() if name not in left_out) in present
        assert "calibrated" in row["weight_reason"]


def test_phases_profiles_and_bands_are_copied(folder: Path) -> None:
    for seed in COPIED:
        present = [
            row
            for row in rows_of(ROOT / "seeds" / f"{seed}.csv")
            if row["score_version"] == VERSION
        ]
        assert added(folder, seed) == [row | {"score_version": "next"} for row in present]


def test_the_report_sets_the_proposal_beside_the_present_and_logins(folder: Path) -> None:
    report = (folder / "report.md").read_text(encoding="utf-8")
    assert report.startswith("# Proposed weights: version next\n")
    assert f"| AUC proposal | AUC {VERSION} | AUC logins only |" in report
    assert report.count("\n| 20") == 4
    assert f"| `{REVERSED}` | left out |" in report
    assert "Nothing has been changed" in report


def test_a_name_is_taken_once_and_is_plain() -> None:
    for name in (VERSION, "", "a b", "x,y", "'"):
        with pytest.raises(BuildFailure, match="VERSION="):
            check_version(name)
    check_version("2026.1-x_y")
