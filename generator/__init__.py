"""The generator of static documentation and open-data sites: see cli.py for its commands, build.py for its line."""
