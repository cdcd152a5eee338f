"""The definition book worked out in plain Python, to compare the warehouse's figures with.

It reads raw rows, takes nothing from the project, and walks through days and accounts one by one.
`marts(raw, as_of, variables)` returns every figure it knows; each module says in its docstring
how it reads the book where the book leaves room.
"""

from .all_marts import KEYS, marts
from .book import Book
from .compare import compare, compare_counts
from .loader import load_folder
from .reading import AsOfError, Staged, read

__all__ = [
    "KEYS",
    "AsOfError",
    "Book",
    "Staged",
    "compare",
    "compare_counts",
    "load_folder",
    "marts",
    "read",
]
