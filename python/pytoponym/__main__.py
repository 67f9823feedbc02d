"""``python -m pytoponym``: the command ``toponym``."""

from pytoponym._program import main

main()
