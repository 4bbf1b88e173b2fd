"""Any data package, judged by the standard alone."""
