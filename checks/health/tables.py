"""The measurement of simulated companies as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.health.proof import BANDS, BASELINES, Company, mean, ranked

_NAMES = {
    "none": "the score",
    "last_version": "last version",
    "logins_only": "logins only",
    "tenure": "tenure",
}


def tables(companies: Sequence[Company]) -> str:
    """All tables, with a blank line between."""
    parts = (_worth(companies), _bands(companies), _components(companies), _controls(companies))
    return "\n\n".join("\n".join(lines) for lines in parts)


def _worth(companies: Sequence[Company]) -> Iterator[str]:
    """Out of time: the score beside baselines."""
    names = " | ".join(f"AUC of {_NAMES[one]}" for one in BASELINES)
    yield f"| seed | observations | left within 90 days | {names} |"
    yield "|---|---:|---:|---|" + "---:|" * (len(BASELINES) - 1)
    for one in companies:
        score = one.auc["none", "out_of_time"]
        others = [f"{one.auc[name, 'out_of_time'].value:.3f}" for name in BASELINES[1:]]
        cells = [f"{score.observations:,}", f"{score.churned:,}", str(score), *others]
        yield f"| {one.seed} | {' | '.join(cells)} |"
    means = [
        f"{mean(one.auc[name, 'out_of_time'].value for one in companies):.3f}" for name in BASELINES
    ]
    yield f"| mean | | | {' | '.join(means)} |"


def _bands(companies: Sequence[Company]) -> Iterator[str]:
    """Out of time: how many of each band left, and how many left who were called healthy."""
    yield (
        f"| seed | {' | '.join(f'left of `{band}`' for band in BANDS)}"
        " | `healthy` 90 days before leaving | median lead, days |"
    )
    yield "|---|---:|---:|---:|---:|---:|"
    for one in companies:
        rates = [_share(one.churn_rate.get(band)) for band in BANDS]
        lead = "" if one.lead_days is None else f"{one.lead_days:.0f}"
        yield f"| {one.seed} | {' | '.join(rates)} | {_share(one.surprise_rate)} | {lead} |"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def _components(companies: Sequence[Company]) -> Iterator[str]:
    """What each component tells by itself."""
    yield "| component alone | mean AUC | lowest | highest |"
    yield "|---|---:|---:|---:|"
    for name, value in ranked(companies).items():
        found = [one.component_auc[name] for one in companies if name in one.component_auc]
        yield f"| `{name}` | {value:.3f} | {min(found):.3f} | {max(found):.3f} |"
    noise = [one.noise_auc for one in companies]
    cells = [f"{one:.3f}" for one in (mean(noise), min(noise), max(noise))]
    yield f"| a number drawn per account | {' | '.join(cells)} |"


def _controls(companies: Sequence[Company]) -> Iterator[str]:
    """Over all dates: the score as it is, with shuffled behaviour and with a leak."""
    yield (
        "| seed | AUC over all dates | behaviour shuffled | 0.5 lies within"
        " | a component knows the future | rows that `known_by_date` finds |"
    )
    yield "|---|---|---|---|---:|---:|"
    for one in companies:
        if one.shuffled is not None and one.leaked is not None:
            inside = "yes" if one.shuffled.holds_a_coin else "no"
            yield (
                f"| {one.seed} | {one.auc['none', 'all']} | {one.shuffled} | {inside}"
                f" | {one.leaked.value:.3f} | {one.leaked_rows:,} |"
            )
