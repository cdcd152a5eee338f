"""In which form a column's cells are taken to be written."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

from pipeline.drafting.forms import form_of
from pipeline.drafting.guesses import Group, guess_source
from pipeline.drafting.merging import with_sources
from pipeline.drafting.names import likeness, our_value
from pipeline.drafting.samples import Sample, read_sample
from pipeline.drafting.writing import scalar, source_lines
from pipeline.mapping.encodings import likely_encodings
from pipeline.raw_contracts import load_contracts

COLUMNS = {
    (source, column.name): column
    for source, contract in load_contracts().items()
    for column in contract.columns
}
START, SEEN = COLUMNS["contracts", "start_date"], COLUMNS["logins", "logged_in_at"]
PRICE, DISCOUNT = COLUMNS["contracts", "unit_price"], COLUMNS["contracts", "discount_pct"]
DELETED, PRIORITY = COLUMNS["contracts", "is_deleted"], COLUMNS["tickets", "priority"]

FORMS = {
    "ISO": (START, ["2025-12-31", "2025-01-01T10:00"], 1.0, {}),
    "day first": (START, ["31.12.2025", "1.2.2025"], 1.0, {"format": "%d.%m.%Y"}),
    "month first": (START, ["12/31/2025", "1/2/2025"], 1.0, {"format": "%m/%d/%Y"}),
    "Japanese": (START, ["2025年1月2日"], 1.0, {"format": "%Y年%m月%d日"}),
    "written out": (START, ["1 Jan 2025", "13 Feb 2025"], 1.0, {"format": "%d %b %Y"}),
    "two digits": (START, ["31.12.25"], 1.0, {"format": "%d.%m.%y"}),
    "a clock": (SEEN, ["12/31/2025 1:05 PM"], 1.0, {"format": "%m/%d/%Y %I:%M %p"}),
    "seconds": (SEEN, ["1709280000"], 1.0, {"unix": "seconds"}),
    "milliseconds": (SEEN, ["1709280000000"], 1.0, {"unix": "milliseconds"}),
    "no date": (START, ["soon", "later"], 0.0, {}),
    "half": (START, ["31.12.2025", "soon"], 0.5, {"format": "%d.%m.%Y"}),
    "plain": (PRICE, ["1", "-2.50"], 1.0, {}),
    "comma": (PRICE, ["1,50", "2"], 1.0, {"decimal_mark": ","}),
    "groups": (PRICE, ["1,234.50"], 1.0, {"thousands_mark": ","}),
    "both": (PRICE, ["1.234,5"], 1.0, {"decimal_mark": ",", "thousands_mark": "."}),
    "sign": (PRICE, ["$1", "$2.5"], 1.0, {"strip": "$"}),
    "two signs": (PRICE, ["$1", "2 EUR"], 1.0, {"strip": ["$", "EUR"]}),
    "bookkeeping": (PRICE, ["(100)", "5"], 0.5, {}),
    "minus behind": (PRICE, ["5-", "5"], 0.5, {}),
    "percent": (DISCOUNT, ["10%", "5%"], 1.0, {"strip": "%", "divide_by": 100}),
    "share": (DISCOUNT, ["0.1", "0"], 1.0, {}),
    "boolean": (DELETED, ["TRUE", "false", "0"], 1.0, {}),
    "words": (DELETED, ["Yes", "No"], 1.0, {"values": {"Yes": "true", "No": "false"}}),
    "ours": (PRIORITY, ["high", "low"], 1.0, {}),
    "theirs": (PRIORITY, ["P1", "low", "?"], 2 / 3, {"values": {"P1": "urgent"}}),
    "empty": (PRIORITY, ["", ""], 1.0, {}),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_recognised(name):
    column, cells, share, keys = FORMS[name]
    form = form_of(column, column.name, cells, is_native=False)
    assert (round(form.share, 6), form.keys) == (round(share, 6), keys)


def test_a_form_that_could_be_another_is_doubted():
    form = form_of(START, "start", ["01/02/2025", "03/04/2025"], is_native=False)
    assert form.doubts == ("`%m/%d/%Y` would fit as well, but means other days",)
    assert form_of(PRICE, "price", ["1,234"], is_native=False).doubts
    assert form_of(PRICE, "price", ["1.234", "12.500"], is_native=False).doubts
    assert not form_of(PRICE, "price", ["1,234.50"], is_native=False).doubts
    assert not form_of(PRICE, "price", ["1.50"], is_native=False).doubts


def test_cents_are_recognised_by_the_header_only():
    form = form_of(PRICE, "amount_cents", ["1200"], is_native=False)
    assert form.keys == {"divide_by": 100}
    assert form.doubts
    assert form_of(PRICE, "amount", ["1200"], is_native=False).keys == {}


def test_names_are_alike_as_people_write_them():
    assert likeness("accounts", "account_id", "account_id") == 1
    assert 0.9 < likeness("accounts", "account_id", "Account ID") < 1
    assert likeness("contracts", "quantity", "Seats") > 0.8
    assert likeness("accounts", "account_name", "会社名") > 0.8
    assert likeness("accounts", "industry", "Industy") > 0.5
    assert likeness("accounts", "industry", "Price") == 0
    assert our_value("priority", PRIORITY.accepted_values, "Medium") == "normal"
    assert our_value("priority", PRIORITY.accepted_values, "whatever") is None


def test_a_key_that_repeats_is_less_likely_the_key():
    contract = load_contracts()["users"]
    cells = ["1", "2", "3", "4"]
    unique = Sample(
        "users.csv", {"User ID": cells, "Company": cells, "Created": ["2025-01-01"] * 4}
    )
    repeated = replace(unique, columns={**unique.columns, "User ID": ["1"] * 4})
    scores = [guess_source(contract, Group(("users.csv",), s)).score for s in (unique, repeated)]
    assert scores[0] > scores[1] > 0


def test_a_file_says_how_it_is_written(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("Title\nby me, 2025\n\na|b|c\n1|2|é\n4|5|6\n".encode("cp1252"))
    assert "cp1252" in [guess.encoding for guess in likely_encodings(path)]
    sample = read_sample(path, "a.csv", "csv")
    assert sample.written["delimiter"] == "|"
    assert sample.written["skip_lines"] == "3"
    assert list(sample.columns) == ["a", "b", "c"]
    assert "encoding" in sample.doubts


@pytest.mark.parametrize(
    "text", ["yes", "1", "a: b", "# x", "", " a", "null", "{", "'", "é", "a\nb"]
)
def test_a_scalar_reads_as_it_was(text):
    assert yaml.load(f"k: {scalar(text)}", Loader=yaml.BaseLoader) == {"k": text}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sources:\n  a: {x: 1}\n", "sources:\n  a: {x: 1}\n  b: 1\n"),
        ("sources:\n  a:\n    x: 1", "sources:\n  a:\n    x: 1\n  b: 1\n"),
        (
            "sources:\n  a:\n    x: >\n      text\n\n# end\nshared: {}\n",
            "sources:\n  a:\n    x: >\n      text\n\n  b: 1\n# end\nshared: {}\n",
        ),
        ("sources:\n  a:\n    - 1\n    # mine\n", "sources:\n  a:\n    - 1\n    # mine\n  b: 1\n"),
        ("sources: {a: 1}\n", None),
        ("shared: {}\n", None),
    ],
)
def test_sources_are_added_below_those_that_are_there(text, expected):
    assert with_sources(text, "  b: 1\n") == expected


@pytest.mark.parametrize(
    ("rows", "said"), [(9, "100.0% can be read"), (100_000, "99.9% can be read")]
)
def test_a_share_that_is_not_all_is_not_shown_as_all(rows, said):
    cells = ["2025-01-01"] * rows + ([] if rows == 9 else ["soon"])
    columns = {"user_id": cells, "account_id": cells, "created_at": cells}
    guess = guess_source(load_contracts()["users"], Group(("users.csv",), Sample("x", columns)))
    shares = {("users", "created_at"): sum(cell != "soon" for cell in cells) / len(cells)}
    (line,) = [line for line in source_lines(guess, {}, shares) if "created_at: " in line]
    assert said in line


def test_an_end_is_asked_for_even_under_our_name():
    days = ["2025-01-01", "2025-02-01"]
    contract = load_contracts()["contracts"]
    columns = {column.name: days for column in contract.columns if column.is_required}
    guess = guess_source(
        contract, Group(("c.csv",), Sample("c.csv", {**columns, "end_date": days}))
    )
    (line,) = [line for line in source_lines(guess, {}, {}) if "end_date: " in line]
    assert "# confirm: 100.0% can be read; is it the last day covered?" in line
