"""`python3 -m components.launch [test]`: a fresh machine's way in; see `components.run.launch`."""

import sys

from components.run.launch import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
