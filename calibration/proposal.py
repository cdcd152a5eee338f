"""The proposal as seeds: what stands in the project's, and a version more."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np

from calibration.observations import Observations
from pipeline.failure import BuildFailure
from pipeline.options import ROOT

SEEDS = ROOT / "seeds"
VERSIONS, COMPONENTS = "health_score_versions", "health_components"
# Seeds that say something for each version; the others are copied from the version before.
COPIED = ("health_tenure_phases", "health_profiles", "health_bands")
_PLACES = 4

Row = dict[str, str]


def check_version(version: str) -> None:
    """Raise BuildFailure when the name cannot be that of a new version."""
    if not version or not all(letter.isalnum() or letter in "._-" for letter in version):
        raise BuildFailure(f"VERSION={version}: letters, digits, dots and hyphens make a name.")
    if version in {row["score_version"] for row in _rows(VERSIONS)}:
        raise BuildFailure(f"VERSION={version}: there is such a version; a new one needs a name.")


def proposed_seeds(observed: Observations, weights: np.ndarray, version: str) -> dict[str, str]:
    """Text of each seed with the new version's rows after those that are there.

    It would be published from the day after the last known one, so that no published score moves.
    A profile keeps its components and the sum of its weights.
    """
    note = (
        f"weights calibrated on {len(np.unique(observed.accounts))} accounts from "
        f"{observed.dates.min()} to {observed.dates.max()}"
    )
    valid_from = (observed.as_of + timedelta(days=1)).isoformat()
    texts = {
        VERSIONS: _extended(
            VERSIONS,
            [{"score_version": version, "valid_from": valid_from, "version_note": note}],
        ),
        COMPONENTS: _extended(COMPONENTS, list(_components(observed, weights, version, note))),
    }
    for seed in COPIED:
        rows = [row | {"score_version": version} for row in _rows_of(seed, observed.version)]
        texts[seed] = _extended(seed, rows)
    return texts


def _components(
    observed: Observations, weights: np.ndarray, version: str, note: str
) -> Iterator[Row]:
    """The rows of each profile's components with their new weights."""
    shares = dict(zip(observed.components, weights, strict=True))
    present = _rows_of(COMPONENTS, observed.version)
    for profile in dict.fromkeys(row["profile"] for row in present):
        rows = [row for row in present if row["profile"] == profile]
        whole = sum(float(row["weight"]) for row in rows)
        share = sum(shares[row["component_id"]] for row in rows)
        for row in rows:
            weight = round(whole * shares[row["component_id"]] / share, _PLACES) if share else 0.0
            if weight > 0:
                yield row | {
                    "score_version": version,
                    "weight": f"{weight:.{_PLACES}f}",
                    "weight_reason": note,
                }
        if not share:
            raise BuildFailure(
                f"No component of the profile {profile} tells who leaves, so that it would have no"
                " score: nothing is proposed."
            )


def _rows(seed: str) -> list[Row]:
    """The rows of a seed of the project."""
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rows_of(seed: str, version: str) -> list[Row]:
    """Those of one version; BuildFailure when the build knew it and the seeds do not."""
    rows = [row for row in _rows(seed) if row["score_version"] == version]
    if not rows:
        raise BuildFailure(
            f"seeds/{seed}.csv has no version {version}, which the build has: run `make build`."
        )
    return rows


def _extended(seed: str, rows: list[Row]) -> str:
    """The seed as it stands, letter by letter, with these rows below."""
    text = (SEEDS / f"{seed}.csv").read_text(encoding="utf-8")
    added = io.StringIO()
    columns = next(csv.reader(io.StringIO(text)))
    csv.DictWriter(added, columns, lineterminator="\n").writerows(rows)
    return text.rstrip("\n") + "\n" + added.getvalue()


def write_seeds(folder: Path, texts: dict[str, str]) -> None:
    """Write each as `<seed>_proposed.csv`."""
    for seed, text in texts.items():
        (folder / f"{seed}_proposed.csv").write_text(text, encoding="utf-8", newline="")
