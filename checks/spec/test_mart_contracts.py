"""contracts/marts follows the marts' YAML, and says what dbt itself understands of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import datacontract
import fastjsonschema
import pytest
import yaml

from checks.spec.project_files import relative
from dashboard.render import BOARDS
from pipeline.contracts.documents import FOLDER, differences, document_of
from pipeline.contracts.published_marts import CLASSES, Mart, published_marts, questions
from pipeline.options import ROOT

PATHS = sorted(FOLDER.glob("*.odcs.yaml"))
SCHEMAS = Path(datacontract.__file__).parent / "schemas"


@pytest.fixture(scope="module")
def marts() -> dict[str, Mart]:
    """The marts as the generator reads them."""
    return {mart.name: mart for mart in published_marts()}


@pytest.fixture(scope="module")
def nodes(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The marts as dbt reads them."""
    return {
        node["alias"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] in ("model", "seed") and node["config"]["schema"] == "marts"
    }


def test_the_contracts_are_current() -> None:
    assert differences() == [], "run `make format`"


def test_every_published_mart_has_a_contract(nodes: dict[str, dict[str, Any]]) -> None:
    assert {path.name.removesuffix(".odcs.yaml") for path in PATHS} == set(nodes)


def test_dbt_understands_the_same(marts: dict[str, Mart], nodes: dict[str, dict[str, Any]]) -> None:
    """The YAML is read without dbt; what it says of a mart is what dbt's manifest says."""
    read = {
        name: (
            mart.group,
            mart.is_view,
            mart.description,
            list(mart.grain),
            [(column.name, column.type, column.description) for column in mart.columns],
        )
        for name, mart in marts.items()
    }
    known = {
        name: (
            node["config"]["group"],
            node["config"]["materialized"] == "view",
            node["description"].strip(),
            node["config"]["meta"]["grain"],
            [
                (column["name"], column["data_type"], column["description"].strip())
                for column in node["columns"].values()
            ],
        )
        for name, node in nodes.items()
    }
    assert read == known


def test_what_dbt_tests_is_promised(marts: dict[str, Mart], manifest: dict[str, Any]) -> None:
    promised = {
        (mart.name, column.name, kind)
        for mart in marts.values()
        for column in mart.columns
        for kind, holds in {
            "not_null": column.is_required,
            "accepted_values": bool(column.values),
            "unique": column.is_unique,
        }.items()
        if holds
    }
    missing = []
    for test in manifest["nodes"].values():
        metadata = test.get("test_metadata") or {}
        mart = (test.get("attached_node") or "").rsplit(".", 1)[-1]
        kind = "not_null" if metadata.get("name") == "not_null_columns" else metadata.get("name")
        if mart not in marts or kind not in ("not_null", "accepted_values", "unique"):
            continue
        columns = metadata["kwargs"].get("column_names") or [test["column_name"]]
        missing += [(mart, name, kind) for name in columns if (mart, name, kind) not in promised]
    assert missing == []


@pytest.fixture(scope="module")
def is_valid() -> Any:
    """The standard's JSON schema, compiled once for all contracts."""
    schema = json.loads((SCHEMAS / "odcs-3.2.0.schema.json").read_text(encoding="utf-8"))
    return fastjsonschema.compile(schema)


@pytest.mark.parametrize("path", PATHS, ids=relative)
def test_a_contract_is_valid_by_its_standard(path: Path, is_valid: Any) -> None:
    is_valid(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def test_a_contract_that_is_not_valid_would_be_found(is_valid: Any) -> None:
    document = document_of(published_marts()[0]) | {"statsu": "active"}
    with pytest.raises(fastjsonschema.JsonSchemaException):
        is_valid(document)


def test_every_contract_tells_owner_purpose_service_and_class(marts: dict[str, Mart]) -> None:
    assert {mart.model for mart in marts.values()} <= set(questions())
    for mart in marts.values():
        document = document_of(mart)
        assert "@" in document["team"]["members"][0]["username"]
        assert {"freshness", "frequency", "availability"} <= {
            service["property"] for service in document["slaProperties"]
        }
        assert {column.classification for column in mart.columns} <= set(CLASSES)


def test_columns_that_name_people_are_personal_and_those_of_customers_are_theirs(
    marts: dict[str, Mart],
) -> None:
    classes = {
        (mart.name, column.name): column.classification
        for mart in marts.values()
        for column in mart.columns
    }
    assert {name for (_, name), found in classes.items() if found != "personal"}.isdisjoint(
        {"owner", "user_id", "requester_user_id"}
    )
    assert classes["dim_user", "role"] == "personal"
    assert classes["kpi_csm_load", "open_tickets"] == "personal"
    assert classes["kpi_values", "dimension_value"] == "personal"
    assert classes["fct_mrr_monthly", "mrr_end"] == "company"
    assert classes["customer_360_parent", "mrr"] == "company"
    assert classes["kpi_retention_monthly", "mrr_end"] == "none"


def exposures() -> dict[str, dict[str, Any]]:
    """What reads the marts, by name."""
    text = (ROOT / "models" / "exposures.yml").read_text(encoding="utf-8")
    return {exposure["name"]: exposure for exposure in yaml.safe_load(text)["exposures"]}


def test_the_dashboard_is_exposed_with_what_it_reads(marts: dict[str, Mart]) -> None:
    boards = "\n".join(path.read_text(encoding="utf-8") for path in BOARDS.glob("*.yml"))
    read = {f"ref('{name}')" for name in marts if f"published.marts.{name}" in boards.split()}
    assert set(exposures()["dashboard"]["depends_on"]) == read


def test_every_exposure_reads_marts_alone_and_has_an_owner(marts: dict[str, Mart]) -> None:
    published = {f"ref('{name}')" for name in marts}
    for exposure in exposures().values():
        assert set(exposure["depends_on"]) <= published
        assert exposure["owner"]["email"]
        assert exposure["maturity"]
