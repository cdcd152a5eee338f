"""`make map` where there is a mapping already: every line of it stays, nothing is dropped."""

from __future__ import annotations

import pytest
import yaml

from checks.map_check.exports import proposal, write_exports
from checks.mapping.mapped import write_files
from pipeline.drafting.command import map_command
from pipeline.failure import BuildFailure
from pipeline.mapping.loader import load_mapping
from pipeline.options import Options


def test_a_mapping_that_is_named_may_be_written_first(out, tmp_path):
    raw = write_exports(tmp_path / "raw")
    named = tmp_path / "ours.yml"
    assert map_command(Options(out, raw, mapping=named)) == 0
    assert len(load_mapping(named).entries) == 5
    assert not (raw / "mapping.yml").exists()
    named.rename(raw / "mapping.yml")
    with pytest.raises(BuildFailure, match=r"ours.yml is not there, but .*mapping.yml is"):
        map_command(Options(out, raw, mapping=named))


def test_a_second_run_keeps_every_line_and_adds_what_is_new(out, tmp_path):
    raw = write_exports(tmp_path / "raw", without=["people.tsv"])
    proposal(out, raw)
    mapping = raw / "mapping.yml"
    mine = mapping.read_text(encoding="utf-8").replace("confirmed: false", "# I looked", 1)
    mine = mine.replace("  logins:", "  # mine\n  logins:") + "# the end"
    mapping.write_bytes(b"\xef\xbb\xbf" + mine.replace("\n", "\r\n").encode())
    write_exports(raw)
    assert "users" in proposal(out, raw)
    assert mapping.read_bytes().startswith(b"\xef\xbb\xbf# yaml-language-server")
    assert mapping.read_bytes().count(b"\r\n") == mine.count("\n")
    lines, old = mapping.read_text(encoding="utf-8-sig").splitlines(), mine.splitlines()
    start, added = lines.index("  users:"), len(lines) - len(old)
    assert lines[:start] + lines[start + added :] == old
    assert lines[start - 1] == "      # not used: 件名"
    once = mapping.read_bytes()
    proposal(out, raw)
    assert mapping.read_bytes() == once


def test_a_source_that_is_not_wanted_is_not_proposed_again(out, tmp_path):
    raw = write_exports(tmp_path / "raw")
    write_files(
        raw,
        {
            "mapping.yml": "# without: users\nsources:\n    logins:\n        file: log\n"
            "        columns: {login_id: Event ID, user_id: Actor, logged_in_at: Timestamp}\n"
        },
    )
    assert sorted(proposal(out, raw)) == ["accounts", "contracts", "logins", "tickets"]


def test_a_mapping_within_braces_is_left_alone(out, tmp_path):
    columns = "{login_id: Event ID, user_id: Actor, logged_in_at: Timestamp}"
    text = f"sources: {{logins: {{file: log, columns: {columns}}}}}"
    raw = write_files(write_exports(tmp_path / "raw"), {"mapping.yml": text})
    assert map_command(Options(out, raw)) == 0
    assert (raw / "mapping.yml").read_text() == text
    proposed = yaml.safe_load((raw / "mapping.proposed.yml").read_text(encoding="utf-8"))
    assert "users" in proposed["sources"]


def test_a_mapping_that_cannot_be_used_is_left_alone(out, tmp_path):
    raw = write_files(
        write_exports(tmp_path / "raw"), {"mapping.yml": "sources:\n  user: {file: x}\n"}
    )
    with pytest.raises(BuildFailure, match="line 2: "):
        map_command(Options(out, raw))


def test_a_second_run_puts_a_file_of_two_sources_beside_the_mapping(out, tmp_path, capsys):
    raw = write_exports(
        tmp_path / "raw", ["crm/customers.csv", "subscriptions.csv", "zendesk_cases.csv"]
    )
    mine = (
        "# without: users\n# without: tickets\nsources:\n    logins:\n        file: log\n"
        "        columns: {login_id: Event ID, user_id: Actor, logged_in_at: Timestamp}\n"
    )
    header = (
        "company id,company name,created,subscription id,price,qty,interval,start,modified,plan,"
        "currency"
    )
    row = "C1,Acme,2025-01-01,S1,10,1,month,2025-01-01,2025-01-01,pro,USD"
    write_files(raw, {"export.csv": f"{header}\n{row}\n", "mapping.proposed.yml": "# mine\n"})
    write_files(raw, {"mapping.yml": mine})
    for _ in range(2):
        assert map_command(Options(out, raw)) == 0
    assert (raw / "mapping.yml").read_text() == mine
    assert (raw / "mapping.proposed.yml").read_text() == "# mine\n"
    assert "mapping.proposed-2.yml" in capsys.readouterr().out
    proposed = load_mapping(raw / "mapping.proposed-2.yml")
    assert sorted({entry.source for entry in proposed.entries}) == ["accounts", "contracts"]
    assert "one file gives several sources" in (raw / "mapping.proposed-2.yml").read_text()
    assert not (raw / "mapping.proposed-3.yml").exists()
