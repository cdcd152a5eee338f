"""Two files of published marts, compared cell by cell.

First an order-independent hash over all columns but doubles; then, where it differs, the rows that
do, by the key of the mart; then the doubles of the rows of one key.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

# What says which build it was; everything else must agree.
LEFT_OUT = {"build_info": ("build_id", "built_at")}
# Doubles agree to this share of the larger one, or to this much near 0.
RELATIVE, NEAR_ZERO = "1e-9", "1e-12"
_SHOWN_ROWS = 5
_DOUBLES = ("DOUBLE", "FLOAT")


@dataclass(frozen=True)
class Mart:
    """A published mart as both files have it: its key, and what is compared how."""

    name: str
    key: tuple[str, ...]
    exact: tuple[str, ...]
    doubles: tuple[str, ...]


class Comparison:
    """Two files side by side; `left` is the measure of `right`."""

    def __init__(self, left: Path, right: Path) -> None:
        self.connection = duckdb.connect(config={"threads": 2})
        for name, path in (("left_file", left), ("right_file", right)):
            self.connection.execute(f"attach '{_quoted(path)}' as {name} (read_only)")

    def differences(
        self, grains: dict[str, tuple[str, ...]], only: tuple[str, ...] = ()
    ) -> list[str]:
        """One text per mart that differs, with its first rows; `grains` names the key of each.

        `only` are the marts to compare where the files need not hold the same.
        """
        if only:
            return [text for name in only for text in self._of_mart(name, grains[name])]
        found = [
            *self._marts_of_one_side("left_file", "right_file", "missing on the right"),
            *self._marts_of_one_side("right_file", "left_file", "missing on the left"),
        ]
        both = sorted(set(self._names("left_file")) & set(self._names("right_file")))
        found += [f"{name}: its key is not known" for name in both if name not in grains]
        for name in both:
            if name in grains:
                found += self._of_mart(name, grains[name])
        return found

    def compared(self, grains: dict[str, tuple[str, ...]]) -> dict[str, int]:
        """How many rows of each mart are compared."""
        return {name: self._count(name) for name in self._names("left_file") if name in grains}

    def _names(self, file: str) -> list[str]:
        """All relations of a file's schema `marts`."""
        rows = self.connection.execute(
            "select table_name from information_schema.tables"
            f" where table_catalog = '{file}' and table_schema = 'marts' order by 1"
        ).fetchall()
        return [row[0] for row in rows]

    def _marts_of_one_side(self, file: str, other: str, what: str) -> list[str]:
        lone = sorted(set(self._names(file)) - set(self._names(other)))
        return [f"{name}: {what}" for name in lone]

    def _count(self, name: str) -> int:
        row = self.connection.execute(f"select count(*) from left_file.marts.{name}").fetchone()
        return int(row[0]) if row else 0

    def _columns(self, file: str, name: str) -> dict[str, str]:
        """Columns and their types."""
        rows = self.connection.execute(
            "select column_name, data_type from information_schema.columns"
            f" where table_catalog = '{file}' and table_schema = 'marts' and table_name = '{name}'"
        ).fetchall()
        return {row[0]: row[1] for row in rows if row[0] not in LEFT_OUT.get(name, ())}

    def _of_mart(self, name: str, key: tuple[str, ...]) -> list[str]:
        """What differs in one mart."""
        left, right = self._columns("left_file", name), self._columns("right_file", name)
        if left != right:
            unlike = sorted(set(left.items()) ^ set(right.items()))
            return [f"{name}: columns or types differ: {unlike}"]
        doubles = tuple(column for column, type_ in left.items() if type_ in _DOUBLES)
        exact = tuple(column for column in left if column not in doubles)
        mart = Mart(name, tuple(column for column in key if column in left), exact, doubles)
        return self._exact_differences(mart) + self._double_differences(mart)

    def _exact_differences(self, mart: Mart) -> list[str]:
        """Rows that only one side has, looked for when the hashes differ."""
        columns = ", ".join(mart.exact)
        hashes = [
            self.connection.execute(
                f"select count(*), sum(hash({columns})) from {file}.marts.{mart.name}"
            ).fetchone()
            for file in ("left_file", "right_file")
        ]
        if hashes[0] == hashes[1]:
            return []
        lines = [f"{mart.name}: {hashes[0][0]} and {hashes[1][0]} rows"]  # type: ignore[index]
        order = ", ".join(mart.key) or "all"
        for side, file, other in (
            ("left", "left_file", "right_file"),
            ("right", "right_file", "left_file"),
        ):
            rows = self.connection.execute(
                f"select {columns} from {file}.marts.{mart.name}"
                f" except all select {columns} from {other}.marts.{mart.name}"
                f" order by {order} limit {_SHOWN_ROWS}"
            ).fetchall()
            lines += [f"  only {side}: {_cells(mart.exact, row)}" for row in rows]
        return ["\n".join(lines)]

    def _double_differences(self, mart: Mart) -> list[str]:
        """Doubles of the same key that are further apart than they may be."""
        if not mart.doubles or not mart.key:
            return []
        joined = " and ".join(f"a.{column} is not distinct from b.{column}" for column in mart.key)
        shown = ", ".join(f"a.{column}" for column in mart.key)
        found = []
        for column in mart.doubles:
            rows = self.connection.execute(
                f"select {shown}, a.{column}, b.{column} from left_file.marts.{mart.name} as a"
                f" inner join right_file.marts.{mart.name} as b on {joined}"
                f" where {_apart(column)} order by {shown} limit {_SHOWN_ROWS}"
            ).fetchall()
            names = (*mart.key, f"left {column}", f"right {column}")
            found += [f"{mart.name}: {_cells(names, row)}" for row in rows]
        return found


def _apart(column: str) -> str:
    """Whether two doubles are too far apart, or only one of them is there."""
    left, right = f"a.{column}", f"b.{column}"
    return (
        f"({left} is null) <> ({right} is null) or abs({left} - {right})"
        f" > greatest({RELATIVE} * greatest(abs({left}), abs({right})), {NEAR_ZERO})"
    )


def _cells(names: tuple[str, ...], row: tuple[object, ...]) -> str:
    """A row as text."""
    return ", ".join(f"{name}={value}" for name, value in zip(names, row, strict=True))


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
