"""The product catalogue with list prices, and monthly exchange rates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from simulator import columns
from simulator.calendar_days import add_months
from simulator.schemas import RATE
from simulator.settings import Settings

MICRO = 1_000_000


@dataclass(frozen=True)
class Product:
    """A product; `monthly_usd` is the list price of one unit for one month."""

    product_id: str
    name: str
    is_seat_based: bool | None
    family: str | None
    monthly_usd: float
    line_type: str = "recurring"


TEAM = Product("P-TEAM", "Team", True, "platform", 24.0)
BUSINESS = Product("P-BUS", "Business", True, "platform", 42.0)
ENTERPRISE = Product("P-ENT", "Enterprise", True, "platform", 65.0)
ANALYTICS = Product("P-ANA", "Analytics", False, "add_on", 140.0)
AUTOMATION = Product("P-AUT", "Automation", False, "add_on", 180.0)
STORAGE = Product("P-STO", "Extra storage", False, "capacity", 35.0)
PREMIUM = Product("P-SLA", "Premium support", False, "services", 160.0)
INSIGHT = Product("P-INS", "インサイト", False, "add_on", 90.0)
# The seat flag is left empty on purpose: the default is true.
VIEWER = Product("P-VIEW", "Viewer seats", None, "platform", 6.0)
API_CALLS = Product("P-API", "API calls", False, "usage", 0.02, "usage")
ONBOARDING = Product("P-ONB", "Onboarding package", False, None, 900.0, "one_time")

PLATFORM = {"smb": TEAM, "mid_market": BUSINESS, "enterprise": ENTERPRISE}
ADD_ONS = [ANALYTICS, AUTOMATION, STORAGE, PREMIUM, INSIGHT, VIEWER]
CATALOGUE = [
    TEAM,
    BUSINESS,
    ENTERPRISE,
    ANALYTICS,
    AUTOMATION,
    STORAGE,
    PREMIUM,
    INSIGHT,
    VIEWER,
    API_CALLS,
    ONBOARDING,
]
# Local units for one USD of list price.
PRICE_LEVEL = {"USD": 1.0, "EUR": 0.92, "JPY": 140.0}
# Flat add-ons cost a small customer less.
SIZE_LEVEL = {"smb": 0.2, "mid_market": 0.7, "enterprise": 2.2}


def products_table() -> pa.Table:
    """The catalogue as rows of `products`."""
    return columns.table(
        "products",
        {
            "product_id": [product.product_id for product in CATALOGUE],
            "product_name": [product.name for product in CATALOGUE],
            "is_seat_based": [product.is_seat_based for product in CATALOGUE],
            "family": [product.family for product in CATALOGUE],
        },
    )


def fx_table(settings: Settings) -> pa.Table:
    """USD for one unit of EUR and JPY from the first day of each month: a slow random walk."""
    rng = settings.generator("fx")
    months = settings.months + 1
    dates = np.array([add_months(settings.first_day, n - 1) for n in range(months)])
    euro = 1.08 * np.exp(np.cumsum(rng.normal(0.0, 0.012, months)))
    yen = 0.0070 * np.exp(np.cumsum(rng.normal(-0.001, 0.016, months)))
    rates = np.concatenate([euro, yen])
    return columns.table(
        "fx_rates",
        {
            "currency": ["EUR"] * months + ["JPY"] * months,
            "rate_date": columns.days(np.concatenate([dates, dates])),
            "rate": columns.decimals(np.rint(rates * 1e6).astype(np.int64) * 100, RATE),
        },
    )
