"""`python -m generator`, and the console script: stopped while still importing, it says so as later."""

import sys

from generator.commands import signals


def run() -> int:
    """The command line, its imports included."""
    try:
        signals.hear()
        from generator.commands.cli import main

        code = main()
        signals.over()
        return code
    except KeyboardInterrupt as stopped:
        sys.stderr.write("Interrompu.\n")
        return signals.exit_code(stopped)


if __name__ == "__main__":
    sys.exit(run())
