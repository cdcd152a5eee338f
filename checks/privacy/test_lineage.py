"""No personal column leaves the raw and staging layers, unless its contract says as what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checks.definitions.model_graph import ModelGraph
from checks.mutation.compiled_project import CompiledProject, compile_project
from checks.privacy.lineage import Carried, carried_by_models
from pipeline.contracts.published_marts import published_marts
from pipeline.privacy.keys import key_columns, keys_inside
from pipeline.raw_contracts import load_contracts

# The private layers: raw rows as they came, and those set aside.
PRIVATE_SCHEMAS = ("raw", "staging", "quarantine")
RAW_ROW = "_raw_row"
# These show the rows of one dimension of a table whose values are owners in other rows.
OF_ANOTHER_DIMENSION = {"fct_whitespace.segment_value", "kpi_contact_coverage.touch_model"}
COLUMNS = {"raw.people": {"key": "varchar", "email": "varchar", "age": "int"}}
ORIGINS: dict[str, Carried] = {"raw.people": {"email": frozenset({"people.email"})}}


@pytest.mark.parametrize(
    "expression",
    [
        *("email", "lower(trim(email))", "coalesce(email, key)", "max(email)", "'to ' || email"),
        *(
            "case when age > 3 then email end",
            "lag(email) over (order by age)",
            "string_agg(email)",
        ),
        *("min(email) filter (where age > 3)", "(select max(email) from raw.people)"),
        *("cast(email as varchar)", "struct_pack(mail := email)"),
    ],
)
def test_an_expression_that_hands_a_value_on_carries_it(expression: str) -> None:
    sql = (
        f"with a as (select * from raw.people), b as (select {expression} as x from a)"
        " select * from b"
    )
    found = carried_by_models([("marts.m", sql)], COLUMNS, ORIGINS)
    assert found["marts.m"] == {"x": {"people.email"}}


@pytest.mark.parametrize(
    "expression",
    [
        *("key", "count(email)", "count(distinct email)", "length(email)", "email is null"),
        *("email = 'x'", "case when email is null then 1 else 0 end", "sha256(email)"),
        "row_number() over (partition by email order by email)",
    ],
)
def test_an_expression_that_hands_no_value_on_carries_none(expression: str) -> None:
    sql = f"with a as (select * from raw.people) select {expression} as x from a"
    assert not any(carried_by_models([("m.m", sql)], COLUMNS, ORIGINS)["m.m"].values())


def test_a_value_is_followed_through_models_and_unions() -> None:
    models = [
        ("staging.s", "select email as mail, key from raw.people"),
        ("marts.m", "select key as x from staging.s union all select mail from staging.s"),
    ]
    columns = COLUMNS | {"staging.s": {"mail": "varchar", "key": "varchar"}}
    assert carried_by_models(models, columns, ORIGINS)["marts.m"] == {"x": {"people.email"}}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> CompiledProject:
    """The project as compiled with its own vars."""
    return compile_project(tmp_path_factory.mktemp("compiled"), [{}])


@pytest.fixture(scope="module")
def carried(project: CompiledProject) -> dict[str, Carried]:
    """What every column of every model carries of raw columns."""
    graph = ModelGraph(project)
    graph.run({source: [] for source in load_contracts()}, None)
    rows = graph.connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns()"
        " where database_name = 'warehouse' order by 1, column_index"
    ).fetchall()
    columns: dict[str, dict[str, str]] = {}
    for relation, column, kind in rows:
        columns.setdefault(relation, {})[column] = kind.split("(")[0].split("[")[0]
    models = [
        (_short(project.relations[name]), sql)
        for name in project.order
        if (sql := project.sql["{}"].get(name))
    ]
    return carried_by_models(models, columns, dict(_origins(project)))


def _short(relation: str) -> str:
    """Schema and name of a relation as dbt writes it."""
    return ".".join(part.strip('"') for part in relation.split(".")[-2:])


def _origins(project: CompiledProject) -> Iterator[tuple[str, Carried]]:
    """The raw relations, with the personal columns that they hold."""
    for contract in load_contracts().values():
        personal = [
            column.name for column in contract.columns if column.classification == "personal"
        ]
        named = [*personal, RAW_ROW]
        found = {name: frozenset({f"{contract.source}.{name}"}) for name in named}
        for prefix in ("", "new_"):
            if f"raw.{prefix}{contract.source}" in project.relations:
                yield _short(project.relations[f"raw.{prefix}{contract.source}"]), found
    lines = frozenset({"malformed_lines.line_text"})
    yield _short(project.relations["raw.malformed_lines"]), {"line_text": lines}


def _private() -> set[str]:
    """Raw columns whose values are never published."""
    columns = {
        f"{contract.source}.{column.name}"
        for contract in load_contracts().values()
        for column in contract.columns
        if column.is_private
    }
    rows = {f"{source}.{RAW_ROW}" for source in load_contracts()}
    return columns | rows | {"malformed_lines.line_text"}


def test_private_columns_are_followed_as_far_as_they_go(carried: dict[str, Carried]) -> None:
    assert carried["staging.stg_raw__surveys"]["survey_comment"] == {"surveys.comment"}
    assert "users._raw_row" in carried["quarantine.raw_rows"]["raw_row"]
    assert carried["marts.dim_user"]["user_id"] >= {"users.user_id"}
    assert carried["marts.dim_account"]["owner"] == {"accounts.owner"}


def test_no_private_column_leaves_the_private_layers(carried: dict[str, Carried]) -> None:
    private = _private()
    leaks = {
        f"{relation}.{column}": sorted(origins & private)
        for relation, columns in carried.items()
        for column, origins in columns.items()
        if relation.split(".")[0] not in PRIVATE_SCHEMAS and origins & private
    }
    assert leaks == {}


def test_a_published_column_that_carries_a_person_is_classified_so(
    carried: dict[str, Carried],
) -> None:
    classes = {
        (mart.name, column.name): column.classification
        for mart in published_marts()
        for column in mart.columns
    }
    unsaid = {
        f"{relation}.{column}": sorted(origins)
        for relation, columns in carried.items()
        for column, origins in columns.items()
        if relation.startswith("marts.")
        and origins
        and classes[relation.removeprefix("marts."), column] != "personal"
    }
    assert {name.removeprefix("marts.") for name in unsaid} == OF_ANOTHER_DIMENSION


def test_every_published_key_of_a_user_is_one_that_a_salt_hashes(
    carried: dict[str, Carried],
) -> None:
    keys_of_users = {
        f"{contract.source}.{name}"
        for contract in load_contracts().values()
        for name in contract.person_keys
    }
    inside = {(one.mart, one.column) for one in keys_inside()}
    published = {
        (relation.removeprefix("marts."), column)
        for relation, columns in carried.items()
        for column, origins in columns.items()
        if relation.startswith("marts.") and origins & keys_of_users
    }
    assert {(mart, column) for mart, column in published if not key_columns([column])} == inside
    assert {("dim_user", "user_id"), ("fct_ticket", "requester_user_id")} <= published
