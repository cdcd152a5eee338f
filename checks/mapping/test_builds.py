"""Mapped files on their way through preflight, plan and landing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checks.mapping.mapped import land_with_mapping, write_files
from checks.raw.folders import REQUEST, query, required_folder
from pipeline.increments import decide, settings_of, take_stock
from pipeline.landing import land
from pipeline.mapping.files import open_raw
from pipeline.options import Options
from pipeline.preflight import check
from pipeline.state import FormerBuild

LOGINS = (
    "sources: {logins: {file: 'log/*.csv', columns: {login_id: i, user_id: u, logged_in_at: t}}}"
)
HEADER = "i,u,t\n"
GERMAN = """
defaults: {delimiter: ;, encoding: cp932, date_format: "%d/%m/%Y"}
sources:
  accounts:
    file: kunden.txt
    timestamp_format: "%d/%m/%Y"
    columns: {account_id: A, account_name: B, created_at: C}
  contracts:
    file: v.txt
    columns:
      contract_line_id: L
      contract_id: {value: C1}
      account_id: A
      product_id: {column: P, prefix: P}
      line_type: {column: T, values: {Abo: recurring}}
      currency: {value: USD}
      unit_price: {column: U, divide_by: 100, thousands_mark: ","}
      quantity: Q
      billing_interval: {column: I, values: {毎月: month}}
      start_date: S
      updated_at: {column: W, unix: seconds}
"""


def login_folder(raw: Path, days: int) -> Path:
    """The required sources, logins by the day under other names."""
    raw.mkdir(exist_ok=True)
    required_folder(raw, without=["logins"])
    files = {f"log/{day}.csv": f"{HEADER}g{day},U1,2025-01-0{day}\nbad\n" for day in range(1, days)}
    return write_files(raw, {**files, "mapping.yml": LOGINS})


def test_the_mapped_folder_lands_as_the_plain_one_does(tmp_path):
    plain = tmp_path / "plain"
    plain.mkdir()
    expected = land(required_folder(plain), tmp_path / "out of plain", REQUEST)
    files = {
        "kunden.txt": "A;B;C\nA1;One;01/01/2025\n",
        "v.txt": "L;A;P;T;U;Q;I;S;W\nL1;A1;1;Abo;1,000;1;毎月;01/01/2025;1735689600\n".encode(
            "cp932"
        ),
    }
    result = land_with_mapping(tmp_path, GERMAN, files, without=["accounts", "contracts"])
    assert query(result, "select * exclude (_file, _raw_row) from raw.users") == query(
        expected, "select * exclude (_file, _raw_row) from raw.users"
    )
    account = "select account_id, account_name, created_at::timestamp, country from raw.accounts"
    assert query(result, account) == query(expected, account)
    line = (
        "select * exclude (_file, _raw_row) replace (unit_price::decimal(9, 2) as unit_price,"
        " updated_at::timestamp as updated_at) from raw.contracts"
    )
    assert query(result, line) == query(expected, line)


def test_the_preflight_names_what_is_not_used(tmp_path):
    raw = login_folder(tmp_path / "raw", 2)
    write_files(raw, {"log/1.csv": "i,u,t,extra\n1,U1,2025-01-01,x\n", "other.csv": "x\n"})
    assert list(check(raw).warnings) == [
        "log/1.csv: columns that the mapping does not use are ignored: extra",
        "other.csv: belongs to no source and is not read",
    ]


def former_of(options: Options) -> FormerBuild:
    """A published build with what is in the folder now."""
    assert options.raw is not None
    files = take_stock(open_raw(options.raw, options.out, options.mapping_file))
    day = date(2025, 1, 31)
    return FormerBuild("b0", day, day, settings_of(options), files, is_unpublished=False)


def plan_after(options: Options, former: FormerBuild):
    """The plan of the next build."""
    assert options.raw is not None
    files = take_stock(open_raw(options.raw, options.out, options.mapping_file))
    return decide(options, files, settings_of(options), former)


def test_only_new_mapped_files_are_read_by_the_next_build(tmp_path):
    options = Options(out=tmp_path / "out", raw=login_folder(tmp_path / "raw", 3))
    former = former_of(options)
    login_folder(tmp_path / "raw", 4)
    plan = plan_after(options, former)
    assert (plan.reason, plan.new) == (None, frozenset(["log/3.csv"]))


def test_a_changed_mapping_makes_everything_anew(tmp_path):
    options = Options(out=tmp_path / "out", raw=login_folder(tmp_path / "raw", 3))
    former = former_of(options)
    write_files(tmp_path / "raw", {"mapping.yml": LOGINS + "\n# a note\n"})
    assert plan_after(options, former).reason == "the mapping changed"


def test_a_build_before_there_were_mappings_is_gone_on_from(tmp_path):
    raw = login_folder(tmp_path / "raw", 2)
    (raw / "mapping.yml").unlink()
    options = Options(out=tmp_path / "out", raw=raw)
    former = former_of(options)
    settings = json.loads(former.settings)
    del settings["mapping"]
    assert plan_after(options, replace(former, settings=json.dumps(settings))).reason is None


def test_the_next_landing_keeps_the_copies_of_files_that_were_taken(tmp_path):
    raw, out = login_folder(tmp_path / "raw", 3), tmp_path / "out"
    first = land(raw, out, REQUEST)
    kept = {path: path.stat().st_mtime_ns for path in (out / "landed" / "logins").iterdir()}
    login_folder(raw, 4)
    second = land(raw, out, REQUEST, new={"log/3.csv"})
    assert len(kept) == 2
    assert all(path.stat().st_mtime_ns == moment for path, moment in kept.items())
    assert query(second, "select login_id from raw.new_logins") == [("g3",)]
    assert query(second, "select count(*) from raw.logins") == [(3,)]
    assert query(second, "select count(*) from raw.malformed_lines") == [(3,)]
    raw_rows = query(second, "select distinct to_json(_raw_row)::varchar from raw.logins")
    assert ('{"i":"g1","u":"U1","t":"2025-01-01"}',) in raw_rows
    assert first.sources["logins"].malformed_count == 2
    assert second.sources["logins"].malformed_count == 3


def test_a_file_of_several_sources_is_taken_once_and_kept_for_each(tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    required_folder(raw, without=["accounts", "users"])
    mapping = """
