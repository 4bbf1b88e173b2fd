"""Spark, on more than one machine."""
