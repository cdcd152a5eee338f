"""Which files of a raw folder are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.raw_files import RawFolder, discover


@pytest.fixture
def found(tmp_path: Path):
    """Finds files of the sources `contracts` and `logins` among some empty files."""

    def find(*relatives: str) -> RawFolder:
        for relative in relatives:
            path = tmp_path / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return discover(tmp_path, ["contracts", "logins"])

    return find


def _relatives(folder: RawFolder, source: str) -> list[str]:
    return [file.relative for file in folder.files.get(source, [])]


def test_a_file_and_a_folder_of_one_source_are_both_read(found):
    folder = found("contracts.csv", "contracts/b.parquet", "contracts/deep/er/a.csv")
    assert _relatives(folder, "contracts") == [
        "contracts.csv",
        "contracts/b.parquet",
        "contracts/deep/er/a.csv",
    ]
    assert [file.file_format for file in folder.files["contracts"]] == ["csv", "parquet", "csv"]


def test_files_are_in_the_order_of_their_bytes(found):
    folder = found("logins/b.csv", "logins/B.csv", "logins/é.csv", "logins/a/z.csv", "logins/a.csv")
    names = ["logins/B.csv", "logins/a.csv", "logins/a/z.csv", "logins/b.csv", "logins/é.csv"]
    assert _relatives(folder, "logins") == names


def test_endings_count_in_any_case(found):
    folder = found("contracts.CSV", "logins.Parquet")
    assert [folder.files[s][0].file_format for s in ("contracts", "logins")] == ["csv", "parquet"]


def test_hidden_files_and_notes_of_tools_are_left_out(found):
    folder = found("_truth/contracts.csv", ".hidden", "logins/_delta_log/x.csv", "logins/.x.csv")
    assert (folder.files, folder.unknown) == ({}, [])


def test_a_readme_beside_the_files_is_no_data(found):
    folder = found("README.md", "readme.txt", "logins.csv")
    assert folder.unknown == []


def test_a_folder_named_as_spark_writes_it_is_read(found):
    assert _relatives(found("logins.parquet/part-0.parquet"), "logins")


def test_other_files_are_reported(found):
    folder = found("notes.txt", "Contracts.csv", "logins/readme.md", "logins.csv.gz")
    assert folder.unknown == ["Contracts.csv", "logins.csv.gz", "logins/readme.md", "notes.txt"]
    assert folder.files == {}


def test_an_empty_folder_of_a_source_is_no_file_of_it(tmp_path):
    (tmp_path / "logins").mkdir()
    assert discover(tmp_path, ["logins"]).files == {}


def test_linked_folders_are_read(found, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.csv").touch()
    (tmp_path / "logins").mkdir()
    (tmp_path / "logins" / "linked").symlink_to(tmp_path / "elsewhere")
    assert _relatives(found(), "logins") == ["logins/linked/x.csv"]


def test_hive_partitions_are_read_from_the_folders_names(found):
    folder = found(
        "logins/month=2025-01/client=a%20b/x.csv", "logins/month=__HIVE_DEFAULT_PARTITION__/y.csv"
    )
    assert [file.partitions for file in folder.files["logins"]] == [
        (("month", "2025-01"), ("client", "a b")),
        (("month", None),),
    ]
