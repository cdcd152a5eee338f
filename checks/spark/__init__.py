"""TARGET=spark: cells, raw files, builds in a session and on a cluster."""
