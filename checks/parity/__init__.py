"""The same raw folder built on every engine, and every published cell compared."""
