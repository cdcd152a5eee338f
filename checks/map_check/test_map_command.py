"""`make map`: what it proposes, what it leaves alone, and that it never guesses silently."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.map_check.exports import proposal, write_exports
from checks.mapping.mapped import write_files
from checks.raw.folders import required_folder, write_parquet
from pipeline.drafting.command import map_command
from pipeline.drafting.guesses import Group, assign
from pipeline.drafting.samples import Sample
from pipeline.drafting.writing import is_certain, shared_lines, shared_names, source_lines
from pipeline.mapping.loader import load_mapping
from pipeline.options import Options
from pipeline.raw_contracts import load_contracts


def test_the_exports_are_recognised(out, tmp_path):
    sources = proposal(out, write_exports(tmp_path / "raw"))
    files = {name: source["file"] for name, source in sources.items()}
    assert files == {
        "accounts": "crm/customers.csv",
        "contracts": "subscriptions.csv",
        "logins": "log",
        "tickets": "zendesk_cases.csv",
        "users": "people.tsv",
    }
    assert {source["confirmed"] for source in sources.values()} == {False}
    assert sources["accounts"]["delimiter"] == ";"
    assert sources["accounts"]["skip_lines"] == 2
    assert sources["tickets"]["encoding"] == "cp932"
    assert sources["accounts"]["columns"] == {
        "account_id": "Customer Number",
        "account_name": "Company Name",
        "created_at": {"column": "Created Date", "format": "%d.%m.%Y"},
        "industry": "Sector",
        "is_internal": {"column": "Test Account", "values": {"no": "false", "yes": "true"}},
    }
    contracts = sources["contracts"]["columns"]
    assert contracts["unit_price"] == {
        "column": "Unit Price",
        "strip": "€",
        "decimal_mark": ",",
        "thousands_mark": ".",
    }
    assert contracts["line_type"] == {"value": "recurring"}
    assert contracts["contract_line_id"] == contracts["contract_id"] == "Subscription ID"
    assert sources["logins"]["columns"]["logged_in_at"] == {
        "column": "Timestamp",
        "unix": "seconds",
    }


def test_each_guess_is_a_line_with_its_share_and_a_sample(out, tmp_path):
    raw = write_exports(tmp_path / "raw")
    proposal(out, raw)
    lines = (raw / "mapping.yml").read_text(encoding="utf-8").splitlines()
    columns = [line for line in lines if line.startswith("      ") and line.strip()[0] != "#"]
    assert len(columns) > 25
    assert [line for line in columns if "# confirm: " not in line] == []
    (billing,) = [line for line in columns if "billing_interval" in line]
    assert "66.7% can be read; what is `Fortnightly`?; such as Monthly, Annual" in billing
    (created,) = [line for line in columns if "%d/%m/%Y %H:%M" in line]
    assert "`%m/%d/%Y %H:%M` would fit as well" in created


def test_the_choice_of_files_is_a_guess_too(out, tmp_path):
    raw = write_exports(tmp_path / "raw")
    proposal(out, raw)
    lines = (raw / "mapping.yml").read_text(encoding="utf-8").splitlines()
    files = {
        line.split("#")[0].split()[1]: line.partition("# confirm: ")[2]
        for line in lines
        if line.startswith("    file: ")
    }
    assert files == {
        "crm/customers.csv": "",
        "subscriptions.csv": "",
        "log": "chosen by its columns more than by its name; "
        "all of the folder is read, also what comes later (2 files now)",
        "zendesk_cases.csv": "chosen by its columns more than by its name",
        "people.tsv": "",
    }


def test_files_under_our_names_in_foreign_forms_are_proposed(out, tmp_path):
    (tmp_path / "raw").mkdir()
    raw = required_folder(tmp_path / "raw")
    (path,) = raw.glob("accounts.csv")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3.\2.\1", text), encoding="utf-8")
    assert "." in path.read_text(encoding="utf-8")
    (created,) = [
        column["format"]
        for name, column in proposal(out, raw)["accounts"]["columns"].items()
        if name == "created_at"
    ]
    assert created.startswith("%d.%m.%Y")


def test_personal_cells_are_not_shown(out, tmp_path):
    raw = write_exports(tmp_path / "raw")
    proposal(out, raw)
    assert "@acme" not in (raw / "mapping.yml").read_text(encoding="utf-8")


def test_what_is_missing_is_said(out, tmp_path, capsys):
    raw = write_exports(tmp_path / "raw", without=["people.tsv"])
    write_files(
        raw, {"zendesk_cases.csv": "Case Number,Created,Severity,State\n1,2025-01-01,low,x\n"}
    )
    proposal(out, raw)
    said = capsys.readouterr().out
    assert "users: no file looks like this required source; it needs user_id, account_id" in said
    assert "required column account_id has no source" in said
    assert "# missing: account_id" in (raw / "mapping.yml").read_text(encoding="utf-8")


def test_files_under_our_names_need_no_mapping(out, tmp_path, capsys):
    (tmp_path / "raw").mkdir()
    raw = required_folder(tmp_path / "raw")
    assert map_command(Options(out, raw)) == 0
    assert "There is nothing to propose." in capsys.readouterr().out
    assert not (raw / "mapping.yml").exists()


def test_a_file_that_cannot_be_read_is_named(out, tmp_path, capsys):
    raw = write_exports(tmp_path / "raw")
    write_files(raw, {"x.csv": b"PK\x03\x04abc", "y.parquet": b"no", "z.csv": b""})
    proposal(out, raw)
    said = " ".join(capsys.readouterr().out.split())
    assert "x.csv: the file is no CSV but a ZIP archive" in said
    assert "y.parquet: the file cannot be read" in said
    assert "z.csv: the file is empty" in said


def test_one_file_may_give_two_required_sources(out, tmp_path):
    header = (
        "company id,company name,created,subscription id,price,qty,interval,start,modified,plan,"
        "currency"
    )
    row = "C1,Acme,2025-01-01,S1,10,1,month,2025-01-01,2025-01-01,pro,USD"
    raw = write_exports(tmp_path / "raw", ["crm/customers.csv", "subscriptions.csv"])
    write_files(raw, {"export.csv": f"{header}\n{row}\n"})
    sources = proposal(out, raw)
    assert sources["accounts"]["from"] == sources["contracts"]["from"] == "export"
    guesses = assign([Group(("accounts.csv",), _sample_of(header, row))], ["accounts", "contracts"])
    own = replace(guesses[0], columns=(), missing=())
    assert (is_certain(own), is_certain(replace(own, is_shared=False))) == (False, True)


def _sample_of(header: str, row: str) -> Sample:
    cells = zip(header.split(","), row.split(","), strict=True)
    return Sample("accounts.csv", {name: [cell] for name, cell in cells})


def test_parquet_columns_keep_their_types(out, tmp_path):
    raw = write_exports(tmp_path / "raw", without=["people.tsv"])
    days = [date(2025, 1, day) for day in (1, 2)]
    write_parquet(
        raw / "contacts.parquet",
        {"Contact ID": [1, 2], "Company ID": ["C1", "C2"], "Created": days},
    )
    assert proposal(out, raw)["users"]["columns"] == {
        "user_id": "Contact ID",
        "account_id": "Company ID",
        "created_at": "Created",
    }


CELLS = st.text(max_size=8) | st.sampled_from(
    ["2025-01-01", "1,5", "yes", "%", "1.000,00 €", "#", "a: b"]
)
HEADERS = st.text(min_size=1, max_size=10) | st.sampled_from(
    ["Customer Number", "Created", "id", "yes", "null", "a # b", "{x", "price", "User ID", "42"]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    columns=st.dictionaries(
        HEADERS, st.lists(CELLS, min_size=3, max_size=3), min_size=3, max_size=9
    )
)
def test_any_file_gives_a_mapping_that_can_be_read(columns, tmp_path):
    named = {**columns, "User ID": ["1", "2", "3"], "Company": ["a", "b", "c"], "Since": ["x"] * 3}
    guesses = assign([Group(("users.csv",), Sample("users.csv", named))], list(load_contracts()))
    shared = shared_names(guesses)
    lines = [line for guess in guesses for line in source_lines(guess, shared, {})]
    text = "\n".join(["shared:", *shared_lines(guesses)] if shared else []) + "\n"
    text += "\n".join(["sources:", *lines]) + "\n"
    path = tmp_path / "mapping.yml"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    for entry in load_mapping(path).entries:
        assert {name for name, _ in entry.named_columns()} <= set(named)
