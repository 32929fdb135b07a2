"""The list of all figures, one line each: pages, site, brief and exports draw from here alone."""

from collections.abc import Mapping

from components.figures.figure import Figure
from components.figures.stance_map import StanceMap

FIGURES: Mapping[str, type[Figure]] = {figure.name: figure for figure in (StanceMap,)}
