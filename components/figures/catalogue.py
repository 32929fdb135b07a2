"""The list of all figures, one line each: pages, site, brief and exports draw from here alone."""

from collections.abc import Mapping

from components.figures.counts import Counts
from components.figures.crosstab import Crosstab
from components.figures.figure import Figure
from components.figures.film import Film
from components.figures.held_and_promised import HeldAndPromised
from components.figures.history import History
from components.figures.matrix import LeverMatrix
from components.figures.plans import Plans
from components.figures.pledges import Pledges
from components.figures.pool_flow import PoolFlow
from components.figures.reserves import Reserves
from components.figures.stance_map import StanceMap
from components.figures.standing import Standings
from components.figures.stocks import Stocks
from components.figures.suspended import Suspended
from components.figures.tile_map import TileMap
from components.record.cache import remembered
from components.record.model import Record

FIGURES: Mapping[str, type[Figure]] = {
    figure.name: figure
    for figure in (
        StanceMap,
        TileMap,
        Film,
        Counts,
        History,
        Standings,
        LeverMatrix,
        Crosstab,
        HeldAndPromised,
        Stocks,
        PoolFlow,
        Suspended,
        Pledges,
        Reserves,
        Plans,
    )
}


@remembered(most=1)
def figures_in(record: Record) -> Mapping[str, type[Figure]]:
    """The figures that have anything to show of a record, by name."""
    return {name: figure for name, figure in FIGURES.items() if figure.is_in(record)}
