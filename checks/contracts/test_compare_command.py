"""The command that compares contracts with those of a version in git, and its exit codes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.contracts.visits import NEXT, PATH, VISITS, with_column, without_column
from pipeline import __main__ as commands
from pipeline.contracts import releases
from pipeline.contracts.comparing import Change, Verdict
from pipeline.contracts.documents import text_of
from pipeline.contracts.published_marts import Mart

CHANGELOG = "| model | change | old | new | breaking |\n|---|---|---|---|---|\n"
ROW = "| `fct_visit` | mood | there | gone | yes: drop the column |\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """A repository with the mart released as v1; gives the exit code of another state of it."""
    monkeypatch.setattr(releases, "ROOT", tmp_path)
    written = tmp_path / PATH
    written.parent.mkdir(parents=True)
    written.write_text(text_of(VISITS), encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    name = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"], ["tag", "v1"]):
        subprocess.run(["git", *name, *command], cwd=tmp_path, check=True)

    def compare(mart: Mart | None, base: str = "v1", changelog: str = CHANGELOG) -> int:
        (tmp_path / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
        files = {written: text_of(mart)} if mart else {}
        monkeypatch.setattr(releases, "generated_files", lambda: files)
        return commands.main(["contracts", f"--base={base}"])

    return compare


def test_exit_code_0_for_the_same_and_for_what_is_compatible(
    repository: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert repository(VISITS) == 0
    assert "promise what they promised in v1" in capsys.readouterr().out
    assert repository(with_column("mood", is_required=True)) == 0
    assert "compatible  fct_visit: mood is never null now" in capsys.readouterr().out


def test_exit_code_1_for_what_breaks(
    repository: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert repository(without_column("mood")) == 1
    said = capsys.readouterr().out
    assert "breaking    fct_visit: mood is gone" in said
    assert "1 breaking" in said
    assert "docs/contracts.md" in said
    assert repository(None) == 1


def test_exit_code_0_for_a_new_version_that_the_changelog_calls_breaking(
    repository: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert repository(NEXT, changelog=CHANGELOG + ROW) == 0
    assert "excused     fct_visit: mood is gone" in capsys.readouterr().out
    assert repository(NEXT, changelog=CHANGELOG + ROW.replace("yes", "no")) == 1


@pytest.mark.parametrize("base", ["v2", "--all"])
def test_exit_code_2_for_a_version_that_is_not_there(
    repository: Callable[..., int], capsys: pytest.CaptureFixture[str], base: str
) -> None:
    assert repository(VISITS, base=base) == 2
    assert f"BASE={base} is no version that git knows" in capsys.readouterr().err


def test_a_row_of_the_changelog_serves_one_release_only() -> None:
    assert releases.announced(CHANGELOG, CHANGELOG + ROW) == {"fct_visit"}
    assert releases.announced(CHANGELOG + ROW, CHANGELOG + ROW) == set()


def test_the_same_change_of_many_contracts_is_one_line() -> None:
    both = [Change(name, Verdict.COMPATIBLE, "new mart") for name in ("a", "b")]
    assert releases.lines(both, "v1")[1] == "  compatible  a, b: new mart"
