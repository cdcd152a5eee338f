"""Names, layout, size, grain, contracts and descriptions of the models."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from checks.spec.project_files import files_ending, relative
from pipeline.options import ROOT

LONGEST_LOGIC = 70
MOST_STEPS = 8
MOST_REFS = 5
LONGEST_SQL_LINE = 120
SUBJECTS = {
    *("core", "revenue", "churn", "retention", "renewals", "engagement", "support", "health"),
    *("customer_360", "kpis", "quality", "voice"),
    "risk",
    *("customer_360", "kpis", "quality"),
    *("customer_360", "kpis", "quality", "onboarding"),
    *("customer_360", "kpis", "quality", "expansion"),
}
# Assemblies join or union more than other models, one part per source, and compute nothing.
ASSEMBLY = re.compile(
    r"(quality_|customer_|export_|kpi_(values|account_months)$|int_(current|kpi)_totals$"
    r"|int_timeline_events$|int_health_facts$|build_info$|raw_rows$)"
)
ASSEMBLY_FOLDER = "models/intermediate/quality/"
NAMES_BY_FOLDER = {
    "staging": re.compile(r"stg_[a-z0-9]+__[a-z0-9_]+$"),
    "intermediate": re.compile(r"int_[a-z0-9]+(_[a-z0-9]+)*$"),
    "marts": re.compile(r"((fct|dim|kpi|quality|customer|export)_[a-z0-9_]+|[a-z]+_[a-z0-9_]+)$"),
    "quarantine": re.compile(r"[a-z_]+$"),
}
# The outside contract names a property of an account and a figure so, and an amount of money and
# a part of a rate.
NAMES_OF_TWO_TYPES = {"value", "amount"}
TYPES_BY_NAME = {
    re.compile(r"(is|has|was)_"): {"boolean"},
    re.compile(r".*_date$"): {"date"},
    re.compile(r".*_at$"): {"timestamp"},
    re.compile(r".*_id$"): {"varchar"},
    re.compile(r".*_mrr(_12m)?$|^mrr(_(?!retention)|$)|^arr$|^carr$"): {"decimal(18,4)"},
    re.compile(r".*_rate$"): {"double"},
    re.compile(r".*_hours(_|$)"): {"double"},
}


def model_paths() -> list[Path]:
    """The SQL of all models."""
    return [path for path in files_ending(".sql") if path.is_relative_to(ROOT / "models")]


def steps_of(sql: str) -> dict[str, str]:
    """CTE name -> its text, of a model laid out as the style asks; in order."""
    parts = re.split(r"^(\w+) as \($", sql, flags=re.MULTILINE)
    names, texts = parts[1::2], parts[2::2]
    return {
        name: re.split(r"^\),?$", text, flags=re.MULTILINE)[0]
        for name, text in zip(names, texts, strict=True)
    }


def is_import(text: str) -> bool:
    """Whether a CTE only names a ref or a source."""
    pattern = r"\s*(--[^\n]*\n\s*)*select \*\s+from \{\{ (ref|source)\([^)]*\) \}\}\s*"
    return re.fullmatch(pattern, text) is not None


def logic_lines(steps: dict[str, str]) -> int:
    """Lines of the working steps, without blank ones, comments and the last step's column list."""
    working = [text for text in steps.values() if not is_import(text)]
    lines = [line for text in working[:-1] for line in text.splitlines()]
    if working:
        after_columns = re.split(r"^    from ", working[-1], maxsplit=1, flags=re.MULTILINE)
        lines += after_columns[-1].splitlines() if len(after_columns) > 1 else []
    return len([line for line in lines if line.strip() and not line.strip().startswith("--")])


