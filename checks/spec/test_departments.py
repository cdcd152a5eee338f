"""docs/departments.md lists every published mart with the group that the project gives it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
import yaml

from pipeline.options import ROOT

ROW = re.compile(r"^\| `(\w+)` \| (\w+) \| ([A-Z][^|]*\?) \|$", re.MULTILINE)
DEPARTMENTS = {"customer_success", "finance", "product", "support", "sales"}


@pytest.fixture(scope="module")
def listed() -> list[tuple[str, str, str]]:
    """Mart, department and question of each line of the page's table."""
    text = (ROOT / "docs" / "departments.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    rows = ROW.findall(text)
    assert len(rows) == len(lines), "a line is not `| mart | department | Question? |`"
    return rows


@pytest.fixture(scope="module")
def published(manifest: dict[str, Any]) -> dict[str, str]:
    """Published model or seed -> its group."""
    return {
        node["name"]: node["config"]["group"]
        for node in manifest["nodes"].values()
        if node["resource_type"] in ("model", "seed") and node["schema"] == "marts"
    }


def test_every_published_mart_is_listed_once_with_its_group(
    listed: list[tuple[str, str, str]], published: dict[str, str]
) -> None:
    assert {mart: group for mart, group, _ in listed} == published
    assert [mart for mart, count in Counter(mart for mart, *_ in listed).items() if count > 1] == []


def test_no_two_marts_answer_the_same_question(listed: list[tuple[str, str, str]]) -> None:
    questions = Counter(question for *_, question in listed)
    assert [question for question, count in questions.items() if count > 1] == []


def test_every_department_owns_marts_and_can_be_written_to(published: dict[str, str]) -> None:
    text = (ROOT / "models" / "_groups.yml").read_text(encoding="utf-8")
    groups = {group["name"]: group for group in yaml.safe_load(text)["groups"]}
    assert set(published.values()) <= set(groups)
    assert set(published.values()) >= DEPARTMENTS
    assert [name for name, group in groups.items() if "@" not in group["owner"]["email"]] == []


def test_what_one_department_builds_on_is_open_to_the_others(manifest: dict[str, Any]) -> None:
    """A private model can only be read within its group; marts of all groups read below them."""
    nodes = manifest["nodes"]
    closed = [
        (node["name"], nodes[parent]["name"])
        for node in nodes.values()
        if node["resource_type"] == "model"
        for parent in node["depends_on"]["nodes"]
        if parent.startswith("model.")
        and nodes[parent]["access"] == "private"
        and nodes[parent]["config"]["group"] != node["config"]["group"]
    ]
    assert closed == []
