"""The catalogue of the raw contracts is made once for the same contracts; builds copy it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import documentation
from pipeline.console import Console
from pipeline.options import Options


class Catalogues:
    """Stands in for datacontract-cli and counts how often it is called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.times = 0

    def call(self, folder: Path, console: Console) -> None:
        self.times += 1
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(f"made {self.times}")

    def of(self, name: str) -> str:
        """The page of a build into a folder of that name."""
        out = self.folder / name
        out.mkdir(exist_ok=True)
        console = Console(out / "build.log", 1)
        documentation.refresh_catalogue(Options(out), console)
        console.close()
        return (out / "contracts" / "index.html").read_text()


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogues:
    made = Catalogues(tmp_path)
    monkeypatch.setattr(documentation, "KEPT_CATALOGUES", tmp_path / "kept")
    monkeypatch.setattr(documentation, "_call_datacontract", made.call)
    return made


def test_builds_of_the_same_contracts_show_one_catalogue(catalogues: Catalogues) -> None:
    assert {catalogues.of("one"), catalogues.of("two"), catalogues.of("one")} == {"made 1"}
    assert catalogues.times == 1


def test_other_contracts_have_another_catalogue(
    catalogues: Catalogues, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogues.of("one")
    monkeypatch.setattr(documentation, "_contracts_digest", lambda: "other")
    assert catalogues.of("two") == "made 2"
    (catalogues.folder / "one" / "contracts" / "index.html").unlink()
    assert catalogues.of("one") == "made 2"
    assert [path.name for path in (catalogues.folder / "kept").iterdir() if "." in path.name] == []