@pytest.mark.parametrize("path", model_paths(), ids=relative)
def test_model_is_laid_out_as_the_style_asks(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    steps = steps_of(sql)
    assert re.search(r"^with$", sql, flags=re.MULTILINE), "`with` stands alone on a line"
    assert sql.rstrip().endswith(f"\nselect * from {list(steps)[-1]}")
    outside = re.findall(r"\{\{ (?:ref|source)\(", sql)
    imports = [text for text in steps.values() if is_import(text)]
    assert len(outside) == len(imports), "every ref and source has an import step of its own"
    assert "{% for" not in sql
    assert "{%- for" not in sql
    assert max(len(line) for line in sql.splitlines()) <= LONGEST_SQL_LINE


@pytest.mark.parametrize("path", model_paths(), ids=relative)
def test_model_is_short(path: Path) -> None:
    steps = steps_of(path.read_text(encoding="utf-8"))
    working = [name for name, text in steps.items() if not is_import(text)]
    assert working, "a model that only passes another on is none"
    if ASSEMBLY.match(path.stem) or relative(path).startswith(ASSEMBLY_FOLDER):
        return
    refs = len({text for text in steps.values() if is_import(text)})
    found = {"lines": logic_lines(steps), "steps": len(working), "refs": refs}
    assert found["lines"] <= LONGEST_LOGIC, found
    assert found["steps"] <= MOST_STEPS, found
    assert found["refs"] <= MOST_REFS, found


def test_models_are_named_after_their_folder(models: list[dict[str, Any]]) -> None:
    wrong = []
    for model in models:
        layer, *rest = Path(model["original_file_path"]).parts[1:]
        if not NAMES_BY_FOLDER[layer].match(model["name"]):
            wrong.append(model["original_file_path"])
        if layer == "marts" and rest[0] not in SUBJECTS:
            wrong.append(model["original_file_path"])
    assert wrong == []


def test_every_model_has_a_grain_and_a_test_of_it(
    models: list[dict[str, Any]], manifest: dict[str, Any]
) -> None:
    tested: dict[str, list[set[str]]] = defaultdict(list)
    for test in manifest["nodes"].values():
        metadata = test.get("test_metadata") or {}
        if metadata.get("name") == "unique":
            tested[test["attached_node"]].append({test["column_name"]})
        elif metadata.get("name") == "unique_combination":
            tested[test["attached_node"]].append(set(metadata["kwargs"]["column_names"]))
    without = []
    for model in models:
        meta = model["config"]["meta"]
        if "grain" not in meta:
            without.append(f"{model['name']}: no config.meta.grain")
        elif not meta["grain"] or model["config"]["materialized"] == "view":
            continue
        elif set(meta["grain"]) not in tested[model["unique_id"]]:
            without.append(f"{model['name']}: no test that {meta['grain']} is unique")
    assert without == []


def test_the_grain_is_the_first_sentence(models: list[dict[str, Any]]) -> None:
    assert [
        model["name"]
        for model in models
        if not re.match(r"(One|Exactly one|At most one|A) row\b", model["description"])
    ] == []


def test_marts_have_enforced_contracts_a_group_and_public_access(
    marts: list[dict[str, Any]],
) -> None:
    assert [
        mart["name"]
        for mart in marts
        if not mart["config"]["contract"]["enforced"]
        or mart["access"] != "public"
        or not mart["group"]
        or not all(column["data_type"] for column in mart["columns"].values())
    ] == []


def test_everything_is_described(manifest: dict[str, Any]) -> None:
    bare = []
    for node in [*manifest["nodes"].values(), *manifest["sources"].values()]:
        if node["resource_type"] in ("model", "seed", "source", "analysis"):
            columns = node["columns"].values()
            bare += [f"{node['name']}"] if not node["description"].strip() else []
            bare += [f"{node['name']}.{c['name']}" for c in columns if not c["description"].strip()]
    for macro in manifest["macros"].values():
        if macro["package_name"] == "customer_success_warehouse":
            is_dispatched = "__" in macro["name"] or macro["name"].startswith("test_")
            if not is_dispatched and not macro["description"].strip():
                bare.append(f"macro {macro['name']}")
            # dbt adds an argument to a materialization that no file can name.
            is_plain = not macro["name"].startswith("materialization_")
            arguments = macro["arguments"] if is_plain else []
            untyped = [one["name"] for one in arguments if not one.get("type")]
            bare += [f"macro {macro['name']}, argument {name}" for name in untyped]
    assert bare == []


def test_every_singular_test_says_what_it_means_when_it_fails(manifest: dict[str, Any]) -> None:
    assert [
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and not node.get("test_metadata")
        and not node["description"].strip()
    ] == []


def test_a_description_never_restates_the_name(manifest: dict[str, Any]) -> None:
    idle = []
    for node in manifest["nodes"].values():
        for column in node.get("columns", {}).values():
            words = re.sub(r"[^a-z0-9]+", " ", column["description"].lower()).split()
            words = [word for word in words if word not in ("the", "a", "an", "of")]
            if words == column["name"].lower().split("_"):
                idle.append(f"{node['name']}.{column['name']}")
    assert idle == []


def test_a_column_name_has_one_description_and_one_type_in_all_marts(
    marts: list[dict[str, Any]],
) -> None:
    found: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for mart in marts:
        for column in mart["columns"].values():
            kind = "" if column["name"] in NAMES_OF_TWO_TYPES else column["data_type"]
            facts = (" ".join(column["description"].split()), kind)
            found[column["name"]][facts].append(mart["name"])
    different = {name: list(facts.values()) for name, facts in found.items() if len(facts) > 1}
    assert different == {}


def test_column_names_tell_their_types(marts: list[dict[str, Any]]) -> None:
    wrong = []
    for mart in marts:
        for column in mart["columns"].values():
            kind = column["data_type"].replace(" ", "").replace("doubleprecision", "double")
            told = [kinds for start, kinds in TYPES_BY_NAME.items() if start.match(column["name"])]
            if told and kind not in told[0]:
                wrong.append(f"{mart['name']}.{column['name']} {column['data_type']}")
    assert wrong == []
