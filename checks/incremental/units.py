"""What each model is made and told by, as the macros read it from its `meta`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checks.definitions.model_graph import ModelGraph
from pipeline.parsed_project import parsed_project

PERIODS = {
    "observation": "date",
    "month": "month",
    "login_day": "login_date",
    "cohort": "created_month",
}
# Told of a day that has no column of its own in common: which one it is stands in `period`.
DAY = "day"
WITHOUT_UNITS = ("whole", "always", "key", "counts")
USERS = "int_users_current"
DEFAULT = "{}"


@dataclass(frozen=True)
class Unit:
    """What a model is made and told by, and the column of its period if it has one."""

    name: str
    made_by: str | None
    told_by: str | None
    period: str | None
    key: str | None
    looks_back_days: int
    has_account: bool
    columns: tuple[str, ...]
    relation: str
    parents: tuple[str, ...]
    reaches_later: tuple[str, ...]
    reads_only: dict[str, str]
    reads_own_of: tuple[str, ...]
    reached_by_users: dict[str, str]
    counts: tuple[str, ...]
    is_table: bool
    is_view: bool

    @property
    def names(self) -> list[str]:
        """The columns that name its units."""
        account = ["account_id"] if self.has_account else []
        return account + ([self.period] if self.period else [])


def units() -> dict[str, Unit]:
    """All models and seeds by dbt's key, as the macro `changing_node` reads them."""
    manifest = parsed_project("duckdb")
    assert manifest is not None
    found = {key: node for key, node in manifest.nodes.items() if key.startswith(("model", "seed"))}
    return {key: _unit(node) for key, node in found.items()}


def _unit(node: Any) -> Unit:
    """What one node says of its units."""
    meta = dict(node.config.meta or {})
    has_account = "account_id" in node.columns
    made_by = meta.get("made_by")
    if made_by in WITHOUT_UNITS or (made_by == "account" and not has_account):
        made_by = None
    told_by = meta.get("told_by") or made_by or ("account" if has_account else None)
    return Unit(
        name=node.name,
        made_by=made_by,
        told_by=told_by,
        period=meta.get("period") or PERIODS.get(told_by or ""),
        key=meta.get("key") if meta.get("made_by") == "key" else None,
        looks_back_days=int(meta.get("looks_back_days", 0)),
        has_account=has_account,
        columns=tuple(node.columns),
        relation=str(node.relation_name),
        parents=tuple(node.depends_on_nodes),
        reaches_later=tuple(meta.get("reaches_later", ())),
        reads_only=dict(meta.get("reads_only", {})),
        reads_own_of=tuple(meta.get("reads_own_of", ())),
        reached_by_users=dict(meta.get("reached_by_users", {})),
        counts=tuple(meta.get("counts", ())),
        is_table=node.config.materialized == "table",
        is_view=node.config.materialized == "view" and "staging" not in node.fqn,
    )


ALL = units()


def read_by(unit: Unit) -> dict[str, Unit]:
    """The models and seeds that a model reads, by name."""
    return {ALL[parent].name: ALL[parent] for parent in unit.parents if parent in ALL}


def rows_apart(graph: ModelGraph, made: str, kept: str) -> int:
    """How many rows only one of two queries gives."""
    found = graph.connection.execute(
        f"""
        with
        made as ({made}),
        kept as ({kept})
        select
            (select count(*) from (from made except all from kept))
            + (select count(*) from (from kept except all from made))
        """
    ).fetchall()
    return int(found[0][0])
