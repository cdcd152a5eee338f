"""The findings of a check as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.reasons import WORDS
from pipeline.checking.rows import Checked, Example, SourceChecked

_LONGEST_CELL = 60
_ENDS = ("rows", "kept", "older", "repeated", "quarantined")


def report_lines(checked: Checked) -> Iterator[str]:
    """Rows per source, then what would be quarantined and why."""
    yield f"As of {checked.as_of_date or 'no date'}"
    yield ""
    yield f"{'Source':<18}" + "".join(f"{end:>12}" for end in _ENDS)
    totals = [0] * len(_ENDS)
    for source in checked.sources:
        counts = _counts(source)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        yield f"{source.source:<18}" + "".join(f"{count:>12,}" for count in counts)
    yield f"{'total':<18}" + "".join(f"{total:>12,}" for total in totals)
    for source in checked.sources:
        if source.reasons:
            yield from _faults(source)


def _counts(source: SourceChecked) -> list[int]:
    return [
        *(source.raw_rows, source.kept_rows, source.superseded_rows, source.duplicate_rows),
        source.quarantined_rows,
    ]


def _faults(source: SourceChecked) -> Iterator[str]:
    """The reasons of one source with their first rows."""
    held = source.quarantined_rows
    yield ""
    yield f"{source.source}: {held:,} of {source.raw_rows:,} rows would be quarantined"
    for found in source.reasons:
        yield f"  {found.rows:,} {found.reason}: {WORDS.get(found.reason, found.reason)}"
        yield from (f"      {_example(example)}" for example in found.examples)


def _example(example: Example) -> str:
    """File, row, column and value."""
    cells = ", ".join(
        f"{name} = {_shown(value)}" if name else _shown(value) for name, value in example.cells
    )
    return _clean(f"{example.file} row {example.row_number}" + (f": {cells}" if cells else ""))


def _shown(value: str | None) -> str:
    """A cell of a bearable length."""
    if value is None:
        return "empty"
    return f'"{value[:_LONGEST_CELL]}…"' if len(value) > _LONGEST_CELL else f'"{value}"'


def _clean(text: str) -> str:
    """A text in one line, with nothing in it that a terminal would obey."""
    text = " ".join(text.splitlines())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
