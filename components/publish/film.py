"""The stance map through time as a GIF, or as an MP4, to be shown where nothing can be clicked.

Belongs here: which days a film has, what stands in a frame beside the map, and how long each is seen.
Does not belong here: the film that plays in the page (charts.film), and the map itself.
"""

import argparse
import datetime as dt
import io
import math
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from components.figures.catalogue import CHARTS, Options
from components.figures.theme import EDGE, SMALL_SIZE, Frame, Style
from components.publish.options import a_day, refuse, run
from components.record.model import Record
from components.record.reading import DEFAULT_FOLDER
from components.record.shapes import load_shapes
from components.record.wording import counted, day_in_words
from components.summaries.colouring import Colouring, class_counts
from components.summaries.sources import citation, publishers_line, source_ids
from components.summaries.time import moved

if TYPE_CHECKING:
    from PIL.Image import Image

    from components.publish.images import Drawing

STEPS = {"month": "ME", "quarter": "QE", "change": ""}  # the end of each period, as pandas calls it
TICKS = 25  # in a second: the frames of the MP4, and times that both a GIF and the readers of GIFs can keep
TABS = 2  # of the browser: frames drawn at once
HELD = 4  # times as long as another is the last frame seen, at the least
COLOUR_SPACE = 1  # ITU-R BT.709
COLOURS = 96  # of a GIF; more make it larger and no one sees them
NARROWEST, WIDEST = 320, 1920
ROOMY = 700  # pixels, from which on there is an edge of the same width as in an image
CHARACTER = 6.4  # pixels that a character of small text takes at the most, with some to spare
MAP_SHAPE = 2.1  # the width of the map by its height
DATE_SIZE, BAND = 30, 84  # pixels: the day in large, and the height of what stands between map and footer
DATE_AT, BAR_AT, BAR_THICK, KNOB, YEARS_AT = 8, 52, 4, 6, 60  # pixels from the lower edge of the map
NEAR_END = 0.04  # of the bar
YEAR_ROOM = 44  # pixels that the label of a year needs
FIGURE_SPACE = "\N{FIGURE SPACE}"


@dataclass(frozen=True, slots=True)
class Film:
    """What all frames share: the days, the words around the map, how it is drawn and how wide it is in pixels."""

    record: Record
    days: Sequence[dt.date]
    words: Frame
    style: Style
    width: int


def main(arguments: list[str] | None = None) -> int:
    """Write the film and return the exit code."""
    return run(_parser().parse_args(arguments), _write_film)


def _write_film(record: Record, _day: dt.date, options: argparse.Namespace) -> int:
    from PIL.Image import open as opened  # noqa: PLC0415
    from tqdm import tqdm  # noqa: PLC0415 - the dashboard runs without the image libraries

    from components.publish.images import ChromiumLost, NoChromium, renderer, write_whole  # noqa: PLC0415

    first, last = _ends(record, options)
    days = film_days(record, first, last, options.step, with_first=options.first is not None)
    ticks = shown_for(len(days), options.seconds)
    film = a_film(record, days, options.theme, options.width)
    writers = [(image_format, WRITERS[image_format]()) for image_format in options.format]
    images: dict[dt.date, Image] = {}
    try:
        with renderer(TABS) as browser, tqdm(total=len(days), unit="frame", file=sys.stderr) as progress:

            def take(day: dt.date, png: bytes) -> None:
                images[day] = opened(io.BytesIO(png)).convert("RGB")
                progress.update()

            browser.draw_each(_drawings(film), take)
    except (NoChromium, ChromiumLost) as missing:
        return refuse(str(missing), 2)
    for image_format, written in writers:
        path = options.out / f"film-{days[0].isoformat()}-{days[-1].isoformat()}.{image_format}"
        write_whole(path, written([images[day] for day in days], ticks))
        sys.stdout.write(f"{path}: {counted(len(days), 'frame')}, {path.stat().st_size / 1e6:.1f} MB\n")
    return 0


def _ends(record: Record, options: argparse.Namespace) -> tuple[dt.date, dt.date]:
    """The first and the last day asked for, or the record's. Raises ValueError for days that it does not hold."""
    start, end = record.tracker.start, record.tracker.data_until
    first, last = options.first or start, options.last or end
    if not start <= first <= last <= end:
        raise ValueError(f"--from {first} --to {last} is not in the record: choose days in order from {start} to {end}")
    return first, last


def film_days(record: Record, first: dt.date, last: dt.date, step: str, *, with_first: bool) -> list[dt.date]:
    """The days of the frames, in order: the last, and before it each end of a period or each day of a new stance.

    `step` is a key of STEPS; the first day is among them where `with_first` says so.
    """
    moments = moved(record, last)["date"] if step == "change" else pd.date_range(first, last, freq=STEPS[step])
    days = {moment.date() for moment in moments}
    return sorted({day for day in days if first <= day <= last} | {last} | ({first} if with_first else set()))


