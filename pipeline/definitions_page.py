"""The page of definitions: OUT/docs/definitions.html, one file that needs nothing else."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.definitions import Term, WorkedCase, decisions_by_heading, sentence, terms
from pipeline.options import ROOT

PAGE = "definitions.html"
_TEMPLATE = Path(__file__).parent / "templates" / "definitions.html.j2"


def write_definitions(manifest_path: Path, page: Path) -> None:
    """Write the page from a manifest, DECISIONS.md and the hand-worked cases of this checkout."""
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    decisions = decisions_by_heading((ROOT / "DECISIONS.md").read_text(encoding="utf-8"))
    page.write_text(render(terms(manifest, decisions, worked_cases())), encoding="utf-8")


def render(found: list[Term]) -> str:
    """The page as HTML. Texts of the project are Markdown; HTML in them is shown, never obeyed."""
    from jinja2 import Environment
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["markdown"] = lambda text: Markup(markdown.render(text))
    environment.filters["inline"] = lambda text: Markup(markdown.renderInline(text))
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(subjects=_subjects(found), count=len(found))


def _subjects(found: list[Term]) -> list[dict[str, Any]]:
    """The terms by subject, with the subject's name as it is read."""
    return [
        {"name": sentence(subject), "terms": list(group)}
        for subject, group in groupby(found, key=lambda term: term.subject)
    ]


def worked_cases() -> dict[str, list[WorkedCase]]:
    """Term -> its hand-worked cases; none when the checkout has no checks."""
    if not (ROOT / "checks" / "definitions" / "cases").is_dir():
        return {}
    from checks.definitions.cases_page import expectations, given, settings
    from checks.definitions.hand_worked import read_tables

    found: dict[str, list[WorkedCase]] = {}
    for table in read_tables():
        for case in table.cases:
            rows = (settings(case.world), *given(case.world))
            worked = WorkedCase(case.what, rows, tuple(expectations(case)), case.why)
            for term in case.terms:
                found.setdefault(term, []).append(worked)
    return found
