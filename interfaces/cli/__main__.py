"""`python -m interfaces.cli`: the command line where no script of it is installed."""

from interfaces.cli.main import main

main()
