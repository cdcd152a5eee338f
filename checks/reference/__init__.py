"""The definition book worked out in plain Python, to compare the warehouse's figures with.

It reads raw rows, takes nothing from the project, and walks through days and accounts one by one.
`marts(raw, as_of, variables)` returns every figure it knows; each module says in its docstring
how it reads the book where the book leaves room.
"""

from .book import Book
from .compare import compare
from .loader import load_folder
from .marts import KEYS, marts
from .reading import AsOfError, Staged, read

__all__ = ["KEYS", "AsOfError", "Book", "Staged", "compare", "load_folder", "marts", "read"]
