"""Whatever the dialect, the bytes or the mapping: no row is lost and nothing crashes."""

from __future__ import annotations

import csv
import io
import string
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from checks.mapping.mapped import landed, write_files
from checks.mapping.test_mistakes import FILES, SOUND
from pipeline.csv_reader import HeaderError
from pipeline.failure import BuildFailure
from pipeline.mapping.checking import check_mapped
from pipeline.mapping.encodings import EncodingError
from pipeline.mapping.files import MappedFile, open_raw
from pipeline.raw_contracts import load_contracts

TARGETS = ("user_id", "account_id", "email", "role")
LETTERS = {
    "utf-8": "aZ é青½😀\u2028\u0085",
    "utf-8-sig": "aZ é青½",
    "utf-16": "aZ é青½😀",
    "cp932": "aZ 青い商事ｱ表ソ能①",
    "euc_jp": "aZ 青い商事ｱ",
    "iso2022_jp": "aZ 青い商事",
    "cp1252": "aZ éüß€Ÿ",
    "gb18030": "aZ é青½😀",
}
SAYS_ITSELF = ("utf-8", "utf-8-sig", "utf-16")
FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def new_folder() -> Path:
    """A folder of its own for one example."""
    return Path(tempfile.mkdtemp(prefix="mapping")) / "raw"


@st.composite
def dialects(draw: st.DrawFn) -> dict[str, Any]:
    """How a file is written."""
    delimiter = draw(st.sampled_from(",;\t|^"))
    return {
        "encoding": draw(st.sampled_from(sorted(LETTERS))),
        "delimiter": delimiter,
        "quotechar": draw(st.sampled_from("\"'")),
        "quoting": draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        "lineterminator": draw(st.sampled_from(["\n", "\r\n", "\r"])),
        "skipped": draw(st.integers(0, 2)),
    }


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, Any], list[list[str]]]:
    """A dialect, and rows of four cells that its encoding can write."""
    dialect = draw(dialects())
    marks = f"{dialect['delimiter']}{dialect['quotechar']},\"'"
    # Within a file whose lines end with a carriage return alone, a line feed is the line end.
    breaks = "" if dialect["lineterminator"] == "\r" else "\n"
    cell = st.text(LETTERS[dialect["encoding"]] + marks + breaks, max_size=6)
    rows = draw(st.lists(st.lists(cell, min_size=4, max_size=4), max_size=8))
    return dialect, rows


def written(dialect: dict[str, Any], rows: list[list[str]]) -> bytes:
    """The file: some lines of a title, a header, the rows."""
    stream = io.StringIO(newline="")
    stream.write(f"title{dialect['lineterminator']}" * dialect["skipped"])
    names = ("delimiter", "quotechar", "quoting", "lineterminator")
    writer = csv.writer(stream, **{name: dialect[name] for name in names})
    writer.writerows([["c0", "c1", "c2", "c3"], *rows])
    return stream.getvalue().encode(dialect["encoding"])


def mapping_for(dialect: dict[str, Any]) -> str:
    """A mapping that says what the file does not say itself."""
    entry: dict[str, Any] = {
        "file": "u.csv",
        "delimiter": "tab" if dialect["delimiter"] == "\t" else dialect["delimiter"],
        "quote": dialect["quotechar"],
        "skip_lines": dialect["skipped"],
        "columns": {target: f"c{place}" for place, target in enumerate(TARGETS)},
    }
    if dialect["encoding"] not in SAYS_ITSELF:
        entry["encoding"] = dialect["encoding"]
    return yaml.safe_dump({"sources": {"users": entry}}, allow_unicode=True)


