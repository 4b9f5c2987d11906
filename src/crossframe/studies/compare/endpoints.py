"""What a comparison asks of a user's own language model: counts begun anew, one process, usage and cost told."""

from typing import Any

from crossframe.errors import InputError
from crossframe.learning.endpoint.client import Endpoint, close_endpoints, is_endpoint
from crossframe.studies.compare.event import Options, chosen_aligner, chosen_stance_model


def begin_asking(options: Options, jobs: int) -> None:
    """Start a run's count of calls at zero and read the configuration anew, where an endpoint takes part.

    Parameters
    ----------
    options : Options
        Of the run.
    jobs : int
        Processes side by side.

    Raises
    ------
    InputError
        When several processes would ask: each would count by itself, and none could hold to ``most_calls``.
    """
    if not (is_endpoint(options.aligner) or is_endpoint(options.stance_model)):
        return
    if jobs > 1:
        raise InputError(
            f"Invalid number of jobs {jobs!r} with an endpoint. It must be 1, so that most_calls holds for the run."
        )
    close_endpoints()
    chosen_aligner.cache_clear()
    chosen_stance_model.cache_clear()


def describe_asking(options: Options) -> list[dict[str, Any]]:
    """Return what was asked of each endpoint: roles, address, model, calls, tokens, cost; empty where none took part.

    Parameters
    ----------
    options : Options
        Of the run.

    Returns
    -------
    list of dict
        One an endpoint; aligner and stance model that share one are told together.
    """
    asked: dict[Endpoint, list[str]] = {}
    for role, model in (
        ("aligner", chosen_aligner(options.aligner, options.encoder)),
        ("stance", chosen_stance_model(options.stance_model)),
    ):
        endpoint = getattr(model, "endpoint", None)
        if isinstance(endpoint, Endpoint):
            asked.setdefault(endpoint, []).append(role)
    return [{"roles": roles, **endpoint.describe()} for endpoint, roles in asked.items()]