shared: {people: {file: p.csv}}
sources:
  accounts: {from: people, columns: {account_id: a, account_name: a, created_at: t}}
  users:
    from: people
    filter: {column: u, is_not: ""}
    columns: {user_id: u, account_id: a, created_at: t}
"""
    files = {"p.csv": "a,u,t\nA1,U1,2025-01-01\nA2,,2025-01-01\n", "mapping.yml": mapping}
    write_files(raw, files)
    stock = take_stock(open_raw(raw, out))
    assert [file.relative for file in stock].count("p.csv") == 1
    land(raw, out, REQUEST)
    again = land(raw, out, REQUEST, new=set())
    counts = {source: again.sources[source].row_count for source in ("accounts", "users")}
    assert counts == {"accounts": 2, "users": 1}
    assert query(again, "select count(*) from raw.accounts") == [(2,)]
    assert query(again, "select count(*) from raw.users") == [(1,)]


@pytest.mark.parametrize("named", [True, False])
def test_the_files_of_a_mapping_that_is_named_alone_lie_beside_it(named, tmp_path):
    from argparse import Namespace

    from pipeline.options import read_options

    raw = login_folder(tmp_path / "raw", 2)
    mapping = raw / "mapping.yml"
    given = {"raw": None, "mapping": str(mapping)} if named else {"raw": str(raw), "mapping": None}
    unset = dict.fromkeys(("out", "target", "vars", "as_of", "base", "user"))
    arguments = Namespace(**unset, full_refresh=False, dry_run=False, **given)
    options = read_options(arguments)
    assert (options.raw, options.mapping_file) == (raw, mapping)
