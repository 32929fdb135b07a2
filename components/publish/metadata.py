"""What the file of a picture says of itself: title, author, licence and what it shows."""

import zlib

from components.publish.pdf import described as pdf_described
from components.publish.picture import Picture

HEADER = 33  # bytes of a PNG up to the end of its first chunk, after which texts may stand


def described(image: bytes, picture: Picture, image_format: str) -> bytes:
    """The image with its metadata; an SVG has its title and description already."""
    if image_format == "pdf":
        words = {"title": picture.title, "author": picture.author, "subject": picture.alt, "rights": picture.rights}
        return pdf_described(image, **words)
    if image_format == "png":
        told = {
            "Title": picture.title,
            "Author": picture.author,
            "Copyright": picture.rights,
            "Description": picture.alt,
        }
        return image[:HEADER] + b"".join(_text(*pair) for pair in told.items()) + image[HEADER:]
    return image


def _text(keyword: str, words: str) -> bytes:
    """A chunk of international text (PNG, third edition, 11.3.3.4)."""
    chunk = b"iTXt" + keyword.encode("latin-1") + bytes(5) + words.encode()
    return (len(chunk) - 4).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4)
