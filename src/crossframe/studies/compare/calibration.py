"""What an aligner's probabilities mean for claims and omissions, and what may be promised of omissions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from crossframe.contrasting.absence import AbsenceCurve
from crossframe.errors import InputError
from crossframe.matching.aligner import Aligner, AlignerDetails
from crossframe.matching.claims import ClaimSettings

OMISSION_PRECISION = 0.85
"""Share of called omissions that must be right, by what annotators agree on, on events the curve was not fitted on."""
_UNCALIBRATED = (
    "Nor is p_absent calibrated: this aligner brings no curve of absence, and the default was chosen with another aligner. "
    "Estimates that rest on it, as rates of omission do, are no better."
)


@dataclass(frozen=True)
class ClaimCalibration:
    """Settings of claims and the curve of absence, as chosen from gold for one aligner."""

    claims: ClaimSettings = field(default_factory=ClaimSettings)
    absence: AbsenceCurve = field(default_factory=AbsenceCurve)

    def to_config(self) -> dict[str, dict[str, float]]:
        """Return the numbers as they are stored in a model's configuration."""
        return {"claims": asdict(self.claims), "absence": asdict(self.absence)}

    @classmethod
    def from_config(cls, config: Mapping[str, Mapping[str, float]]) -> "ClaimCalibration":
        """Return the record of `to_config`; what is missing takes the default.

        Raises
        ------
        InputError
            When a number has an unknown name.

        Examples
        --------
        >>> chosen = ClaimCalibration(ClaimSettings(merge=0.3))
        >>> ClaimCalibration.from_config(chosen.to_config()) == chosen
        True
        """
        try:
            return cls(ClaimSettings(**config.get("claims", {})), AbsenceCurve(**config.get("absence", {})))
        except TypeError as error:
            raise InputError(f"Invalid calibration of claims {dict(config)!r}. {error}.") from None


def calibration_of(aligner: Aligner) -> ClaimCalibration:
    """Return the calibration of an aligner that has one (``calibration_``), else the default."""
    return ClaimCalibration.from_config(AlignerDetails.of(aligner).calibration)


def describe_promise(aligner: Aligner) -> str:
    """Return what may be expected of ``p_absent`` and of the omissions that an aligner's calibration calls.

    Parameters
    ----------
    aligner : Aligner
        Only what training measured on events that the aligner had not seen (``log_["out_of_fold"]``) is promised.

    Returns
    -------
    str
        One to three sentences.
    """
    details = AlignerDetails.of(aligner)
    curve = ClaimCalibration.from_config(details.calibration).absence
    if curve == AbsenceCurve() or "out_of_fold" not in details.log:
        nothing = (
            "Left out: no events with gold have set this aligner's threshold of certainty, so nothing is promised about "
            "omissions that it calls."
        )
        return f"{nothing} {_UNCALIBRATED}" if curve == AbsenceCurve() else nothing
    if curve.threshold >= 1.0:
        return "Left out: none is called, since none was certain enough on the events that calibrated the aligner."
    return (
        f"Left out: called from a certainty of {curve.threshold:.2f}, where a third outlet has the claim too. On the events of "
        f"{details.data[0]} that set this threshold, each aligned by a model that had not seen it, about "
        f"{OMISSION_PRECISION:.2f} of the called omissions were right by what annotators agree on; other news may differ."
    )
