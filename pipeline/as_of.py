"""The message of a build that stops because its latest date stands alone."""

from __future__ import annotations

from pathlib import Path

from pipeline.failure import BuildFailure
from pipeline.publish import attached


def lonely_date_failure(warehouse: Path) -> BuildFailure:
    """The failure that names the row with the lonely date and asks for AS_OF."""
    with attached(build=warehouse) as connection:
        rows = connection.execute(
            "select as_of_candidate, source, column_name, source_file, source_row_number"
            " from build.intermediate.int_as_of_candidates"
            " order by candidate_rank, source, column_name"
        ).fetchall()
    dates = sorted({row[0] for row in rows}, reverse=True)
    latest = [row for row in rows if row[0] == dates[0]]
    problems = [
        f"{source}.{column}, file {file or '(server table)'}, row {number}: {date}"
        for date, source, column, file, number in latest
    ]
    problems.append(f"the next earlier date is {dates[1]}" if len(dates) > 1 else "")
    return BuildFailure(
        f"The latest date in the data, {dates[0]}, is more than 7 days after the next earlier one. "
        "It may be a slip of the pen, so it is not taken for the last known day. "
        f"Say which day it is: AS_OF={dates[-1]} or AS_OF={dates[0]}.",
        [problem for problem in problems if problem],
    )
