"""The frames of a film, PNGs one after another, as a GIF or an MP4."""

import io
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

TICKS = 10  # in a second: the frames of the MP4, and times that both a GIF and the readers of GIFs can keep
COLOUR_SPACE = 1  # ITU-R BT.709
COLOURS = 96  # of a GIF; more make it larger and no one sees them
SMALLER = 2  # times as small is a GIF: it has no sound way to be large


def as_gif(frames: Sequence[bytes], ticks: Sequence[int], about: str) -> bytes:
    """The frames as an endless GIF with one palette for all of them, so that no colour flickers."""
    from PIL import Image  # noqa: PLC0415

    images = [opened(frame).reduce(SMALLER) for frame in frames]
    palette = _palette(images)
    made = [Image.fromarray(_places(image, palette)) for image in images]
    for image in made:
        image.putpalette(palette.astype(np.uint8).tobytes())
    written = io.BytesIO()
    times = [round(number * 1000 / TICKS) for number in ticks]
    made[0].save(
        written, "GIF", save_all=True, append_images=made[1:], duration=times, loop=0, optimize=False, comment=about
    )
    return written.getvalue()


def opened(frame: bytes) -> "Image":
    """A frame as an image."""
    from PIL import Image  # noqa: PLC0415

    return Image.open(io.BytesIO(frame)).convert("RGB")


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


def _video() -> Callable[[Sequence[bytes], Sequence[int], str], bytes]:
    """The writer of an MP4; it asks for its library at once, and not after all frames have been drawn."""
    import av  # noqa: PLC0415

    def as_mp4(frames: Sequence[bytes], ticks: Sequence[int], about: str) -> bytes:
        frame: Any = av.VideoFrame
        with tempfile.TemporaryDirectory(prefix="film-") as folder:  # to begin at once, a film is put in order on disk
            path = Path(folder) / "film.mp4"
            with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
                container.metadata["title"] = about
                stream = _stream(container, opened(frames[0]).size)
                for png, number in zip(frames, ticks, strict=True):
                    drawn = frame.from_image(opened(png)).reformat(format="yuv420p", dst_colorspace=COLOUR_SPACE)
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


WRITERS: dict[str, Callable[[], Callable[[Sequence[bytes], Sequence[int], str], bytes]]] = {
    "mp4": _video,
    "gif": lambda: as_gif,
}
