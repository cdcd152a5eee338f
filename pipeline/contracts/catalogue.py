"""The catalogue: a page for each contract and an index, with the templates of datacontract-cli.

Its own command reads every template anew for each page, and its pages load scripts from elsewhere;
these do neither.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.options import ROOT

if TYPE_CHECKING:
    from open_data_contract_standard.model import OpenDataContractStandard

_ELSEWHERE = re.compile(r"\s*<script src=\"https?://[^>]*></script>")
_DEFINITIONS = "Its terms and their edge cases stand in docs/definitions.html."
_HOME = 'href="/"'
_BEFORE_CARDS = '<section id="catalog">'
# Of a single table it shows nothing that the list of columns does not.
_NO_DIAGRAM = {"partials_odcs/diagram.html": ""}


def contract_files() -> list[Path]:
    """All contracts of the project: those of the marts first."""
    return sorted((ROOT / "contracts").rglob("*.odcs.yaml"))


def write_pages(folder: Path) -> Path:
    """Write the catalogue anew; returns its index."""
    from datacontract.catalog.catalog import DataContractView, create_index_html
    from open_data_contract_standard.model import OpenDataContractStandard

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    render = _renderer()
    views = []
    for path in contract_files():
        document = OpenDataContractStandard.from_file(str(path))
        link = path.relative_to(ROOT).with_suffix(".html")
        page = folder / link
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_at_home(render(document), len(link.parts) - 1), encoding="utf-8")
        views.append(DataContractView(html_filepath=page, html_link=link, odcs=document))
    # It prints where the index is.
    with contextlib.redirect_stdout(io.StringIO()):
        create_index_html(views, folder)
    index = folder / "index.html"
    text = _at_home(index.read_text(encoding="utf-8"), 0)
    said = "".join(_deprecations(view.odcs, view.html_link) for view in views)
    if said:
        text = text.replace(_BEFORE_CARDS, _DEPRECATED.format(rows=said) + _BEFORE_CARDS, 1)
    index.write_text(text, encoding="utf-8")
    return index


def _renderer() -> Any:
    """A function from a contract to its page, whose templates are read once."""
    import jinja_partials
    from datacontract.export.html_exporter import get_version
    from jinja2 import ChoiceLoader, DictLoader, Environment, PackageLoader

    package = PackageLoader("datacontract", "templates")
    environment = Environment(
        loader=ChoiceLoader([DictLoader(_NO_DIAGRAM), package]), autoescape=True
    )
    jinja_partials.register_environment(environment, markup=True)
    style, _, _ = package.get_source(environment, "style/output.css")
    template = environment.get_template("datacontract_odcs.html")

    def render(document: OpenDataContractStandard) -> str:
        return template.render(
            datacontract=_shortened(document),
            style=style,
            datacontract_yaml=document.to_yaml(),
            formatted_date=f"version {document.version}",
            datacontract_cli_version=get_version(),
        )

    return render


def _shortened(document: OpenDataContractStandard) -> OpenDataContractStandard:
    """A contract as a page shows it: definitions with their tables stand on a page of their own."""
    shown = document.model_copy(deep=True)
    for schema in shown.schema_ or []:
        first, _, rest = (schema.description or "").partition("\n\n")
        schema.description = f"{first} {_DEFINITIONS}" if rest else first
    return shown


def _at_home(page: str, depth: int) -> str:
    """A page that asks for nothing outside its folder; its way home works without a server."""
    return _ELSEWHERE.sub("", page).replace(_HOME, f'href="{"../" * depth}index.html"')


_DEPRECATED = """<section id="deprecated" class="mb-6 rounded-lg bg-white p-6 shadow">
<h3 class="text-base font-semibold text-gray-900">Deprecated</h3>
<p class="text-sm text-gray-500">Still published, and promised until the day named.</p>
<ul class="mt-2 text-sm text-gray-900">{rows}</ul></section>
"""


def _deprecations(document: OpenDataContractStandard, link: Path) -> str:
    """List items of what a contract gives up, with the last day and what to use instead."""
    return "".join(
        f'<li><a class="text-sky-500" href="{escape(link.as_posix())}">{escape(name)}</a>: '
        f"until {escape(until)}{f', use {escape(use)}' if use else ''}</li>"
        for name, until, use in deprecated_in(document)
    )


def deprecated_in(document: OpenDataContractStandard) -> Iterator[tuple[str, str, str | None]]:
    """Name, last day and successor of a deprecated mart and of each deprecated column."""
    for service in document.slaProperties or []:
        if service.property == "endOfSupport":
            yield str(document.name), str(service.value), None
    for schema in document.schema_ or []:
        for column in schema.properties or []:
            notes = {note.property: str(note.value) for note in column.customProperties or []}
            if column.deprecated:
                name = f"{schema.name}.{column.name}"
                yield name, notes.get("deprecatedUntil", "?"), notes.get("useInstead")
