"""The words in which health is told, in both languages."""

from __future__ import annotations

import csv
import itertools
import re

from pipeline.options import ROOT

# An override moves no points, so that it is never the largest part of a change.
PARTS = ("behaviour", "data", "configuration")
JAPANESE = re.compile(r"[ぁ-んァ-ン一-龯]|NPS")


def rows_of(seed: str) -> list[dict[str, str]]:
    """The rows of a seed, cells as text."""
    with (ROOT / "seeds" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_part_of_a_change_has_words_for_both_ways() -> None:
    told = {(row["part"], row["way"]) for row in rows_of("health_change_phrases")}
    assert told == set(itertools.product(PARTS, ("up", "down")))


def test_the_component_is_named_where_its_behaviour_moved_the_score() -> None:
    for row in rows_of("health_change_phrases"):
        for phrase in (row["phrase_en"], row["phrase_ja"]):
            assert ("{component}" in phrase) == (row["part"] == "behaviour"), row
            assert "{" not in phrase.replace("{component}", ""), row
        assert JAPANESE.search(row["phrase_ja"]), row


def test_a_component_that_costs_points_is_told_in_both_languages() -> None:
    for row in rows_of("health_component_names"):
        for name in ("component_name_en", "component_name_ja", "lost_when_en", "lost_when_ja"):
            assert row[name].strip() == row[name] != "", row
            assert "; " not in row[name], row
            assert "、" not in row[name], row
        assert JAPANESE.search(row["lost_when_ja"]), row
