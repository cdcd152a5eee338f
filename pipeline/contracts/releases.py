"""What a released version of the project promised: its contracts and changelog, read from git."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass

from pipeline.contracts.comparing import Change, Verdict, changes
from pipeline.contracts.documents import generated_files
from pipeline.failure import BuildFailure
from pipeline.options import ROOT

SAME, BREAKING, NOT_COMPARABLE = 0, 1, 2
_FOLDERS = ("contracts/marts", "contracts/raw")
_CHANGELOG = "CHANGELOG.md"
_ENDING = ".odcs.yaml"
_EXPLANATION = (
    "A breaking change may pass when its readers have somewhere to stay: give the model a new dbt "
    "version (or, to remove a mart, deprecate it in a release before), and a row of CHANGELOG.md "
    "that says yes under `breaking`. See docs/contracts.md."
)


@dataclass(frozen=True)
class Release:
    """Contracts by path, and the changelog's text."""

    contracts: dict[str, str]
    changelog: str


def compare_with(base: str) -> int:
    """Print how the contracts differ from those of a git ref; returns the exit code.

    0: the same, or compatible, or breaking with a new version and announced; 1: breaking.
    Raises BuildFailure when there is nothing to compare with, which is exit code 2.
    """
    old, new = released(base), present()
    if not any(path.startswith(_FOLDERS[0]) for path in old.contracts):
        print(f"{base} promised nothing of the marts yet; the raw contracts are compared.")
        new = Release(
            {path: text for path, text in new.contracts.items() if path.startswith(_FOLDERS[1])},
            new.changelog,
        )
    found = changes(old.contracts, new.contracts, announced(old.changelog, new.changelog))
    for line in lines(found, base):
        print(line)
    return BREAKING if any(change.verdict is Verdict.BREAKING for change in found) else SAME


def lines(found: list[Change], base: str) -> list[str]:
    """What is printed of the changes."""
    if not found:
        return [f"The contracts promise what they promised in {base}."]
    width = max(len(verdict.value) for verdict in Verdict)
    alike: dict[tuple[Verdict, str], list[str]] = defaultdict(list)
    for change in found:
        alike[change.verdict, change.text].append(change.contract)
    said = [f"Contracts compared with {base}:"]
    said += [
        f"  {verdict.value:<{width}}  {', '.join(contracts)}: {text}"
        for (verdict, text), contracts in alike.items()
    ]
    counts = {verdict: [change.verdict for change in found].count(verdict) for verdict in Verdict}
    said.append(", ".join(f"{count} {verdict.value}" for verdict, count in counts.items() if count))
    return [*said, _EXPLANATION] if counts[Verdict.BREAKING] else said


def announced(old: str, new: str) -> set[str]:
    """The names in the first cell of changelog rows that are new and say yes under `breaking`."""
    known = set(old.splitlines())
    names: set[str] = set()
    for line in new.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        is_breaking = len(cells) > 1 and cells[-1].lower().startswith("yes")
        if line not in known and is_breaking:
            names |= set(re.findall(r"\w+", cells[0]))
    return names


def present() -> Release:
    """The working tree: marts as their YAML says now, whether or not the files were written."""
    contracts = {
        path.relative_to(ROOT).as_posix(): text for path, text in generated_files().items()
    }
    for path in sorted((ROOT / _FOLDERS[1]).glob(f"*{_ENDING}")):
        contracts[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    changelog = ROOT / _CHANGELOG
    return Release(contracts, changelog.read_text(encoding="utf-8") if changelog.is_file() else "")


def released(base: str) -> Release:
    """The contracts of a git ref; BuildFailure when there is no such ref, or none in it."""
    if _git("rev-parse", "--verify", "--quiet", f"{base}^{{commit}}") is None:
        raise BuildFailure(
            f"BASE={base} is no version that git knows here: give a tag, branch or commit "
            "(in CI the history must be fetched)."
        )
    listed = _git("ls-tree", "-r", "--name-only", "-z", base, *_FOLDERS) or ""
    paths = [path for path in listed.split("\0") if path.endswith(_ENDING)]
    if not paths:
        raise BuildFailure(f"BASE={base} has no contracts to compare with.")
    contracts = {path: _git("show", f"{base}:./{path}") or "" for path in paths}
    return Release(contracts, _git("show", f"{base}:./{_CHANGELOG}") or "")


def _git(*arguments: str) -> str | None:
    """What git prints, asked in the project's folder; None when it fails or is not there."""
    try:
        result = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8"
        )
    except OSError as error:
        raise BuildFailure("git is needed to compare with another version.") from error
    return result.stdout if result.returncode == 0 else None
