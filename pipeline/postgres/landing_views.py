"""SQL of the views in schema `landing` of a server: one per source, as the models read it."""

from __future__ import annotations

from pipeline.cell_types import quoted
from pipeline.raw_contracts import load_contracts


def loaded_view(source: str, columns: list[tuple[str, str]], is_connected: bool) -> str:
    """SQL that makes the view of a loaded source; an empty one where nothing was loaded."""
    if is_connected:
        return f'create view landing.{quoted(source)} as select * from raw.{quoted(source)}'
    names = load_contracts()[source].column_names
    cells = [f'cast(null as text) collate "C" as {quoted(name)}' for name in names]
    cells += [
        'cast(null as text) collate "C" as _file',
        "cast(null as bigint) as _row_number",
        "cast(null as timestamp) as _loaded_at",
        'cast(null as text) collate "C" as _raw_row',
    ]
    return f"create view landing.{quoted(source)} as select {', '.join(cells)} where false"
