"""What becomes of single cells, worked out by hand."""

from __future__ import annotations

import pytest

from checks.mapping.mapped import cells

AMOUNT = ("contracts", "unit_price")
DAY = ("contracts", "start_date")
MOMENT = ("accounts", "created_at")
TEXT = ("accounts", "account_name")
CASES = [
    # text as it is, blanks and all
    (TEXT, "x", "", {"Aoi": "Aoi", " Aoi ": " Aoi ", "": None, "青い商事": "青い商事"}),
    (TEXT, "{column: x, prefix: c-, suffix: !s '!'}", "", {"1": "c-1!", "": None}),
    # a constant
    (TEXT, "{value: 01}", "", {"anything": "01", "": "01"}),
    (TEXT, "{value: 2025-01-01}", "", {"x": "2025-01-01"}),
    # value maps: found after trimming, by case; what is not listed stays
    (
        ("contracts", "billing_interval"),
        "{column: x, values: {annual: year, Monthly: month, 01: day, '': term, none: }}",
        "",
        {
            "annual": "year",
            " annual ": "year",
            "Annual": "Annual",
            "Monthly": "month",
            "01": "day",
            "1": "1",
            "": "term",
            "none": None,
            "quarter": "quarter",
        },
    ),
    (
        ("accounts", "is_internal"),
        "{column: x, values: {Yes: true, No: false, Y: true}}",
        "",
        {"Yes": "true", "No": "false", "Y": "true", "yes": "yes", "1": "1", "": None},
    ),
    # numbers
    (AMOUNT, "x", "", {"1.5": "1.5", "1,5": "1,5", "": None}),
    (
        AMOUNT,
        "x",
        '    decimal_mark: ","\n    thousands_mark: .\n',
        {
            "1.234.567,89": "1234567.89",
            "1234567,89": "1234567.89",
            "1.234": "1234",
            "-12,5": "-12.5",
            "+1.000": "+1000",
            "12": "12",
            "1.23": "? 1.23",
            "12.34.567": "12.34.567",
            "1,2,3": "1,2,3",
            "1,": "1,",
            ",5": ",5",
            "abc": "abc",
            " 1,5 ": "1.5",
            "": None,
        },
    ),
    (
        AMOUNT,
        '{column: x, decimal_mark: ","}',
        "",
        {"1,5": "1.5", "1.234": "? 1.234", "1.234,5": "1.234,5", "7": "7"},
    ),
    (
        AMOUNT,
        '{column: x, thousands_mark: ","}',
        "",
        {"1,234.5": "1234.5", "1,23": "1,23", "1234": "1234", "1,234,567": "1234567"},
    ),
    (
        AMOUNT,
        '{column: x, thousands_mark: " ", decimal_mark: ","}',
        "",
        {"1 234,5": "1234.5", "1\u00a0234,5": "1234.5", "1\u202f234\u202f567": "1234567"},
    ),
    (
        AMOUNT,
        '{column: x, thousands_mark: "\'"}',
        "",
        {"1'234.50": "1234.50", "1’234": "1’234"},
    ),
    (
        AMOUNT,
        '{column: x, strip: ["€", USD, "$"], thousands_mark: ","}',
        "",
        {"€1,200.50": "1200.50", "1,200 USD": "1200", "$ 5": "5", "US$5": "US$5", "5": "5"},
    ),
    (
        ("contracts", "discount_pct"),
        '{column: x, strip: "%", divide_by: 100}',
        "",
        {"15%": "0.15", "7.5 %": "0.075", "100": "1.00", "": None},
    ),
    # cents, exactly, whatever the size
    (
        AMOUNT,
        "{column: x, divide_by: 100}",
        "",
        {
            "1999": "19.99",
            "5": "0.05",
            "0": "0.00",
            "-5": "-0.05",
            "+12345": "+123.45",
            "12.5": "0.125",
            "123456789012345678901234567890123456789": "1234567890123456789012345678901234567.89",
            "1e3": "1e3",
            "1,999": "1,999",
            "": None,
        },
    ),
    (AMOUNT, "{column: x, divide_by: 1000}", "", {"5": "0.005", "1234": "1.234"}),
    (AMOUNT, "{column: x, divide_by: 100.0}", "", {"5": "0.05"}),
    (AMOUNT, "{column: x, divide_by: +100}", "", {"5": "0.05"}),
    (
        AMOUNT,
        '{column: x, divide_by: 100, decimal_mark: ",", thousands_mark: .}',
        "",
        {"1.234": "12.34", "99,5": "0.995", "1.23": "? 1.23"},
    ),
    # days
    (
        DAY,
        "x",
        '    date_format: "%d.%m.%Y"\n',
        {
            "31.12.2025": "2025-12-31",
            "1.2.2025": "2025-02-01",
            " 31.12.2025 ": "2025-12-31",
            "31.02.2025": "31.02.2025",
            "12/31/2025": "12/31/2025",
            "2025-12-31": "? 2025-12-31",
            "31.12.25": "31.12.25",
            "31.12.2025 10:00": "31.12.2025 10:00",
            "": None,
        },
    ),
    (
        DAY,
        '{column: x, format: ["%d.%m.%Y", "%Y-%m-%d"]}',
        "",
        {"31.12.2025": "2025-12-31", "2025-12-31": "2025-12-31", "0025-12-31": "? 0025-12-31"},
    ),
    (DAY, '{column: x, format: "%Y年%m月%d日"}', "", {"2025年3月4日": "2025-03-04"}),
    (DAY, '{column: x, format: "%b %d, %Y"}', "", {"Mar 4, 2025": "2025-03-04", "März": "März"}),
    (
        DAY,
        '{column: x, format: "%Y%m%d"}',
        "",
        {"20250304": "2025-03-04", "2025034": "2025034", "202511": "202511"},
    ),
    (DAY, '{column: x, format: "%d/%m/%y"}', "", {"04/03/25": "2025-03-04"}),
    # the last day covered
    (
        ("contracts", "end_date"),
        '{column: x, format: "%d.%m.%Y", inclusive: true}',
        "",
        {"31.12.2025": "2026-01-01", "28.02.2024": "2024-02-29", "": None, "soon": "soon"},
    ),
    (
        ("contracts", "end_date"),
        "{column: x, inclusive: true, values: {9999-12-31: ''}}",
        "",
        {
            "2025-12-31": "2026-01-01",
            "2025-12-31 23:59:59": "2026-01-01",
            "9999-12-31": None,
            "2025-02-30": "2025-02-30",
        },
    ),
    # moments
    (MOMENT, "x", "", {"2025-03-04T10:00:00+09:00": "2025-03-04T10:00:00+09:00"}),
    (
        MOMENT,
        "x",
        "    time_zone: Asia/Tokyo\n",
        {
            "2025-03-04 10:00:00": "2025-03-04 01:00:00",
            "2025-03-04T10:00": "2025-03-04 01:00:00",
            "2025-03-04": "2025-03-03 15:00:00",
            "2025-03-04T10:00:00.123456": "2025-03-04 01:00:00.123456",
            "2025-03-04T10:00:00Z": "2025-03-04 10:00:00",
            "2025-03-04T10:00:00+0200": "2025-03-04 08:00:00",
            "2025-03-04 10:00:00-05": "2025-03-04 15:00:00",
            "2025-02-30": "2025-02-30",
            "4 March": "4 March",
        },
    ),
    (
        MOMENT,
        '{column: x, format: "%d/%m/%Y %H:%M", time_zone: Europe/Berlin}',
        "",
        {
            "01/07/2025 12:00": "2025-07-01 10:00:00",
            "01/01/2025 12:00": "2025-01-01 11:00:00",
            # the hour that is there twice is the later one, that which is not is an hour later
            "26/10/2025 02:30": "2025-10-26 01:30:00",
            "30/03/2025 02:30": "2025-03-30 01:30:00",
        },
    ),
    (
        MOMENT,
        '{column: x, format: "%Y-%m-%d %H:%M:%S %z", time_zone: Asia/Tokyo}',
        "",
        {"2025-03-04 10:00:00 +0100": "2025-03-04 09:00:00"},
    ),
    (
        MOMENT,
        '{column: x, format: "%Y-%m-%dT%H:%M:%S.%f%z"}',
        "",
        {
            "2025-03-04T10:00:00.000+0000": "2025-03-04 10:00:00",
            "2025-03-04T10:00:00.250-0500": "2025-03-04 15:00:00.25",
        },
    ),
    (
        MOMENT,
        '{column: x, format: "%Y%m%dT%H%M%S%z"}',
        "",
        {
            "20250304T100000+0900": "2025-03-04 01:00:00",
            "20250304T10000+0900": "20250304T10000+0900",
        },
    ),
    (
        MOMENT,
        '{column: x, format: "%m/%d/%Y %I:%M %p"}',
        "",
        {
            "03/04/2025 01:05 PM": "2025-03-04 13:05:00",
            "03/04/2025 12:00 AM": "2025-03-04 00:00:00",
        },
    ),
    # Unix times
    (
        MOMENT,
        "{column: x, unix: seconds}",
        "",
        {
            "1700000000": "2023-11-14 22:13:20",
            "1700000000.5": "2023-11-14 22:13:20.5",
            "0": "1970-01-01 00:00:00",
            "-1": "1969-12-31 23:59:59",
            "-1.25": "1969-12-31 23:59:58.75",
            "+1700000000.1234567": "2023-11-14 22:13:20.123456",
            "253402300799": "9999-12-31 23:59:59",
            "253402300800": "253402300800",
            "-30610224001": "-30610224001",
            "17000000000000000": "17000000000000000",
            "99999999999999999999": "99999999999999999999",
            "2025-03-04": "? 2025-03-04",
            "": None,
        },
    ),
    (
        MOMENT,
        "{column: x, unix: milliseconds}",
        "",
        {"1700000000123": "2023-11-14 22:13:20.123", "-1.5": "1969-12-31 23:59:59.9985"},
    ),
    (
        MOMENT,
        "{column: x, unix: microseconds}",
        "",
        {"1700000000123456.9": "2023-11-14 22:13:20.123456", "-1": "1969-12-31 23:59:59.999999"},
    ),
    # the day of a moment is that of the time zone
    (DAY, "{column: x, unix: seconds}", "", {"1735657200": "2024-12-31"}),
    (
        DAY,
        "{column: x, unix: seconds, time_zone: Asia/Tokyo}",
        "",
        {"1735657200": "2025-01-01"},
    ),
    (
        DAY,
        "{column: x, time_zone: Asia/Tokyo}",
        "",
        {"2024-12-31T15:00:00Z": "2025-01-01", "2024-12-31 23:00": "2024-12-31"},
    ),
]


@pytest.mark.parametrize(
    ("target", "rule", "above", "expected"),
    CASES,
    ids=[f"{target[1]}: {rule} {above.strip()}" for target, rule, above, _ in CASES],
)
def test_cells_become(target, rule, above, expected, tmp_path):
    made = cells(tmp_path / "raw", *target, rule, list(expected), above)
    assert dict(zip(expected, made, strict=True)) == expected
