"""Facts and rules given in a test, scored by the models in memory and by the reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import yaml

from checks.mutation.compiled_project import CompiledProject
from checks.mutation.in_memory import build_models, connect
from checks.mutation.unit_tests import rows_sql
from checks.reference.health_changes import health_change, is_recent
from checks.reference.health_rules import NAMES, Tables, rules_of
from checks.reference.health_scores import Facts, Health
from pipeline.options import ROOT

Rows = list[dict[str, Any]]
MODELS = (
    *("int_health_profile_choices", "int_health_parameters", "int_health_components_judged"),
    *("int_health_version_scores", "fct_health_score", "fct_health_component"),
    *("int_health_changes_split", "health_change"),
)
MARTS = {
    "fct_health_score": ("account_id", "date"),
    "fct_health_component": ("account_id", "date", "component_id"),
    "health_change": ("account_id", "date", "part", "component_id"),
}
FACT_TYPES = {
    "account_id": "varchar",
    "date": "date",
    "segment": "varchar",
    "tenure_days": "integer",
    "logins_28d": "integer",
    "is_covered": "boolean",
}
LEAST_COVERAGE = 0.5


def seed_types() -> dict[str, dict[str, str]]:
    """Return seed -> its columns with their types, as declared."""
    found = {}
    for path in sorted((ROOT / "seeds").glob("_health*__seeds.yml")):
        for seed in yaml.safe_load(path.read_text(encoding="utf-8"))["seeds"]:
            found[seed["name"]] = seed["config"]["column_types"]
    return found


def facts_sql(facts: list[Facts], components: list[str]) -> str:
    """Return a query of `int_health_facts`."""
    types = dict(FACT_TYPES)
    for name in components:
        types |= {name: "double", f"{name}_on": "date", f"{name}_applies": "boolean"}
    rows = []
    for one in facts:
        row: dict[str, Any] = {
            "account_id": one.account_id,
            "date": str(one.day),
            "segment": one.segment,
            "tenure_days": one.tenure_days,
            "is_covered": one.is_covered,
        }
        for name, (value, known_on, applies) in one.inputs.items():
            known = str(known_on) if known_on else None
            row |= {name: value, f"{name}_on": known, f"{name}_applies": applies}
        rows.append(row)
    return rows_sql(rows, types, list(types))


def scored_by_models(
    project: CompiledProject, tables: Tables, facts: list[Facts], as_of: date
) -> dict[str, Rows]:
    """Return the marts of the health score as the models make them."""
    connection, types = connect(), seed_types()
    components = sorted({name for one in facts for name in one.inputs})
    fixed = {
        "int_as_of": f"select date '{as_of}' as as_of_date",
        "int_health_facts": facts_sql(facts, components),
        "int_observation_dates": rows_sql(
            [
                {"date": str(day), "is_recent": is_recent(day, as_of)}
                for day in {one.day for one in facts}
            ],
            {"date": "date", "is_recent": "boolean"},
            ["date", "is_recent"],
        ),
    }
    for name in NAMES:
        fixed[name] = rows_sql(tables[name], types[name], list(types[name]))
    wanted = {*fixed, *MODELS, "health_component_names"}
    order = tuple(name for name in project.order if name in wanted)
    build_models(connection, replace(project, order=order), fixed=fixed)
    return {mart: _rows(connection, project.relations[mart]) for mart in MARTS}


def _rows(connection: Any, relation: str) -> Rows:
    """Return all rows of a relation as dicts."""
    result = connection.execute(f"from {relation}")
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]


def scored_by_reference(tables: Tables, facts: list[Facts], as_of: date) -> dict[str, Rows]:
    """Return the same marts as the reference works them out."""
    health = Health(rules_of(tables), facts, as_of, LEAST_COVERAGE)
    return {
        "fct_health_score": health.scores(),
        "fct_health_component": health.components(),
        "health_change": health_change(health),
    }
