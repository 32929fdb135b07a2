"""`python -m tests.benchmarks [PART …] [--quick]`: how fast the dashboard is, beside a bare page of the framework.

The bare page (bare.py) has one title and the same map. What is measured beside it is measured in turns in one run, so
that a busy machine slows both; only ratios can be compared from one machine to another.
"""

import argparse
import sys
from collections.abc import Callable

from tests.benchmarks import browsing, growth, serving
from tests.benchmarks.table import Line, as_markdown

EXPORTS = ["charts", "brief --actor IND --format html pdf", "brief --format html pdf", "site", "film --step quarter"]

# Each part: what it measures, in full and quickly.
PARTS: dict[str, tuple[Callable[[], list[Line]], Callable[[], list[Line]]]] = {
    "start": (lambda: serving.starts(7), lambda: serving.starts(2)),
    "paint": (lambda: browsing.paints(5), lambda: browsing.paints(1)),
    "step": (lambda: serving.steps(8), lambda: serving.steps(2)),
    "sent": (browsing.sent, browsing.sent),
    "switch": (lambda: serving.switches(5), lambda: serving.switches(2)),
    "memory": (lambda: serving.memory([1, 10, 50, 100]), lambda: serving.memory([1, 10])),
    "reruns": (lambda: serving.reruns(4000), lambda: serving.reruns(200)),
    "growth": (lambda: growth.growth([1, 10, 100]), lambda: growth.growth([1, 10])),
    "images": (lambda: growth.images_made(5), lambda: growth.images_made(1)),
    "exports": (lambda: growth.commands_run(EXPORTS), lambda: growth.commands_run(EXPORTS[1:2])),
    "sessions": (lambda: serving.sessions(100, 120), lambda: serving.sessions(10, 20)),
}


def main() -> None:
    """Measure the parts asked for, or all, and print a table of each as it is done."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="How fast the dashboard is.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all where none is named")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, smaller crowds and records")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    for name in options.parts or PARTS:
        full, quick = PARTS[name]
        sys.stdout.write(f"\n{name}\n\n{as_markdown(quick() if options.quick else full())}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
