"""sqlfluff as its command line runs it, without looking for garbage all the time.

Its trees are large: that took 40 % of its time. Its worker processes read this module too.
"""

from __future__ import annotations

from sqlfluff.cli.commands import cli

from pipeline.garbage import look_for_garbage_seldom

look_for_garbage_seldom()

if __name__ == "__main__":
    cli()
