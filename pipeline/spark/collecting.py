"""Views in OUT/warehouse.duckdb over the Parquet files that Spark wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from pipeline.publish import MARTS_SCHEMA, quote_name, quote_text


def show_tables(connection: duckdb.DuckDBPyConnection, folder: Path, schema: str) -> None:
    """A view for each table of a schema, `folder` being where Spark keeps it.

    A table that a failed run left without a file is not shown.
    """
    connection.execute(f"create schema if not exists {quote_name(schema)}")
    for table in sorted(folder.iterdir()):
        if any(table.rglob("*.parquet")):
            files = quote_text(table / "**" / "*.parquet")
            connection.execute(
                f"create or replace view {quote_name(schema)}.{quote_name(table.name)} as"
                f" select * from read_parquet({files}, hive_partitioning = true)"
            )


def show_views(connection: duckdb.DuckDBPyConnection, manifest: dict[str, Any]) -> None:
    """A view for each mart that Spark keeps as a view, once the tables it reads are shown.

    Such marts select, join and add; their SQL is the same on both engines.
    """
    for node in manifest["nodes"].values():
        is_mart = node["resource_type"] == "model" and node["schema"] == MARTS_SCHEMA
        if not is_mart or node["config"]["materialized"] != "view" or not node.get("compiled_code"):
            continue
        sql = node["compiled_code"]
        for parent in map(manifest["nodes"].get, node["depends_on"]["nodes"]):
            name = f"{quote_name(parent['schema'])}.{quote_name(parent['alias'])}"
            sql = sql.replace(parent["relation_name"], name)
        target = f"{quote_name(MARTS_SCHEMA)}.{quote_name(node['alias'])}"
        try:
            connection.execute(f"create or replace view {target} as {sql}")
        except duckdb.CatalogException:
            # The run stopped before it made what the view reads.
            continue
