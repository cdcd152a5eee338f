"""Exports as a CRM, a billing system, a product and a helpdesk write them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from pipeline.drafting.command import map_command
from pipeline.mapping.loader import load_mapping
from pipeline.options import Options

FILES: dict[str, bytes] = {
    "crm/customers.csv": """Report of 2024

Customer Number;Company Name;Created Date;Sector;Test Account
C-001;Acme GmbH;31.12.2023;Tech;no
C-002;Bolt AG;15.01.2024;Retail;no
C-003;Wir selbst;01.02.2024;Tech;yes
""".encode("cp1252"),
    "subscriptions.csv": """Subscription ID;Customer Number;Plan;Unit Price;Qty;Billing Cycle;\
Start;End;Currency;Last Modified
S1;C-001;pro;1.250,00 €;10;Monthly;13.01.2024;31.12.2024;USD;01.01.2024 10:00
S2;C-002;pro;12.000,50 €;1;Annual;15.02.2024;;USD;15.02.2024 11:30
S3;C-009;pro;12,50;1;Fortnightly;15.02.2024;;USD;15.02.2024 11:30
""".encode(),
    "people.tsv": b"""Contact ID\tCustomer Number\tEmail\tSignup Date\tRole
U1\tC-001\ta@acme.example\t2024-01-02\tAdministrator
U2\tC-002\tb@bolt.example\t2024-02-20\tUser
""",
    "log/2024-03.csv": b"""Event ID,Actor,Timestamp,Outcome
E1,U1,1709280000,ok
E2,U2,1709366400,failed
""",
    "log/2024-04.csv": b"Event ID,Actor,Timestamp,Outcome\nE3,U1,1709466400,ok\n",
    "zendesk_cases.csv": """Case Number,顧客番号,Created,Severity,State,件名
1,C-001,03/04/2024 10:00,Critical,Resolved,遅い
2,C-002,03/05/2024 09:15,Minor,In Progress,質問
""".encode("cp932"),
}


def write_exports(raw: Path, without: Sequence[str] = ()) -> Path:
    """Write the files; returns the folder."""
    for name, content in FILES.items():
        if name not in without:
            path = raw / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return raw


def proposal(out: Path, raw: Path) -> dict:
    """What is proposed for a folder."""
    assert map_command(Options(out, raw)) == 0
    load_mapping(raw / "mapping.yml")
    return yaml.safe_load((raw / "mapping.yml").read_text(encoding="utf-8"))["sources"]
