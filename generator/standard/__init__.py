"""Any data package, judged by the standard (https://datapackage.org/standard/)."""
