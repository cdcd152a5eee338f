"""Holds a published file against the contracts, with datacontract-cli, in one process."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.console import complain
from pipeline.contracts.documents import generated_files
from pipeline.failure import BuildFailure
from pipeline.publish import MARTS_SCHEMA, keep_copy

if TYPE_CHECKING:
    from open_data_contract_standard.model import OpenDataContractStandard

# A file called marts with a schema called marts cannot be spoken of in one word.
_OTHER_NAME = "published.duckdb"


@dataclass(frozen=True)
class Report:
    """How many checks were made, and one sentence for each that failed."""

    check_count: int
    faults: tuple[str, ...]


def report_on(marts: Path, texts: Sequence[str] | None = None) -> Report:
    """Check a published file against contracts (YAML), by default those of all marts.

    Raises BuildFailure when there is no such file.
    """
    if not marts.is_file():
        raise BuildFailure(f"There is no published file {marts}: run `make build`.")
    from datacontract.data_contract import DataContract

    wanted = list(generated_files().values()) if texts is None else list(texts)
    # Beside the file, so that the second name costs no copy of it.
    with tempfile.TemporaryDirectory(prefix=".contracts-", dir=marts.parent) as folder, _quiet():
        other = Path(folder) / _OTHER_NAME
        keep_copy(marts, other)
        run = DataContract(data_contract=_merged(wanted, other), inline_references=False).test()
    faults = [
        f"{check.model}{f'.{check.field}' if check.field else ''}: {check.reason or check.name}"
        for check in run.checks
        if check.result is not None and check.result.value != "passed"
    ]
    return Report(len(run.checks), tuple(faults))


def _merged(texts: Sequence[str], database: Path) -> OpenDataContractStandard:
    """One contract with the schemas of all, so that the tool is loaded and connected once."""
    from open_data_contract_standard.model import OpenDataContractStandard, Server

    documents = [OpenDataContractStandard.from_string(text) for text in texts]
    merged = documents[0].model_copy(update={"id": "marts", "name": "marts"})
    merged.schema_ = [schema for document in documents for schema in document.schema_ or []]
    merged.slaProperties = None
    merged.servers = [
        Server(server="published", type="duckdb", database=str(database), schema=MARTS_SCHEMA)
    ]
    return merged


@contextmanager
def _quiet() -> Iterator[None]:
    """The tool's own log is not shown; what it found is in its answer."""
    logger = logging.getLogger("datacontract")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def main(arguments: list[str] | None = None) -> int:
    """Print what a published file does not keep of its contracts; 1 when there is something."""
    parser = argparse.ArgumentParser(description="Hold a published file against its contracts.")
    parser.add_argument("marts", type=Path, help="the published file, OUT/marts.duckdb")
    marts = parser.parse_args(arguments).marts
    try:
        report = report_on(marts)
    except BuildFailure as failure:
        complain(str(failure))
        return 1
    for fault in report.faults:
        complain(fault)
    print(f"{marts}: {report.check_count} checks of its contracts, {len(report.faults)} failed")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
