"""The catalogue has a page for each contract, says what is deprecated, and stands alone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from checks.contracts.visits import VISITS, with_column
from pipeline.contracts import catalogue
from pipeline.contracts.documents import text_of

LINK = re.compile(r"""(?:src|href)="(?!#|https://)([^"]+)\"""")
DEPRECATED = with_column("mood", deprecated={"until": "2031-01-31", "use": "topic"})
FORMER = replace(VISITS, name="fct_visit_v1", last_date="2031-06-30")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The index of a catalogue of two contracts, one with a deprecated column, one deprecated."""
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    folder = tmp_path / "contracts" / "marts"
    folder.mkdir(parents=True)
    for mart in (DEPRECATED, FORMER):
        (folder / f"{mart.name}.odcs.yaml").write_text(text_of(mart), encoding="utf-8")
    return catalogue.write_pages(tmp_path / "out")


def test_every_contract_has_a_page_that_the_index_links(index: Path) -> None:
    links = {link for link in LINK.findall(index.read_text(encoding="utf-8")) if "odcs" in link}
    assert links == {f"contracts/marts/{name}.odcs.html" for name in ("fct_visit", "fct_visit_v1")}
    assert all((index.parent / link).is_file() for link in links)


def test_the_index_lists_what_is_deprecated_with_its_last_day(index: Path) -> None:
    text = re.sub(r"<[^>]+>", "", index.read_text(encoding="utf-8"))
    assert "fct_visit.mood: until 2031-01-31, use topic" in text
    assert "fct_visit_v1: until 2031-06-30" in text


def test_a_page_shows_columns_owner_service_and_the_last_day(index: Path) -> None:
    page = (index.parent / "contracts/marts/fct_visit.odcs.html").read_text(encoding="utf-8")
    for said in ("sales@example.com", "replaced atomically", "visit_date", "personal"):
        assert said in page
    assert "Deprecated: promised until 2031-01-31. Use `topic`." in page


def test_pages_ask_for_nothing_elsewhere_and_find_home(index: Path) -> None:
    for page in index.parent.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script src=" not in text
        assert "import mermaid" not in text
        for link in LINK.findall(text):
            assert (page.parent / link).is_file(), (page.name, link)
