"""The messages of a build that stops because the last known day is missing or doubtful."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from pipeline.failure import BuildFailure
from pipeline.publish import attached

LONELY_DATE_TEST = "assert_as_of_date_has_company"
KNOWN_DATE_TEST = "assert_as_of_date_is_known"


def as_of_failure(failed_tests: Set[str], warehouse: Path) -> BuildFailure | None:
    """The failure that asks for AS_OF, when it was for want of one that the build stopped."""
    if KNOWN_DATE_TEST in failed_tests:
        return BuildFailure(
            "There is no date in the data to take as the last known day: no login, ticket or "
            "contract version has one. Say which day it is: AS_OF=YYYY-MM-DD."
        )
    return _lonely_date_failure(warehouse) if LONELY_DATE_TEST in failed_tests else None


def _lonely_date_failure(warehouse: Path) -> BuildFailure:
    """Names the rows with the lonely date and the day before it."""
    with attached(build=warehouse) as connection:
        rows = connection.execute(
            "select as_of_candidate, source, column_name, source_file, source_row_number"
            " from build.intermediate.int_as_of_candidates"
            " order by candidate_rank, source, column_name"
        ).fetchall()
    dates = sorted({row[0] for row in rows}, reverse=True)
    problems = [
        f"{source}.{column} in {file or 'its server table'}, row {number}: {date}"
        for date, source, column, file, number in rows
        if date == dates[0]
    ]
    return BuildFailure(
        f"The latest date in the data, {dates[0]}, is more than 7 days after the next earlier one, "
        f"{dates[-1]}. It may be a slip of the pen, so it is not taken for the last known day. "
        f"Say which day it is: AS_OF={dates[-1]} or AS_OF={dates[0]}.",
        problems,
    )
