"""`make check`: its exit code, its messages, and that it leaves what a build has made alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checks.conftest import run_pipeline
from checks.end_to_end.test_bad_input import assert_one_clear_message
from checks.mapping.mapped import write_files
from checks.raw.folders import required_folder
from pipeline.checking.command import check_command
from pipeline.checking.reasons import WORDS, shown_columns
from pipeline.failure import BuildFailure
from pipeline.options import ROOT, Options
from pipeline.raw_contracts import load_contracts

SAME_DAY = "login_id,user_id,logged_in_at\nG1,U1,2025-01-02T10:00:00\n"


def sound_folder(raw: Path) -> Path:
    """The required sources, with events of about one day."""
    raw.mkdir()
    tickets = "ticket_id,account_id,created_at,priority,status\n"
    return write_files(required_folder(raw), {"logins.csv": SAME_DAY, "tickets.csv": tickets})


def refusal(options: Options) -> str:
    """What a check says that stops."""
    with pytest.raises(BuildFailure) as caught:
        check_command(options)
    return str(caught.value)


def test_a_sound_folder_passes_and_nothing_is_left_but_the_report(out, tmp_path, capsys):
    (out / "marts.duckdb").write_text("published")
    assert check_command(Options(out, sound_folder(tmp_path / "raw"))) == 0
    assert "A build would go through, with 0 rows in quarantine." in capsys.readouterr().out
    assert sorted(path.name for path in out.iterdir()) == ["check", "marts.duckdb"]
    left = sorted(path.name for path in (out / "check").iterdir())
    assert left == ["check.json", "check.log", "models.json"]


def test_rows_at_fault_are_shown_with_file_row_column_and_value(out, tmp_path, capsys):
    raw = sound_folder(tmp_path / "raw")
    users = "user_id,account_id,created_at\nU1,A1,2025-01-01\n,A1,1.2.2025\nU3,A9,2025-01-01\n"
    write_files(raw, {"users.csv": users + "U4,A1\n"})
    assert check_command(Options(out, raw)) == 0
    said = capsys.readouterr().out
    assert "users: 3 of 4 rows would be quarantined" in said
    assert 'users.csv row 2: created_at = "1.2.2025"' in said
    assert "users.csv row 2: user_id = empty" in said
    assert 'users.csv row 3: account_id = "A9"' in said
    assert 'users.csv row 4: "U4,A1"' in said


def test_a_cell_that_no_terminal_should_see_is_shown_without_its_controls(out, tmp_path, capsys):
    raw = sound_folder(tmp_path / "raw")
    users = 'user_id,account_id,created_at\nU1,A1,2025-01-01\nU2,A1,"\x1b[31m\nlong' + "g" * 99
    write_files(raw, {"users.csv": users + '"\n'})
    check_command(Options(out, raw))
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert re.search(r'row 2: created_at = "�\[31m longg+…"', said)


def test_faults_of_structure_are_said_as_a_build_says_them(out, tmp_path):
    raw = sound_folder(tmp_path / "raw")
    write_files(raw, {"users.csv": "user_id,account_id\n"})
    said = refusal(Options(out, raw))
    assert "cannot be used" in said
    assert "users.csv: required column is missing: created_at" in said


def test_a_lonely_last_day_stops_it(out, tmp_path):
    (tmp_path / "raw").mkdir()
    said = refusal(Options(out, required_folder(tmp_path / "raw")))
    assert "A build would stop:" in said
    assert "AS_OF=2025-01-01 or AS_OF=2025-02-01" in said


def test_guesses_that_nobody_confirmed_stop_it_after_the_rows_were_shown(out, tmp_path, capsys):
    raw = sound_folder(tmp_path / "raw")
    write_files(raw, {"mapping.yml": "sources: {users: {file: users.csv, confirmed: false}}"})
    said = refusal(Options(out, raw))
    assert "mapping.yml holds guesses that nobody has confirmed: users (line 1)" in said
    assert "users                        1           1" in capsys.readouterr().out


def test_a_build_waits_for_them_too(tmp_path):
    raw = sound_folder(tmp_path / "raw")
    write_files(raw, {"mapping.yml": "sources: {users: {file: users.csv, confirmed: false}}"})
    result = run_pipeline("build", "--raw", str(raw), "--out", str(tmp_path / "o"), out=tmp_path)
    assert_one_clear_message(result, "guesses that nobody has confirmed: users (line 1)")


@pytest.mark.parametrize("command", ["check", "map"])
def test_bad_arguments_end_in_one_message(command, tmp_path):
    (tmp_path / "file").write_text("x")
    for raw, said in (("none", "the folder does not exist"), ("file", "a file, not a folder")):
        arguments = (command, "--raw", str(tmp_path / raw), "--out", str(tmp_path / "o"))
        assert_one_clear_message(run_pipeline(*arguments, out=tmp_path), said)
    result = run_pipeline(command, "--out", str(tmp_path / "o"), out=tmp_path)
    assert_one_clear_message(result, f"make {command} RAW=exports")


def test_every_reason_has_words_and_shows_in_columns_that_there_are():
    rules = (ROOT / "macros" / "quality" / "quarantine_rules.sql").read_text(encoding="utf-8")
    codes = set(re.findall(r"^ {8}'(\w+)': \{", rules, flags=re.MULTILINE))
    assert set(WORDS) == codes | {"malformed_line"}
    for code, block in re.findall(r"^ {8}'(\w+)': \{(.*?)\}", rules, re.MULTILINE | re.DOTALL):
        for source in re.findall(r"'(\w+)':", block):
            assert shown_columns(code, load_contracts()[source], [], {}), (code, source)


def test_damaged_rules_are_compiled_anew_and_what_nobody_foresaw_goes_to_the_log(
    out, tmp_path, monkeypatch
):
    (out / "check" / "models.json").write_text('{"key": 1')
    asked = []
    monkeypatch.setattr("pipeline.checking.models.run_dbt", lambda *given: asked.append(given))
    said = refusal(Options(out, sound_folder(tmp_path / "raw")))
    assert len(asked) == 1
    assert "Something unforeseen happened (FileNotFoundError" in said
    assert "Traceback" not in said
    assert "Traceback" in (out / "check" / "check.log").read_text(encoding="utf-8")
