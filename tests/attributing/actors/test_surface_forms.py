"""Forms of names and what they tell."""

from dataclasses import replace

from crossframe.attributing.actors.surface_forms import collect_forms
from crossframe.attributing.names.spotting import spot_names


def test_acronyms(make_sentences) -> None:
    """A body's acronym in brackets is its own; a state, an agency or a person's party is none."""
    forms = collect_forms(
        spot_names(
            make_sentences(
                "The Regional Trade Council (RTC) met. Ann Poe (Ohio) spoke. Denver (AP) slept. "
                "The Kurdish Workers Movement (PKK) spoke."
            )
        )
    )
    acronyms = {key: set(form.acronyms) for key, form in forms.items() if form.acronyms}
    assert acronyms == {"regional trade council": {"RTC"}, "kurdish workers movement": {"PKK"}}


def test_kind_by_surname(make_sentences) -> None:
    """A name of unknown first word is a person's when its last word says something."""
    forms = collect_forms(spot_names(make_sentences("They met Xanthe Quill. Quill said no.")))
    assert forms["xanthe quill"].kind == "person"


def test_a_place_that_says_something_is_no_person(make_sentences) -> None:
    """What a finder calls a place stays one, whoever speaks in its name."""
    spotted = spot_names(make_sentences("They met Xanthe Quill. Quill said no."))
    placed = [replace(name, kind="place" if " " in name.text else name.kind) for name in spotted]
    assert collect_forms(placed)["xanthe quill"].kind == ""
