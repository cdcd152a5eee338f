"""Word lists from which companies, people and ticket subjects are named."""

from __future__ import annotations

INDUSTRIES = [
    "manufacturing",
    "retail",
    "software",
    "finance",
    "healthcare",
    "logistics",
    "education",
    "media",
    "public_sector",
    "real_estate",
]

# Country, weight, currency, office hours' offset from UTC in hours.
COUNTRIES = [
    ("US", 0.30, "USD", -6),
    ("JP", 0.24, "JPY", 9),
    ("DE", 0.12, "EUR", 1),
    ("FR", 0.08, "EUR", 1),
    ("GB", 0.07, "USD", 0),
    ("ES", 0.04, "EUR", 1),
    ("BR", 0.04, "USD", -3),
    ("IN", 0.04, "USD", 5),
    ("AE", 0.03, "USD", 4),
    ("PL", 0.02, "EUR", 1),
    ("SE", 0.02, "EUR", 1),
]

COMPANY_STEMS: dict[str, list[str]] = {
    "US": ["Northwind", "Blue Harbor", "Cascade", "Summit & Sons", "Juniper", "Redwood", "O'Brien"],
    "JP": ["青空", "さくら", "富士見", "東都", "みらい", "北斗", "山本", "ひかり", "若葉"],
    "DE": ["Müller", "Schröder", "Jäger", "Weiß", "Küstenwerk", "Bärenfels"],
    "FR": ["Lumière", "Forêt", "Château", "L'Étoile", "Garçon", "Évidence"],
    "GB": ["Thames", "Pennine", "Kestrel", "Ashdown", "Fenwick"],
    "ES": ["Peñalara", "Mañana", "Ibérica", "Núñez", "Sol y Mar"],
    "BR": ["São Jorge", "Conexão", "Ipê", "Coração"],
    "IN": ["Shakti", "Ganga", "Kaveri", "नमस्ते"],
    "AE": ["النور", "الخليج", "الصحراء", "Al Safa"],
    "PL": ["Żubr", "Łódź", "Wisła", "Gdańsk"],
    "SE": ["Björk", "Älgen", "Åkerö", "Norrsken"],
}
COMPANY_KINDS: dict[str, list[str]] = {
    "US": ["Inc.", "Labs, Inc.", "LLC", "Group"],
    "JP": ["株式会社", "商事", "製作所", "システムズ"],
    "DE": ["GmbH", "AG", "GmbH & Co. KG"],
    "FR": ["SA", "SARL", "et Cie"],
    "GB": ["Ltd", "plc"],
    "ES": ["S.L.", "S.A."],
    "BR": ["Ltda.", "S.A."],
    "IN": ["Pvt. Ltd.", "Industries"],
    "AE": ["للتجارة", "LLC"],
    "PL": ["Sp. z o.o.", "S.A."],
    "SE": ["AB"],
}
COMPANY_TRADES = [
    "Foods",
    "Tools",
    "Health",
    "Motors",
    "Energy",
    "Media",
    "Textiles",
    "Robotics",
    "Cloud",
    "Travel",
    "Paper",
    "Optics",
    "Marine",
    "Games 🎮",
    '"Express"',
]

OWNERS = [
    "Aiko Tanaka",
    "Ben Carter",
    "Chloé Martin",
    "Diego Núñez",
    "Eva Schröder",
    "Farah Al Amin",
    "Grace Kim",
    "Haruto Sato",
    "Ines Oliveira",
    "Jonas Berg",
]

MAIL_NAMES = [
    "ana",
    "ben",
    "chie",
    "dmitri",
    "emma",
    "fatima",
    "gustav",
    "hana",
    "ivan",
    "julia",
    "kenji",
    "lena",
    "marco",
    "noor",
    "olga",
    "pedro",
    "rin",
    "sofia",
    "takumi",
    "yuki",
]

TICKET_CATEGORIES = ["how_to", "bug", "billing", "access", "performance", "integration", None]
TICKET_CHANNELS = ["email", "web", "chat", "phone", "api"]
FEATURES = [
    "dashboards",
    "exports",
    "alerts",
    "api",
    "automation",
    "sharing",
    "mobile",
    "comments",
    "integrations",
    "audit_log",
    "forecasts",
    "templates",
]
TOPICS = [
    "single sign-on",
    "excel export",
    "mobile offline",
    "api rate limits",
    "日本語PDF",
    "dark mode",
    "custom roles",
    "slack alerts",
    "bulk import",
    "sandbox",
]
SUMMARIES = [
    "Agreed next steps",
    "Walked through the roadmap, no concerns",
    "請求について相談、来週回答",
    "Adoption plan:\n- train the new team\n- review in two weeks",
    'Said "works well", asked for exports',
    "Équipe réduite, budget en discussion",
    "Quiet call, sponsor did not join",
    None,
]
COMMENTS = {
    "good": ["Works well", "とても使いやすい", "Great support 👍", None, None],
    "fair": ["Fine, could be faster", "普通です", None, None],
    "poor": [
        "Too many outages",
        "サポートの返事が遅い",
        'We do not use it, "honestly"\nnobody logs in',
        None,
    ],
}
