"""Asks datacontract-cli whether what was found in the raw folder fits the contracts."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pipeline.cell_types import quoted
from pipeline.raw_contracts import load_contracts

if TYPE_CHECKING:
    from open_data_contract_standard.model import OpenDataContractStandard

_SCHEMA = "raw"


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit; `column` None when it is about the source or the contract."""

    source: str | None
    column: str | None
    reason: str


@cache
def _document(source: str) -> OpenDataContractStandard:
    """The contract of a source as the tool reads it; not to be changed."""
    # Imported where it is used since it takes a second, which other commands shall not pay.
    from open_data_contract_standard.model import OpenDataContractStandard

    return OpenDataContractStandard.from_file(str(load_contracts()[source].path))


def _merged_contract(sources: Iterable[str], database: Path) -> OpenDataContractStandard:
    """One contract with the schemas of all the sources, served from a DuckDB file."""
    from open_data_contract_standard.model import Server

    documents = [_document(source) for source in sources]
    merged = documents[0].model_copy(update={"id": "raw", "name": "raw", "customProperties": None})
    merged.schema_ = [schema for document in documents for schema in document.schema_ or []]
    merged.servers = [Server(server="found", type="duckdb", database=str(database), schema=_SCHEMA)]
    return merged


def _write_tables(database: Path, found: Mapping[str, Mapping[str, str]]) -> None:
    """Make an empty table per source with the columns and DuckDB types found."""
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"create schema {_SCHEMA}")
        for source, columns in found.items():
            listed = ", ".join(f"{quoted(name)} {native}" for name, native in columns.items())
            connection.execute(f"create table {_SCHEMA}.{quoted(source)} ({listed})")


def schema_findings(found: Mapping[str, Mapping[str, str]]) -> list[Finding]:
    """What datacontract-cli says of the sources' columns (name to DuckDB type), rows left aside.

    Takes about three seconds, nearly all of it to load the tool; no network.
    """
    found = {source: columns for source, columns in found.items() if columns}
    if not found:
        return []
    from datacontract.data_contract import DataContract

    logger = logging.getLogger("datacontract")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with tempfile.TemporaryDirectory() as folder:
            database = Path(folder) / "found.duckdb"
            _write_tables(database, found)
            run = DataContract(
                data_contract=_merged_contract(found, database),
                check_categories={"schema"},
                metadata_only=True,
            ).test()
    finally:
        logger.setLevel(level)
    return [
        Finding(check.model, check.field, check.reason or check.name)
        for check in run.checks
        if check.result is not None and check.result.value in ("failed", "error")
    ]