def shown_for(frames: int, seconds: float) -> list[int]:
    """For how many ticks each frame is seen, so that all take that many seconds: as long as each other, then the last.

    Raises ValueError where the film is too short for its frames.
    """
    ticks = round(seconds * TICKS)
    each = ticks // (frames - 1 + HELD)
    if each < 1:
        needed = math.ceil((frames - 1 + HELD) / TICKS)
        raise ValueError(f"{counted(frames, 'frame')} need {needed} seconds: choose --seconds {needed} or more")
    return [each] * (frames - 1) + [ticks - each * (frames - 1)]


def a_film(record: Record, days: Sequence[dt.date], theme: str, width: int) -> Film:
    """What the frames of those days share: words that say what of when, and from whom."""
    edge = 24 if width >= ROOMY else EDGE
    style = Style("dark" if theme == "dark" else "light", int((width - 2 * edge) / CHARACTER), edge, load_shapes())
    rows = record.stances[record.stances["date"] <= pd.Timestamp(days[-1])]
    title = f"{CHARTS['map'].title(record, Options())}, {day_in_words(days[0])} to {day_in_words(days[-1])}"
    words = Frame(title, record.tracker.question, (publishers_line(record, source_ids(rows)), f"{citation(record)}."))
    return Film(record, days, words, style, width)


def draw_frame(film: Film, day: dt.date) -> Any:
    """The figure of a day: the catalogue's map with the day in large and how far the film is between map and footer.

    Title, legend and footer take the same room on every day, so that nothing but colours, numbers and bar moves.
    """
    chart = CHARTS["map"]
    coloured, *rest = chart.frames(film.record, day, Options())
    figure = chart.draw((_counts_as_wide(coloured), *rest), film.words, film.style)
    own = [annotation.to_plotly_json() for annotation in figure.layout.annotations]
    for annotation in own:
        if annotation["y"] == 0:  # the footer: the band comes between the map and it
            annotation["yshift"] -= BAND
    figure.layout.annotations = [*own, _day_in_large(day, film.style), *_years(film)]
    figure.layout.shapes = [*figure.layout.shapes, *_bar(film, day)]
    margin = figure.layout.margin
    height = margin.t + margin.b + BAND + (film.width - margin.l - margin.r) / MAP_SHAPE
    figure.update_layout(margin_b=margin.b + BAND, height=2 * round(height / 2))  # an MP4 has even sides
    return figure


def _counts_as_wide(coloured: Colouring) -> Colouring:
    """The colouring with blanks before the counts of its legend, each a digit wide, so that all are of one length."""
    counts = class_counts(coloured)
    most = len(str(len(coloured.frame)))
    classes = [
        replace(shade, label=shade.label + FIGURE_SPACE * (most - len(str(counts[shade.code]))))
        for shade in coloured.classes
    ]
    return replace(coloured, classes=tuple(classes))


def _day_in_large(day: dt.date, style: Style) -> dict[str, Any]:
    font = {"size": DATE_SIZE, "color": style.palette.ink}
    return {**_below(DATE_AT), "text": f"<b>{day_in_words(day)}</b>", "x": 0, "xanchor": "left", "font": font}


def _years(film: Film) -> list[dict[str, Any]]:
    """Each January's year below its place on the bar, or every second or third year where there is no room for all."""
    first, last = film.days[0], film.days[-1]
    years = range(first.year + 1, last.year + 1)
    every = math.ceil(len(years) * YEAR_ROOM / film.width) or 1
    font = {"size": SMALL_SIZE, "color": film.style.palette.quiet}
    label = {**_below(YEARS_AT), "font": font}
    places = {str(year): _place(film, dt.date(year, 1, 1)) for year in years[::every]}
    return [{**label, "text": year, "x": place, "xanchor": _side(place)} for year, place in places.items()]


def _side(place: float) -> str:
    """Where a label begins, so that one near an end of the bar does not leave the frame."""
    return "left" if place < NEAR_END else "right" if place > 1 - NEAR_END else "center"


def _bar(film: Film, day: dt.date) -> list[dict[str, Any]]:
    """The whole time as a line, what has been of it in another colour, and a knob where it stands."""
    palette, place = film.style.palette, _place(film, day)
    line = {"type": "rect", "xref": "paper", "yref": "paper", "ysizemode": "pixel", "yanchor": 0, "line": {"width": 0}}
    high = {"y0": -BAR_AT, "y1": -BAR_AT - BAR_THICK}
    middle = -BAR_AT - BAR_THICK / 2
    knob = {**line, "type": "circle", "xsizemode": "pixel", "xanchor": place, "x0": -KNOB, "x1": KNOB}
    return [
        {**line, **high, "x0": 0, "x1": 1, "fillcolor": palette.rule},
        {**line, **high, "x0": 0, "x1": place, "fillcolor": palette.accent},
        {**knob, "y0": middle - KNOB, "y1": middle + KNOB, "fillcolor": palette.accent},
    ]


def _place(film: Film, day: dt.date) -> float:
    """Where a day stands between the first and the last one, from 0 to 1."""
    first, last = film.days[0], film.days[-1]
    return (day - first) / (last - first) if last > first else 1.0


