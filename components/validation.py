"""`python -m components.validation [FOLDER]`: the check and the curators' tools; see `components.curate.command`."""

import sys

from components.curate.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
