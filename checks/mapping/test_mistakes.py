"""Each mistake in a mapping ends in one message that names its line, and no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from checks.mapping.mapped import write_files
from checks.raw.folders import required_folder, write_parquet
from pipeline.failure import BuildFailure
from pipeline.preflight import PreflightError, check

_DOCUMENT = yaml.safe_load(Path(__file__).with_name("mistakes.yml").read_text(encoding="utf-8"))
SOUND: str = _DOCUMENT["sound"]
FILES: dict[str, str] = _DOCUMENT["files"]
MISTAKES: dict[str, dict[str, str]] = _DOCUMENT["mistakes"]


def message_of(tmp_path, mapping: str | bytes, files=FILES) -> str:
    """What the preflight says of a folder with this mapping; '' when nothing."""
    raw = tmp_path / "raw"
    raw.mkdir(exist_ok=True)
    required_folder(raw, without=["accounts", "users"])
    write_files(raw, {**files, "mapping.yml": mapping})
    try:
        check(raw)
    except (BuildFailure, PreflightError) as error:
        return str(error)
    return ""


def test_the_sound_mapping_is_sound(tmp_path):
    assert message_of(tmp_path, SOUND) == ""


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named(mistake, tmp_path):
    found = MISTAKES[mistake]
    assert found["old"] in SOUND
    message = message_of(tmp_path, SOUND.replace(found["old"], found["new"], 1))
    assert found["said"] in message
    assert "cannot be used" in message.splitlines()[0]


def test_all_mistakes_are_named_at_once(tmp_path):
    mapping = SOUND.replace("unix:", "unx:").replace("users:", "user:", 1)
    message = message_of(tmp_path, mapping.replace("defaults:", "default:"))
    assert len(message.splitlines()) == 3, message


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("", "line 1: the file is empty"),
        ("# nothing\n", "the file is empty"),
        ("just words", "the mapping should be a mapping, not a text"),
        ("- a\n- b\n", "the mapping should be a mapping, not a list"),
        ("sources:\n", "`sources` should be a mapping, not empty"),
        ("sources: {}\n", "`sources` is empty"),
        ("sources: {users: []}\n", "`sources.users` is empty"),
        ("a: &a [*a]\n", "without end"),
        ("? [a, b]\n: c\n", "a key is a list or a mapping"),
        ("a: 1\n---\nb: 2\n", "not valid YAML"),
        (b"sources: {\xff\xfe}\n", "line 1: the file is not UTF-8 text"),
        (b"\x00\x01\x02", "not valid YAML"),
        ("x: " + "[" * 50 + "]" * 50, "without end"),
    ],
)
def test_what_is_no_mapping_is_named(mapping, said, tmp_path):
    assert said in message_of(tmp_path, mapping)


def test_aliases_cannot_blow_the_mapping_up(tmp_path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 9):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]")
    assert "without end" in message_of(tmp_path, "\n".join(lines))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Kunde;Name;Seit;Leute\n".encode("cp932") + "k1;青い商事;x;1\n".encode("cp932"),
         "these would fit: cp932 (reads `k1;青い商事;x;1`)"),
        ("Kunde;Name;Seit;Leute\nk1;Müller Söhne;x;1\n".encode("cp1252"), "cp1252"),
        (b"PK\x03\x04rest", "no CSV but a ZIP archive"),
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        ("Kunde,Name,Seit,Leute\n", "The file has `Kunde,Name,Seit,Leute`"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_as_the_mapping_says_is_named(content, said, tmp_path):
    message = message_of(tmp_path, SOUND, {**FILES, "subs.csv": content})
    assert said in message
    assert "subs.csv: " in message


def test_a_parquet_column_of_lists_is_named(tmp_path):
    mapping = SOUND.replace("people.csv", "people.parquet").replace("kind, id]", "kind, tags]")
    raw = tmp_path / "raw"
    columns = {"id": ["1"], "kind": ["user"], "at": ["1"], "tags": [["a", "b"]]}
    write_parquet(raw / "people.parquet", columns)
    message = message_of(tmp_path, mapping, {"subs.csv": FILES["subs.csv"]})
    assert "mapping.yml line 17: the column `tags` holds lists or records" in message


def test_a_mapping_that_is_not_there_is_named(tmp_path):
    from pipeline.mapping.loader import load_mapping

    with pytest.raises(BuildFailure, match="cannot be opened"):
        load_mapping(tmp_path / "none.yml")
