"""Any Data Package on a disk, ours or not, judged by the standard and by nothing else (https://datapackage.org/standard/)."""
