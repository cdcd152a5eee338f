"""`make check` says of each row exactly what a build's quarantine says of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checks.built_warehouse import BuiltWarehouse, WarehouseBuilder
from checks.map_check.exports import write_exports
from checks.reference.histories import generate, write_folder
from pipeline.checking.command import check_command
from pipeline.checking.reasons import WORDS
from pipeline.drafting.command import map_command
from pipeline.options import Options

AS_OF = date(2025, 12, 31)
ENDS = ("raw_rows", "superseded_rows", "duplicate_rows", "quarantined_rows")


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with rows of every fault and every tie."""
    place = tmp_path_factory.mktemp("faults")
    return write_folder(generate(7, 12, AS_OF, months=8), place / "raw")


@pytest.fixture(scope="module")
def built(warehouse_builder: WarehouseBuilder, raw: Path) -> BuiltWarehouse:
    """The folder as a build has it."""
    return warehouse_builder.build(raw, str(AS_OF))


@pytest.fixture
def checked(raw: Path, dated_out: Path) -> dict[str, Any]:
    """The folder as the check has it."""
    assert check_command(Options(dated_out, raw, variables={"as_of_date": str(AS_OF)})) == 0
    return _report(dated_out)


def _report(out: Path) -> dict[str, Any]:
    """What a check has written for machines."""
    return json.loads((out / "check" / "check.json").read_text(encoding="utf-8"))


def test_the_check_and_the_build_say_the_same(
    checked: dict[str, Any], built: BuiltWarehouse
) -> None:
    _same_ends(checked, built)
    _same_reasons(checked, built)
    _same_examples(checked, built)


def _same_ends(checked: dict[str, Any], built: BuiltWarehouse) -> None:
    """Every row ends in the same way."""
    found = {
        source["source"]: [source["kept_rows"], *(source[end] for end in ENDS)]
        for source in checked["sources"]
    }
    listed = ", ".join(["staged_rows", *ENDS])
    rows = built.rows(f"select source, {listed} from quality_row_accounting where raw_rows > 0")
    assert found == {row["source"]: [row["staged_rows"], *(row[e] for e in ENDS)] for row in rows}


def _same_reasons(checked: dict[str, Any], built: BuiltWarehouse) -> None:
    """Each reason of each source has as many rows."""
    found = {
        (source["source"], reason["reason"]): reason["rows"]
        for source in checked["sources"]
        for reason in source["reasons"]
    }
    rows = built.rows(
        "select source, reason, count(*) as rows from (select source,"
        " unnest(string_split(reasons, ',')) as reason from quality_quarantine) group by all"
    )
    assert found == {(row["source"], row["reason"]): row["rows"] for row in rows}
    assert {reason for _, reason in found} == set(WORDS)


def _same_examples(checked: dict[str, Any], built: BuiltWarehouse) -> None:
    """The rows that are shown are the first that the build quarantines, with their cells."""
    for source in checked["sources"]:
        for reason in source["reasons"]:
            first = built.rows(
                "select q.source_file, q.source_row_number, r.raw_row from quality_quarantine q"
                " join warehouse.quarantine.raw_rows r"
                " using (source, source_file, source_row_number)"
                f" where q.source = '{source['source']}' and list_contains("
                f"string_split(q.reasons, ','), '{reason['reason']}') order by 1, 2 limit 3"
            )
            shown = [(e["file"], e["row_number"]) for e in reason["examples"]]
            assert shown == [(row["source_file"], row["source_row_number"]) for row in first]
            for example, row in zip(reason["examples"], first, strict=True):
                assert example["cells"], (source["source"], reason["reason"])
                for name, value in example["cells"]:
                    written = json.loads(row["raw_row"])[name] if name else row["raw_row"]
                    assert value == written


def test_a_mapped_folder_too(
    dated_out: Path, tmp_path: Path, warehouse_builder: WarehouseBuilder
) -> None:
    raw = write_exports(tmp_path / "exports")
    options = Options(dated_out, raw, variables={"as_of_date": str(AS_OF)})
    assert map_command(options) == 0
    mapping = raw / "mapping.yml"
    mapping.write_text(mapping.read_text("utf-8").replace("confirmed: false", "confirmed: true"))
    assert check_command(options) == 0
    checked = _report(dated_out)
    built = warehouse_builder.build(raw, str(AS_OF))
    _same_ends(checked, built)
    _same_reasons_of_mapped(checked, built)


def _same_reasons_of_mapped(checked: dict[str, Any], built: BuiltWarehouse) -> None:
    """The one row at fault is shown under the headers of the export."""
    (row,) = built.rows("select source, reasons, source_row_number from quality_quarantine")
    assert tuple(row.values()) == ("contracts", "bad_value,orphan_account", 3)
    (contracts,) = [source for source in checked["sources"] if source["reasons"]]
    cells = {reason["reason"]: reason["examples"][0]["cells"] for reason in contracts["reasons"]}
    assert cells == {
        "bad_value": [["Billing Cycle (billing_interval)", "Fortnightly"]],
        "orphan_account": [["Customer Number (account_id)", "C-009"]],
    }
