"""Parents far above, in circles and unknown: models and reference agree, and end."""

from __future__ import annotations

from checks.definitions.model_graph import COMPARED, ModelGraph
from checks.reference import compare, marts
from checks.reference.histories import AS_OF
from checks.reference.small import line

NAMES = ["dim_account_hierarchy", "customer_360_parent", "quality_account_hierarchy"]
LEVELS = 40


def account(account_id: str, parent: str | None, **cells: str) -> dict[str, str | None]:
    """An account that names a parent."""
    return {
        "account_id": account_id,
        "account_name": account_id,
        "created_at": "2020-01-01",
        "parent_account_id": parent,
        **cells,
    }


def chain(length: int) -> list[dict[str, str | None]]:
    """Accounts one below the other."""
    return [account(f"n{k}", f"n{k - 1}" if k else None) for k in range(length)]


def circle(name: str, length: int) -> list[dict[str, str | None]]:
    """Accounts each of which names the next, the last one the first."""
    return [account(f"{name}{k}", f"{name}{(k + 1) % length}") for k in range(length)]


def test_every_path_ends_whatever_parents_are_named(model_graph: ModelGraph) -> None:
    accounts = [
        *chain(LEVELS),
        *(one for length in (1, 2, 3, 5, 7, 33) for one in circle(f"c{length}_", length)),
        account("below_circle", "c3_0"),
        account("of_unknown", "nobody"),
        account("below_unknown", "of_unknown"),
        account("own", "n0", is_internal="true"),
        account("of_own", "own"),
    ]
    raw = {"accounts": accounts, "contracts": [line("L", "2024-01-01", account_id="n1")]}
    model_graph.run(raw, AS_OF, names=NAMES)
    expected = marts(raw, AS_OF, names=NAMES)
    for name in NAMES:
        assert compare(name, expected[name], model_graph.rows(name), list(COMPARED[name])) == []
    depths = {row["account_id"]: row["tree_depth"] for row in expected["dim_account_hierarchy"]}
    assert [depths[f"n{k}"] for k in range(LEVELS)] == [k if k <= 32 else 0 for k in range(LEVELS)]
