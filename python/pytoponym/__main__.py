"""``python -m pytoponym``: the command ``toponym``."""

from pytoponym._program import main

if __name__ == "__main__":
    main()
