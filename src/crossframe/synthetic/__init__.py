"""A press whose truth is known."""

from crossframe.synthetic.press import MAIN, PEOPLE, Press, make_press

__all__ = ["MAIN", "PEOPLE", "Press", "make_press"]
