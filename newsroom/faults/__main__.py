"""Print the page of the documentation."""

import sys

from newsroom.faults.cases import page

if __name__ == "__main__":
    sys.stdout.write(page())
