"""`python -m hedge`."""

from hedge.cli import main

if __name__ == "__main__":
    main()
