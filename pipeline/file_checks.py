"""Says in plain words why a file is no CSV, and what its header may have meant."""

from __future__ import annotations

import codecs
from pathlib import Path

_SNIFFED_BYTES = 1 << 16
_MAX_CONTROL_SHARE = 0.05
_ENCODINGS = [
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
]
_SIGNATURES = [
    (b"PAR1", "a Parquet file; name it .parquet"),
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook; export it as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; export it as CSV"),
    (b"\x1f\x8b", "a gzip archive; unpack it"),
]
_CONTROL_CHARACTERS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b")


def _is_binary(sample: bytes) -> bool:
    """True when a sample has more control characters than any encoding of text would have."""
    control = sum(sample.count(code) for code in _CONTROL_CHARACTERS)
    return control > _MAX_CONTROL_SHARE * len(sample)


def foreign_format(start: bytes) -> str | None:
    """What a file is that begins so and is no CSV file, in a sentence; None for any other."""
    for signature, what in _SIGNATURES:
        if start.startswith(signature):
            return f"the file is no CSV but {what}"
    return None


def unreadable_csv(path: Path) -> str | None:
    """Why a file cannot be read as CSV, from its first 64 KB; None when it looks like text."""
    with path.open("rb") as stream:
        sample = stream.read(_SNIFFED_BYTES)
    for mark, encoding in _ENCODINGS:
        if sample.startswith(mark):
            return f"the file is {encoding} text; save it as UTF-8"
    if foreign := foreign_format(sample):
        return foreign
    header = sample.splitlines()[0] if sample else b""
    if b"\0" in header or _is_binary(sample):
        return "the file holds binary data, not CSV text"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(header)
    except UnicodeDecodeError:
        return "the header line is not UTF-8 text; save the file as UTF-8"
    return None


def similar_name(wanted: str, unknown: list[str]) -> str:
    """Hint at an unknown column whose name differs from the wanted one by spelling only."""
    for name in unknown:
        if "".join(c for c in name.lower() if c.isalnum()) == wanted.replace("_", ""):
            return f' (there is "{name}": the name must be written exactly so)'
    return ""


def other_delimiter(names: list[str]) -> str:
    """Hint at another delimiter than the comma in a header that came out as one column."""
    if len(names) == 1:
        for delimiter, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
            if delimiter in names[0]:
                return f" (the columns seem to be separated by {called}, not by commas)"
    return ""