@FEW
@given(tables())
def test_rows_come_out_as_they_went_in(table):
    dialect, rows = table
    content = written(dialect, rows)
    if dialect["encoding"] not in SAYS_ITSELF:
        assume(content.isascii() or not _is_utf_8(content))
    folder = write_files(new_folder(), {"u.csv": content, "mapping.yml": mapping_for(dialect)})
    _, found, malformed = landed(folder, "users")
    made = [[row[target] for target in TARGETS] for row in found]
    assert malformed == []
    assert made == [[cell or None for cell in row] for row in rows]
    assert [row["_row_number"] for row in found] == list(range(1, len(rows) + 1))


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@FEW
@given(
    st.binary(max_size=200) | st.text("a,\r\n\té青\x00", max_size=60).map(str.encode),
    st.sampled_from(["cp932", "cp1252", "euc_jp", "iso2022_jp", "gb18030", "utf-8"]),
)
def test_of_any_bytes_each_line_ends_as_a_row_or_as_malformed(body, encoding):
    mapping = (
        "sources: {users: {file: u.csv, quote: none, ENCODING, columns: {user_id: a, email: b}}}"
    )
    content = b"a,b\n" + body
    files = {"u.csv": content, "mapping.yml": mapping.replace("ENCODING", f"encoding: {encoding}")}
    try:
        copies, found, malformed = landed(write_files(new_folder(), files), "users")
    except (EncodingError, HeaderError):
        return
    numbers = sorted([row["_row_number"] for row in found] + [number for number, _ in malformed])
    lines = [line for line in body.split(b"\n") if line.strip(b" \t\r\x0b\x0c\x1c\x1d\x1e\x1f")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) <= len(lines)
    if encoding in ("utf-8", "cp1252") and body.isascii():
        assert len(numbers) == len(lines)
    assert copies[0].row_count == len(found)
    assert copies[0].malformed_count == len(malformed)


@settings(FEW, max_examples=150)
@given(st.data())
def test_a_garbled_mapping_ends_in_a_message_or_in_rows(data):
    text = SOUND
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        alphabet = string.ascii_letters + " \n:;,-[]{}&*!|>'\"%@`#?\t0日\u0000"
        text = text[:start] + data.draw(st.text(alphabet, max_size=6)) + text[end:]
    folder = write_files(new_folder(), {**FILES, "mapping.yml": text})
    try:
        found = open_raw(folder, folder.parent / "out").files
        for file in (file for files in found.values() for file in files):
            if isinstance(file, MappedFile):
                check_mapped(file, load_contracts()[file.source])
    except (BuildFailure, HeaderError):
        return


WORDS = st.text("ab'\"\\%{}()[].*+?^$|é青01,; -", max_size=5)
MARKS = st.sampled_from([",", ".", "'", " ", "_", "·"])
FORMATS = st.sampled_from(["%d.%m.%Y", "%Y%m%d", "%d/%m/%y %H:%M", "%Y年%m月%d日", "%b %d, %Y %z"])
RULES = st.fixed_dictionaries(
    {},
    optional={
        "values": st.dictionaries(WORDS, WORDS, min_size=1, max_size=3),
        "format": FORMATS | st.lists(FORMATS, min_size=1, max_size=2),
        "unix": st.sampled_from(["seconds", "milliseconds", "microseconds"]),
        "inclusive": st.booleans(),
        "time_zone": st.sampled_from(["Asia/Tokyo", "America/New_York", "UTC"]),
        "decimal_mark": MARKS,
        "thousands_mark": MARKS,
        "divide_by": st.sampled_from([10, 100, 1000, 10**9]),
        "strip": st.lists(WORDS.filter(str.strip), min_size=1, max_size=2),
        "prefix": WORDS,
        "suffix": WORDS,
    },
)
CELLS = st.lists(
    st.text("0123456789.,:-+/ TZ年月日'_·eE%", max_size=24)
    | st.dates().map(lambda day: day.strftime("%d.%m.%Y"))
    | st.datetimes().map(lambda moment: moment.isoformat())
    | st.integers(-(10**20), 10**20).map(str)
    | st.decimals(allow_nan=False, allow_infinity=False).map(str)
    | WORDS,
    min_size=1,
    max_size=12,
)


@settings(FEW, max_examples=150)
@given(
    st.sampled_from(["start_date", "signed_at", "unit_price", "interval_count", "currency"]),
    RULES,
    CELLS,
)
def test_any_rule_makes_a_cell_of_any_text(target, rule, texts):
    entry = {
        "file": "c.csv",
        "quote": "|",
        "columns": {"contract_line_id": "n", target: {"column": "x", **rule}},
    }
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quotechar="|", quoting=csv.QUOTE_ALL)
    writer.writerows([["n", "x"], *([number, text] for number, text in enumerate(texts))])
    mapping = yaml.safe_dump({"sources": {"contracts": entry}}, allow_unicode=True)
    folder = write_files(new_folder(), {"c.csv": stream.getvalue(), "mapping.yml": mapping})
    try:
        (copy,), rows, malformed = landed(folder, "contracts")
    except BuildFailure:
        return
    assert [row["contract_line_id"] for row in rows] == [str(n) for n in range(len(texts))]
    assert (copy.row_count, malformed) == (len(texts), [])
    for row, text in zip(rows, texts, strict=True):
        if text.strip() and not rule.get("values"):
            assert row[target] is not None
