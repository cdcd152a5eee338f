"""In which encoding a CSV file is written: what it says itself, never what it might be."""

from __future__ import annotations

import codecs
import re
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
    "iso2022_jp", "cp932", "euc_jp", "cp1252", "gb18030", "big5", "cp949", "cp1250", "cp1251",
    "cp1253", "cp1254", "cp1255", "cp1256",
)  # fmt: skip
# Text of seven bits that says by an escape that Japanese follows.
_ESCAPED = re.compile(rb"\x1b\$[@B]")
_CHUNK_BYTES = 1 << 20
_SHOWN_CHARACTERS = 24
_MOST_SHOWN = 4
_LEAST_LETTERS = 0.7


class EncodingError(ValueError):
    """The file is not UTF-8 and does not say what it is; the message says what would fit."""


def encoding_of(path: Path, declared: str | None = None) -> str:
    """Encoding that is declared, else by the file's mark, else UTF-8 when every byte fits.

    EncodingError when none of these holds, or when the file plainly is not what is declared.
    """
    mark = _by_mark(path)
    if declared is None and mark is not None:
        return mark
    if declared is not None and declared.startswith("utf"):
        if mark is not None and not declared.startswith(mark.removesuffix("-sig")):
            raise EncodingError(_contradiction(declared, mark))
        return declared
    status = path.stat()
    has_foreign, line = _beyond_ascii(path, status.st_mtime_ns, status.st_size)
    if declared is None:
        if line is not None:
            raise EncodingError(_message(line))
        return _UTF_8
    # Hardly any text of another encoding is UTF-8 by chance from its first line to its last.
    if mark is not None or (has_foreign and line is None):
        raise EncodingError(_contradiction(declared, mark or _UTF_8))
    return declared


def _by_mark(path: Path) -> str | None:
    with path.open("rb") as stream:
        start = stream.read(4)
    return next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)


def _contradiction(declared: str, found: str) -> str:
    names = [name.removesuffix("-sig").upper() for name in (declared, found)]
    return f"the mapping says {names[0]}, but the file is {names[1]} text"


@cache
def _beyond_ascii(path: Path, changed_at: int, size: int) -> tuple[bool, bytes | None]:
    """Whether there is more than ASCII, and the first line that is not UTF-8.

    A file is asked for twice, by the preflight and by the landing, and can be long.
    """
    has_foreign = False
    with path.open("rb") as stream:
        while lines := stream.readlines(_CHUNK_BYTES):
            text = b"".join(lines)
            if _ESCAPED.search(text):
                return has_foreign, next(line for line in lines if _ESCAPED.search(line))
            if text.isascii():
                continue
            has_foreign = True
            try:
                text.decode("utf-8")
            except UnicodeDecodeError:
                return True, next(line for line in lines if not _is_utf_8(line))
    return has_foreign, None


def _is_utf_8(line: bytes) -> bool:
    return _fits(line, "utf-8")


@dataclass(frozen=True)
class Guess:
    """An encoding that a line may be written in, how the line then reads, its share of letters."""

    encoding: str
    shown: str
    letters: float


def likely_encodings(path: Path) -> list[Guess]:
    """What would fit the start of a file that is neither UTF-8 nor marked, likeliest first."""
    status = path.stat()
    _, line = _beyond_ascii(path, status.st_mtime_ns, status.st_size)
    if line is None:
        return []
    with path.open("rb") as stream:
        start = stream.read(_CHUNK_BYTES).rpartition(b"\n")[0]
    return [guess for guess in _likeliest(line) if _fits(start, guess.encoding)]


def _fits(text: bytes, encoding: str) -> bool:
    try:
        text.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _likeliest(line: bytes) -> list[Guess]:
    return sorted(_guesses(line), key=lambda guess: -guess.letters)[:_MOST_SHOWN]


def _message(line: bytes) -> str:
    """What is said of a file with this line."""
    guesses = _likeliest(line)
    listed = ", ".join(f"{guess.encoding} (reads `{guess.shown}`)" for guess in guesses)
    would_fit = f"; these would fit: {listed}" if listed else ""
    return (
        "the file is not UTF-8 and has no mark that says what it is"
        f"{would_fit}. Say which by `encoding`, such as `encoding: "
        f"{guesses[0].encoding if guesses else 'cp932'}`"
    )


def _guesses(line: bytes) -> Iterator[Guess]:
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
            yield Guess(encoding, _around_foreign(text), letters)


def _around_foreign(text: str) -> str:
    """The text from shortly before its first character beyond ASCII."""
    first = next(place for place, c in enumerate(text) if not c.isascii())
    start = max(0, first - _SHOWN_CHARACTERS // 3)
    return text[start : start + _SHOWN_CHARACTERS].strip()
