"""The raw contracts are sound, complete, and what dbt reads is made from them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from datacontract.data_contract import DataContract

from pipeline import generate_sources
from pipeline.raw_contracts import load_contracts

REQUIRED = {"accounts", "contracts", "users", "logins", "tickets"}
CONTRACTS = list(load_contracts().values())


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.source)
def test_a_contract_is_valid_by_its_standard(contract):
    run = DataContract(data_contract_file=str(contract.path)).lint()
    assert [(check.name, check.reason) for check in run.checks if check.result != "passed"] == []


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.source)
def test_a_contract_is_named_after_its_source(contract):
    assert contract.path.name == f"{contract.source}.odcs.yaml"


def test_there_are_sixteen_sources_five_of_them_required():
    assert len(CONTRACTS) == 16
    assert {contract.source for contract in CONTRACTS if contract.is_required} == REQUIRED


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.source)
def test_every_column_is_described_by_more_than_its_name(contract):
    for column in contract.columns:
        words = set(column.description.lower().replace(".", "").split())
        assert len(words - set(column.name.split("_"))) >= 4, column.name


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.source)
def test_key_and_event_time_are_columns_of_the_contract(contract):
    assert any(column.is_key for column in contract.columns)
    assert all(column.is_required for column in contract.columns if column.is_key)
    event_time = contract.event_time_column
    assert event_time is None or event_time in contract.column_names


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.source)
def test_types_follow_the_endings_of_names(contract):
    for column in contract.columns:
        if column.name.endswith("_at"):
            assert column.type == "timestamp", column.name
        if column.name.endswith("_date"):
            assert column.type == "date", column.name
        if column.name.startswith("is_"):
            assert column.type == "boolean", column.name
        if column.name.endswith("_id"):
            assert column.type == "text", column.name


def test_columns_that_name_a_person_are_classified_as_personal():
    personal = {
        (contract.source, column.name)
        for contract in CONTRACTS
        for column in contract.columns
        if column.classification == "personal"
    }
    assert {("users", "email"), ("surveys", "comment"), ("touchpoints", "summary")} <= personal


def test_the_versions_of_a_contract_line_are_its_key():
    keys = [column.name for column in load_contracts()["contracts"].columns if column.is_key]
    assert keys == ["contract_line_id", "updated_at"]


def test_the_generated_files_are_current():
    assert generate_sources.differences() == []


def test_a_generated_file_that_was_edited_by_hand_is_found(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(generate_sources, "PROJECT_DIR", tmp_path)
    monkeypatch.setattr(generate_sources, "SOURCES_DIR", tmp_path / "models")
    monkeypatch.setattr(generate_sources, "MACRO_FILE", tmp_path / "macros" / "raw_columns.sql")
    monkeypatch.setattr(generate_sources, "SCHEMA_FILE", tmp_path / "mapping" / "schema.json")
    assert generate_sources.main([]) == 0
    assert generate_sources.main(["--check"]) == 0
    Path(tmp_path / "models" / "_raw__users__sources.yml").write_text("edited")
    (tmp_path / "macros" / "raw_columns.sql").unlink()
    Path(tmp_path / "models" / "_raw__gone__sources.yml").touch()
    assert generate_sources.main(["--check"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "models/_raw__users__sources.yml differs from the contracts",
        "macros/raw_columns.sql is missing",
        "models/_raw__gone__sources.yml has no contract",
    ]


def test_the_generated_sources_describe_every_table_and_column():
    for path, text in generate_sources.generated_files().items():
        if path.suffix != ".yml":
            continue
        (source,) = yaml.safe_load(text)["sources"]
        assert source["schema"] == "{{ 'landing' if target.type == 'postgres' else 'raw' }}"
        for table in source["tables"]:
            assert table["description"]
            assert all(column["description"] for column in table["columns"])
