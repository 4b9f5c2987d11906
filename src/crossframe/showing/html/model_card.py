"""Model cards as a notebook shows them: text as written, metrics with bars."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from crossframe.errors import UnknownNameError
from crossframe.models.catalogue import CARD, find_card, shipped_cards
from crossframe.records.display import html_paragraph, html_table
from crossframe.showing.html.markup import html_bar

_NUMBER = re.compile(r"[01]\.\d+")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([\w.-]+\.png)\)")


@dataclass(frozen=True, repr=False)
class ModelCard:
    """The card of a model.

    Parameters
    ----------
    name : str
        Of the model folder.
    text : str
        The card, Markdown.
    folder : Path
        Where its images are.
    """

    name: str
    text: str
    folder: Path

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        blocks = re.split(r"\n{2,}", self.text.strip())
        return str(Markup("<div>{}</div>").format(Markup("").join(map(self._block, blocks))))

    def _block(self, block: str) -> Markup:
        heading = re.fullmatch(r"(#{1,4}) (.*)", block)
        if heading:
            level = min(len(heading[1]) + 1, 4)
            return Markup("<h{0}>{1}</h{0}>").format(level, heading[2])
        if block.startswith("```"):
            return Markup("<pre>{}</pre>").format(re.sub(r"^```\w*\n|\n```$", "", block))
        if block.startswith("|"):
            return _table(block.splitlines())
        image = _IMAGE.fullmatch(block)
        if image and (self.folder / image[2]).is_file():
            png = base64.b64encode((self.folder / image[2]).read_bytes()).decode()
            return Markup('<img alt="{}" src="data:image/png;base64,{}">').format(image[1], png)
        return html_paragraph(block)


def show_model(name_or_folder: str | Path) -> ModelCard:
    """Return the card of a shipped model or an encoder, or of one in a folder that `train` wrote.

    Parameters
    ----------
    name_or_folder : str or Path
        Name of a shipped model, as ``stance-news``, or a model folder.

    Returns
    -------
    ModelCard
        Shows itself where it is the last line of a cell; ``print`` gives its Markdown.

    Raises
    ------
    UnknownNameError
        When there is no such model.

    Examples
    --------
    >>> show_model("frames-news").name
    'frames-news'
    """
    folder = find_card(name_or_folder)
    if folder is None:
        raise UnknownNameError(
            f"Unknown model {str(name_or_folder)!r}. It must be a model folder or one of: {', '.join(shipped_cards())}."
        )
    return ModelCard(folder.name, (folder / CARD).read_text(encoding="utf-8"), folder)


def _table(lines: list[str]) -> Markup:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    body = [row for row in rows[1:] if not all(set(cell) <= set("-: ") for cell in row)]
    width = len(rows[0])
    return html_table(rows[0], [[row[0], *map(_number, row[1:])] for row in body if len(row) == width])


def _number(cell: str) -> Markup | str:
    return html_bar(float(cell), cell) if _NUMBER.fullmatch(cell) and float(cell) <= 1 else cell
