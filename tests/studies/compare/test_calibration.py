"""The calibration of claims goes with the aligner, and only what was measured is promised of omissions."""

import pytest

from crossframe.contrasting.absence import AbsenceCurve
from crossframe.errors import InputError
from crossframe.matching.aligners import load_aligner
from crossframe.matching.baselines import BASELINES
from crossframe.matching.claims import ClaimSettings
from crossframe.studies.compare.calibration import ClaimCalibration, calibration_of, describe_promise


def test_numbers_go_with_the_model() -> None:
    """What is stored in a model's configuration comes back; a model without takes the default; nonsense is refused."""
    chosen = ClaimCalibration(ClaimSettings(0.3, 0.5), AbsenceCurve(-1.0, -0.5, 0.7))
    assert ClaimCalibration.from_config(chosen.to_config()) == chosen
    assert ClaimCalibration.from_config({}) == ClaimCalibration()
    aligner = load_aligner("aligner-lexical")
    aligner.calibration_ = chosen.to_config()  # type: ignore[attr-defined,unused-ignore]
    assert calibration_of(aligner) == chosen
    with pytest.raises(InputError, match="Invalid calibration of claims"):
        ClaimCalibration.from_config({"claims": {"glue": 0.1}})


def test_what_is_promised_of_omissions() -> None:
    """Only what training recorded on unseen events is promised; an aligner that calls none says so."""
    lexical, none = load_aligner("aligner-lexical"), "nothing is promised"
    assert "none is called" in describe_promise(lexical)
    lexical.calibration_ = ClaimCalibration(absence=AbsenceCurve(-1.0, -1.0, 0.6123)).to_config()  # type: ignore[attr-defined,unused-ignore]
    said = describe_promise(lexical)
    assert "from a certainty of 0.61" in said
    assert "basil" in said
    assert "0.85" in said
    lexical.log_ = {}  # type: ignore[attr-defined,unused-ignore]
    assert none in describe_promise(lexical)
    assert "p_absent" not in describe_promise(lexical)  # its curve stands
    for name in BASELINES:
        assert none in describe_promise(load_aligner(name))
        assert "Nor is p_absent calibrated" in describe_promise(load_aligner(name))
