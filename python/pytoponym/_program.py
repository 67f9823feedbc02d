"""The command ``toponym``."""

import signal
import sys

from pytoponym._native import run_program


def main() -> None:
    """Runs the program that the wheel holds, with the arguments of this process."""
    # The program ends in order on an interrupt, which Python's own handler would keep from it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(run_program(["toponym", *sys.argv[1:]]))
