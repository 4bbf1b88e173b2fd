"""Spark, on a cluster of this machine: `make test-spark`."""
