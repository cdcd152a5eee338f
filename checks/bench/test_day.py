"""The cost of a day is measured, on very little data."""

from __future__ import annotations

from datetime import date

import pytest

from bench.day import DayCost, day_report, is_over_logins, measure_day
from bench.sizes import Size, raw_data

pytestmark = [pytest.mark.slow, pytest.mark.long]

TINY = Size(accounts=20, lines=80, months=6, users=60, logins=2_000, tickets=20)


@pytest.fixture(scope="module")
def cost(tmp_path_factory: pytest.TempPathFactory) -> DayCost:
    """What a day costs of a tiny simulated folder."""
    raw = raw_data(TINY, tmp_path_factory.mktemp("bench") / "raw")
    return measure_day(raw, tmp_path_factory.mktemp("bench_out"))


def test_the_day_is_added_to_a_full_build(cost: DayCost) -> None:
    assert cost.day == date(2025, 12, 30)
    assert cost.full.sentence.startswith("full refresh: there is no published build")
    assert cost.increment.sentence.startswith("incremental: 1 new file, ")
    assert {model.name for model in cost.full.models} == {m.name for m in cost.increment.models}


def test_models_over_logins_are_told_from_the_others(cost: DayCost) -> None:
    kinds = {model.name: is_over_logins(model) for model in cost.full.models}
    assert kinds["int_logins_read"]
    assert kinds["int_account_active_users"]
    assert kinds["fct_account_usage"]
    assert not kinds["fct_mrr_monthly"]


def test_the_report_compares_both_builds(cost: DayCost) -> None:
    text = day_report("TINY", cost)
    assert "| models over logins and use |" in text
    assert "| `int_user_login_days` |" in text
