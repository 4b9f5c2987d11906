"""PDF files made by hand: text in Helvetica at given places, page by page."""

import zlib
from collections.abc import Sequence
from typing import NamedTuple


class Placed(NamedTuple):
    """A line of text at a place of a page, in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 10


def make_pdf(pages: Sequence[Sequence[Placed]], *, compressed: bool = True) -> bytes:
    """Return a PDF with one text object per line, in the order given."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for page in pages:
        stream = b"\n".join(_shown(line) for line in page)
        data = zlib.compress(stream) if compressed else stream
        filters = b"/Filter/FlateDecode" if compressed else b""
        objects.append(b"<<%s/Length %d>>stream\n%s\nendstream" % (filters, len(data), data))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _shown(line: Placed) -> bytes:
    text = line.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 %g Tf %g %g Td (%s) Tj ET" % (line.size, line.x, line.y, text)
