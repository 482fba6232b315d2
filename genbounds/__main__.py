"""`python -m genbounds` is the command line."""

from genbounds.cli import main

main()
