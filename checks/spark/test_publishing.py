"""The folder of published Parquet is replaced in one step, and the one before it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.failure import BuildFailure
from pipeline.spark import publishing

pytestmark = pytest.mark.spark


def build(folder: Path, content: str) -> None:
    """What Spark leaves of a build: a table of one file, in place of the one before."""
    file = folder / "warehouse" / "marts.db" / "fct" / "part-0.parquet"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_text(content)
    publishing.gather(folder / "warehouse" / "marts.db", folder)


def read(folder: Path, name: str = "marts") -> str:
    return (folder / name / "fct" / "part-0.parquet").read_text()


def test_nothing_is_published_before_it_is_promoted(tmp_path: Path) -> None:
    build(tmp_path, "first")
    assert not (tmp_path / "marts").exists()
    publishing.promote(tmp_path)
    build(tmp_path, "second")
    publishing.abandon(tmp_path)
    assert read(tmp_path) == "first"


def test_a_reader_in_the_old_folder_keeps_it_for_one_cycle(tmp_path: Path) -> None:
    build(tmp_path, "first")
    publishing.promote(tmp_path)
    opened = (tmp_path / "marts").resolve()
    build(tmp_path, "second")
    publishing.promote(tmp_path)
    assert (read(tmp_path), read(tmp_path, "marts.previous")) == ("second", "first")
    assert (opened / "fct" / "part-0.parquet").read_text() == "first"


def test_folders_do_not_pile_up(tmp_path: Path) -> None:
    for number in range(6):
        build(tmp_path, str(number))
        publishing.promote(tmp_path)
    assert (read(tmp_path), read(tmp_path, "marts.previous")) == ("5", "4")
    assert len([path for path in tmp_path.glob("marts.?") if path.is_dir()]) <= 3


def test_rolling_back_swaps_the_two(tmp_path: Path) -> None:
    build(tmp_path, "first")
    publishing.promote(tmp_path)
    with pytest.raises(BuildFailure):
        publishing.roll_back(tmp_path)
    build(tmp_path, "second")
    publishing.promote(tmp_path)
    publishing.roll_back(tmp_path)
    assert (read(tmp_path), read(tmp_path, "marts.previous")) == ("first", "second")
    publishing.roll_back(tmp_path)
    assert read(tmp_path) == "second"


def test_a_build_after_a_rollback_does_not_touch_what_is_published(tmp_path: Path) -> None:
    for content in ("first", "second"):
        build(tmp_path, content)
        publishing.promote(tmp_path)
    publishing.roll_back(tmp_path)
    build(tmp_path, "third")
    assert (read(tmp_path), read(tmp_path, "marts.previous")) == ("first", "second")
