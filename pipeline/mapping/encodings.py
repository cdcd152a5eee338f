"""In which encoding a CSV file is written: what it says itself, never what it might be."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_UTF_8 = "utf-8-sig"
# UTF-32 first, whose mark begins with that of UTF-16.
_MARKS = [
    (codecs.BOM_UTF8, _UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
# What exports are written in, the commonest of each script first.
_CANDIDATES = (
    "cp932", "euc_jp", "cp1252", "gb18030", "big5", "cp949", "cp1250", "cp1251", "cp1253",
    "cp1254", "cp1255", "cp1256",
)  # fmt: skip
_CHUNK_BYTES = 1 << 20
_SHOWN_CHARACTERS = 24
_MOST_SHOWN = 4
_LEAST_LETTERS = 0.7


class EncodingError(ValueError):
    """The file is not UTF-8 and does not say what it is; the message says what would fit."""


def encoding_of(path: Path) -> str:
    """Encoding by the file's mark, else UTF-8 when every byte fits; EncodingError when not."""
    with path.open("rb") as stream:
        start = stream.read(4)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    status = path.stat()
    line = _first_foreign_line(path, status.st_mtime_ns, status.st_size)
    if line is None:
        return _UTF_8
    raise EncodingError(_message(line))


@cache
def _first_foreign_line(path: Path, changed_at: int, size: int) -> bytes | None:
    """The first line that is not UTF-8, None when all are.

    A file is asked for twice, by the preflight and by the landing, and can be long.
    """
    with path.open("rb") as stream:
        while lines := stream.readlines(_CHUNK_BYTES):
            text = b"".join(lines)
            if not text.isascii():
                try:
                    text.decode("utf-8")
                except UnicodeDecodeError:
                    return next(line for line in lines if not _is_utf_8(line))
    return None


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@dataclass(frozen=True)
class _Guess:
    encoding: str
    shown: str
    letters: float


def _message(line: bytes) -> str:
    """What is said of a file with this line."""
    guesses = sorted(_guesses(line), key=lambda guess: -guess.letters)[:_MOST_SHOWN]
    listed = ", ".join(f"{guess.encoding} (reads `{guess.shown}`)" for guess in guesses)
    would_fit = f"; these would fit: {listed}" if listed else ""
    return (
        "the file is not UTF-8 and has no mark that says what it is"
        f"{would_fit}. Say which by `encoding`, such as `encoding: "
        f"{guesses[0].encoding if guesses else 'cp932'}`"
    )


def _guesses(line: bytes) -> Iterator[_Guess]:
    """Encodings that have a character for each byte of the line, mostly letters."""
    for encoding in _CANDIDATES:
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError:
            continue
        foreign = [c for c in text if not c.isascii()]
        if any(unicodedata.category(c) in ("Cc", "Co", "Cn") for c in foreign):
            continue
        letters = sum(c.isalpha() for c in foreign) / len(foreign) if foreign else 0
        if letters >= _LEAST_LETTERS:
            yield _Guess(encoding, _around_foreign(text), letters)


def _around_foreign(text: str) -> str:
    """The text from shortly before its first character beyond ASCII."""
    first = next(place for place, c in enumerate(text) if not c.isascii())
    start = max(0, first - _SHOWN_CHARACTERS // 3)
    return text[start : start + _SHOWN_CHARACTERS].strip()
