"""What a macro of the project becomes on an engine, as SQL to be run there.

dbt takes longer to read the project than all these questions take together, so the macros are
rendered by Jinja alone, with dbt's rule for choosing among the implementations of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dbt.include
import jinja2

from pipeline.options import ROOT, known_variables

# Stands for any zone whose clock differs from that of UTC: macros only write its name down.
ANY_ZONE = "Any/Zone"
# Of dbt's own macros those that macros of the project call.
_OF_DBT = ("dateadd", "datediff", "date_trunc", "last_day", "lastday", "timestamps")


class _Returned(Exception):
    """A value on its way out of a macro, which by itself gives text only."""


def _return(value: Any) -> None:
    raise _Returned(value)


class Macros:
    """The macros of the project and those of dbt beneath them, for one engine."""

    def __init__(self, target: str, variables: Mapping[str, Any]) -> None:
        self.target = target
        self._found: dict[str, Callable[..., Any]] = {}
        values = known_variables() | dict(variables)
        environment = jinja2.Environment(extensions=["jinja2.ext.do"])
        environment.globals |= {
            "return": _return,
            "var": values.__getitem__,
            "target": SimpleNamespace(type=target, schema="main"),
            "adapter": SimpleNamespace(dispatch=self.dispatch),
            "dbt": self,
        }
        texts = [path.read_text(encoding="utf-8") for path in _macro_files(target)]
        # A file sees the names that stand there when it is read, so all of them come first.
        for name in re.findall(r"{%-? *macro +(\w+)\(", "".join(texts)):
            environment.globals[name] = partial(self._call, name)
        for text in texts:
            for name, macro in vars(environment.from_string(text).module).items():
                if callable(macro):
                    self._found[name] = macro
        self._environment = environment

    def _call(self, name: str, *arguments: Any, **named: Any) -> Any:
        """What a macro returned where it did, else its text."""
        try:
            return self._found[name](*arguments, **named)
        except _Returned as returned:
            return returned.args[0]

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return partial(self._call, name)

    def dispatch(self, name: str, namespace: str | None = None) -> Callable[..., Any]:
        """The engine's own implementation, else the default one."""
        own, default = f"{self.target}__{name}", f"default__{name}"
        return partial(self._call, own if own in self._found else default)

    def render(self, template: str) -> str:
        """SQL of a template."""
        return self._environment.from_string(template).render()


def _macro_files(target: str) -> Iterator[Path]:
    """dbt's files first, so that a macro of the project wins over one of the same name."""
    for folder in dbt.include.__path__:
        for package in ("global_project", target):
            for path in sorted((Path(folder) / package / "macros" / "utils").glob("*.sql")):
                if path.stem in _OF_DBT:
                    yield path
        yield from (Path(folder) / "global_project" / "macros" / "etc").glob("datetime.sql")
    for path in sorted((ROOT / "macros").rglob("*.sql")):
        if "{% materialization" not in path.read_text(encoding="utf-8"):
            yield path


@cache
def _macros(target: str, zone: str) -> Macros:
    return Macros(target, {"reporting_timezone": zone})


def rendered(target: str, template: str, zone: str = "UTC") -> str:
    """SQL of a template of macros on a target, in a reporting time zone."""
    return _macros(target, zone).render(template)
