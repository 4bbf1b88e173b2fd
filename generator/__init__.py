"""The generator of static documentation and open-data sites: see commands/ for what it does."""
