"""One file per download format."""
