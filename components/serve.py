"""`python -m components.serve`: several processes behind nginx; see `components.run.serve`."""

import sys

from components.run.serve import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
