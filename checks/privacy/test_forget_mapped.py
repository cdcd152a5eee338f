"""One person is forgotten in files that a mapping reads, in their own names and encodings."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from checks.mapping.mapped import write_files
from checks.privacy.forgetting import places_of
from checks.raw.folders import write_parquet
from pipeline.failure import BuildFailure
from pipeline.mapping.files import open_raw
from pipeline.options import Options
from pipeline.privacy.forget import forget

MAPPING = """\
shared:
  people: {file: people.csv, delimiter: ;, encoding: cp932, skip_lines: 1}
sources:
  users:
    from: people
    columns: {user_id: 利用者番号, account_id: 顧客, email: メール, created_at: 登録日}
  accounts:
    from: people
    columns: {account_id: 顧客, account_name: 会社名, created_at: 登録日}
  logins:
    file: log
    columns: {login_id: id, user_id: actor, logged_in_at: at}
  surveys:
    file: answers.csv
    columns: {survey_id: nr, account_id: org, user_id: who, kind: {value: nps}, comment: text}
    filter: {column: state, is: done}
"""
PEOPLE = (
    "抽出者 ann@example.com\r\n"
    "利用者番号;氏名;顧客;会社名;メール;登録日\r\n"
    'U0000001;"山田; 花子";C1;東京商事;ann@example.com;2025-01-01\r\n'
    'U0000002;"鈴木  一郎";C1;東京商事;bo@example.com;2025-01-02\r\n'
)
ANSWERS = (
    "nr,org,who,text,state\n"
    "1,C1,U0000001,I am ANN@example.com,done\n"
    "2,C1,U0000002,U0000001 told me,done\n"
)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder in which one person stands in three files."""
    raw = tmp_path / "raw"
    write_files(
        raw,
        {"mapping.yml": MAPPING, "people.csv": PEOPLE.encode("cp932"), "answers.csv": ANSWERS},
    )
    (raw / "log").mkdir()
    write_parquet(
        raw / "log" / "a.parquet",
        {
            "id": ["1", "2"],
            "actor": ["U0000001", "U0000002"],
            "at": ["2025-01-01T10:00:00Z", "2025-01-02T10:00:00Z"],
            "address": ["10.0.0.1", "10.0.0.2"],
        },
    )
    (tmp_path / "out").mkdir()
    return raw


def options_of(raw: Path, **more: object) -> Options:
    """What the command is given for the person."""
    given = {"user": "U0000001", "is_out_given": True, **more}
    return Options(out=raw.parent / "out", raw=raw, **given)  # type: ignore[arg-type]


def test_the_person_goes_and_every_other_byte_stays(
    raw: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert forget(options_of(raw)) == 0
    said = capsys.readouterr().out
    for name in ("people.csv: 1 row", "answers.csv: 2 rows", "log/a.parquet: 1 row"):
        assert f"  {name}\n" in said
    assert places_of(raw, ["U0000001", "ann@example.com", "10.0.0.1", "山田"]) == []
    lines = (raw / "people.csv").read_bytes().decode("cp932").splitlines(keepends=True)
    key = lines[2].partition(";")[0]
    assert key.startswith("forgotten-")
    assert lines == [
        "抽出者 [forgotten]\r\n",
        *PEOPLE.splitlines(keepends=True)[1:2],
        f"{key};;C1;東京商事;;2025-01-01\r\n",
        *PEOPLE.splitlines(keepends=True)[3:],
    ]
    assert (raw / "answers.csv").read_text() == (
        f"nr,org,who,text,state\n1,C1,{key},,done\n2,C1,U0000002,[forgotten] told me,done\n"
    )
    log = pq.read_table(raw / "log" / "a.parquet").to_pydict()
    assert log["actor"] == [key, "U0000002"]
    assert log["address"] == [None, "10.0.0.2"]
    assert set(open_raw(raw, raw.parent / "out").files) == {
        "accounts",
        "logins",
        "surveys",
        "users",
    }


def test_a_mapping_that_is_named_is_taken(raw: Path) -> None:
    named = raw.parent / "ours.yml"
    (raw / "mapping.yml").rename(named)
    assert forget(options_of(raw, mapping=named)) == 0
    assert places_of(raw, ["U0000001", "ann@example.com"]) == []


def test_a_dry_run_changes_nothing(raw: Path) -> None:
    before = {path: path.read_bytes() for path in raw.rglob("*") if path.is_file()}
    assert forget(options_of(raw, dry_run=True)) == 0
    assert {path: path.read_bytes() for path in raw.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "rule",
    [
        "{column: who, prefix: U}",
        "{column: who, values: {U0000001: U1}}",
        "{columns: [org, who], join: /}",
    ],
)
def test_a_key_that_the_mapping_makes_is_refused(raw: Path, rule: str) -> None:
    write_files(raw, {"mapping.yml": MAPPING.replace("user_id: who", f"user_id: {rule}")})
    before = {path: path.read_bytes() for path in raw.rglob("*") if path.is_file()}
    with pytest.raises(BuildFailure, match=r"answers.csv: user_id is not a cell .* line 15"):
        forget(options_of(raw))
    assert {path: path.read_bytes() for path in raw.rglob("*") if path.is_file()} == before


def test_a_key_that_is_the_same_for_all_rows_names_nobody(raw: Path) -> None:
    rule = "login_id: id, user_id: {value: everybody}"
    write_files(raw, {"mapping.yml": MAPPING.replace("login_id: id, user_id: actor", rule)})
    assert forget(options_of(raw)) == 0
    assert places_of(raw, ["U0000001", "ann@example.com"]) == []


def test_bytes_that_cannot_be_written_again_are_not(raw: Path) -> None:
    # One of the two ways in which this encoding writes a sign; the other is what Python writes.
    twice = PEOPLE.encode("cp932").replace("東京商事".encode("cp932"), b"\x87\x90", 1)
    write_files(raw, {"people.csv": twice})
    with pytest.raises(BuildFailure, match=r"people.csv: not every byte .* again as CP932"):
        forget(options_of(raw))
    assert (raw / "people.csv").read_bytes() == twice
    assert [path.name for path in raw.iterdir() if path.name.startswith(".")] == []


def test_utf_16_is_written_as_it_was(raw: Path) -> None:
    write_files(
        raw,
        {
            "mapping.yml": MAPPING.replace("cp932", "utf-16"),
            "people.csv": PEOPLE.encode("utf-16"),
        },
    )
    assert forget(options_of(raw)) == 0
    written = (raw / "people.csv").read_bytes()
    assert written.startswith(PEOPLE.encode("utf-16")[:2])
    assert written.decode("utf-16").splitlines()[3:] == PEOPLE.splitlines()[3:]
    assert "U0000001" not in written.decode("utf-16")
