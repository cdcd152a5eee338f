"""Hand-written DuckDB statements for the marts that grow most: what a build can cost least."""
