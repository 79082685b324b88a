"""The command line `reliefstock`: make a book, ask it, prove it, audit it, copy it.

Results go to standard output, in the form that is asked for; errors, one paragraph each and never a
traceback, to standard error; how it went is in the exit code (`reliefstock.cli.exits`). All of it speaks
Chinese and English.
"""

from __future__ import annotations

from reliefstock.cli.exits import Exit
from reliefstock.cli.main import main

__all__ = ["Exit", "main"]
