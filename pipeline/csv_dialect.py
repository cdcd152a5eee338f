"""How a CSV file is written: its encoding, and what stands between and around its cells."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


def _as_surrogates(error: UnicodeError) -> tuple[str, int]:
    """Bytes that an encoding has no character for, as lone surrogates of the upper half.

    `surrogateescape` alone gives up where such a byte is below 128, as in UTF-16 or ISO-2022.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(chr(0xDC00 | byte | 0x80) for byte in lost), error.end


UNREADABLE_BYTES = "csw_surrogates"
codecs.register_error(UNREADABLE_BYTES, _as_surrogates)


@dataclass(frozen=True)
class CsvDialect:
    """How a file is written: `quote` None for no quotes, `skip_lines` before the header."""

    encoding: str = "utf-8-sig"
    delimiter: str = ","
    quote: str | None = '"'
    skip_lines: int = 0

    def parser(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The csv module's reader of such lines."""
        quoting = csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE
        return csv.reader(
            lines,
            strict=True,
            delimiter=self.delimiter,
            quotechar=self.quote,
            quoting=quoting,
        )