def _below(y: int) -> dict[str, Any]:
    """Text y pixels below the lower edge of the map."""
    placed = {"xref": "paper", "y": 0, "yref": "paper", "yanchor": "top", "yshift": -y}
    return {**placed, "showarrow": False, "borderpad": 0}


def _drawings(film: Film) -> Iterator[tuple[dt.date, "Drawing"]]:
    """Each frame as the browser asks for it, with its day."""
    from components.publish.images import Drawing  # noqa: PLC0415

    for day in film.days:
        yield day, Drawing(draw_frame(film, day), "png", film.width)


def as_gif(images: Sequence["Image"], ticks: Sequence[int]) -> bytes:
    """The images as an endless GIF with one palette for all of them, so that no colour flickers."""
    from PIL import Image  # noqa: PLC0415

    palette = _palette(images)
    frames = [Image.fromarray(_places(image, palette)) for image in images]
    for frame in frames:
        frame.putpalette(palette.astype(np.uint8).tobytes())
    written = io.BytesIO()
    times = [round(number * 1000 / TICKS) for number in ticks]
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:], duration=times, loop=0, optimize=False)
    return written.getvalue()


def _palette(images: Sequence["Image"]) -> np.ndarray:
    """The colours that take the most room in any of the images, exactly as they are: a row of three numbers each."""
    seen: dict[Any, int] = {}
    for image in images:
        for number, colour in image.getcolors(1 << 24) or []:
            seen[colour] = max(seen.get(colour, 0), number)
    return np.array(sorted(seen, key=lambda colour: (-seen[colour], colour))[:COLOURS], dtype=np.int64)


def _places(image: "Image", palette: np.ndarray) -> np.ndarray:
    """For each pixel the place of the nearest colour in the palette; Pillow's own search is not exact."""
    pixels = np.asarray(image).astype(np.int64)
    packed, where = np.unique(pixels @ np.array([1 << 16, 1 << 8, 1]), return_inverse=True)
    colours = np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=1)
    nearest = ((colours[:, None] - palette) ** 2).sum(axis=2).argmin(axis=1)
    return nearest.astype(np.uint8)[where].reshape(pixels.shape[:2])


def _video() -> Callable[[Sequence["Image"], Sequence[int]], bytes]:
    """The writer of an MP4; it asks for its library at once, and not after all frames have been drawn."""
    import av  # noqa: PLC0415

    def as_mp4(images: Sequence["Image"], ticks: Sequence[int]) -> bytes:
        frame: Any = av.VideoFrame
        with tempfile.TemporaryDirectory(prefix="film-") as folder:  # to begin at once, a film is put in order on disk
            path = Path(folder) / "film.mp4"
            with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
                stream = _stream(container, images[0].size)
                for image, number in zip(images, ticks, strict=True):
                    drawn = frame.from_image(image).reformat(format="yuv420p", dst_colorspace=COLOUR_SPACE)
                    for _ in range(number):
                        drawn.pts = None  # the encoder counts on from the one before
                        container.mux(stream.encode(drawn))
                container.mux(stream.encode(None))
            return path.read_bytes()

    return as_mp4


def _stream(container: Any, size: tuple[int, int]) -> Any:
    """A stream of H.264 that says which numbers its colours are: players guess by its size otherwise."""
    stream = container.add_stream("libx264", rate=TICKS, options={"crf": "18", "tune": "animation"})
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.codec_context.colorspace = stream.codec_context.color_primaries = COLOUR_SPACE
    stream.codec_context.color_trc = COLOUR_SPACE
    return stream


WRITERS: dict[str, Callable[[], Callable[[Sequence["Image"], Sequence[int]], bytes]]] = {
    "gif": lambda: as_gif,
    "mp4": _video,
}


def _width(text: str) -> int:
    if not text.isdecimal() or not NARROWEST <= int(text) <= WIDEST:
        raise argparse.ArgumentTypeError(f"“{text}” is no width: choose from {NARROWEST} to {WIDEST} pixels")
    return 2 * (int(text) // 2)  # an MP4 has even sides


def _parser() -> argparse.ArgumentParser:
    description = "Write the stance map through time as a film."
    made = argparse.ArgumentParser(prog="python -m components.export film", description=description)
    made.set_defaults(as_of=None)
    made.add_argument("--from", dest="first", type=a_day, metavar="DATE", help="default: the record's first day")
    made.add_argument("--to", dest="last", type=a_day, metavar="DATE", help="default: the record's last day")
    made.add_argument("--step", choices=STEPS, default="month", help="a frame for the end of each month (the default) "
                      "or quarter, or for each day on which a stance changed")  # fmt: skip
    made.add_argument("--format", nargs="+", choices=WRITERS, default=["gif"], help="default: gif")
    made.add_argument("--theme", choices=("light", "dark"), default="light", help="default: light")
    made.add_argument("--seconds", type=float, default=16, metavar="N", help="how long the film is (default: 16)")
    made.add_argument("--width", type=_width, default=900, metavar="PX", help="default: 900")
    made.add_argument("--out", type=Path, default=Path("exports"), metavar="PATH", help="default: exports")
    made.add_argument("--data", type=Path, default=DEFAULT_FOLDER, metavar="FOLDER", help="default: data/")
    return made
