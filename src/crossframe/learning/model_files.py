"""A trained model as a folder: weights as safetensors, configuration and log as JSON, a card; written at once."""

import hashlib
import inspect
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np

from crossframe import storage
from crossframe._validation import suggest_name
from crossframe.errors import InputError, UnknownNameError


class Picklable:
    """Base of what opens encoders, sessions and tokenizers as cached properties: a pickle leaves them out.

    Another process opens them again when it needs them. Cached texts (fingerprints) are kept.
    """

    def __getstate__(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.__dict__.items()
            if isinstance(value, str) or not isinstance(getattr(type(self), name, None), cached_property)
        }


class Estimator(Picklable):
    """Base of trainable models: scikit-learn's contract for parameters, so that ``clone`` works.

    ``__init__`` of a subclass only assigns its keyword arguments; names learned by ``fit`` end in ``_``.
    """

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the parameters of ``__init__`` by name."""
        del deep
        names = [name for name in inspect.signature(type(self).__init__).parameters if name != "self"]
        return {name: getattr(self, name) for name in names}

    def set_params(self, **params: Any) -> Self:
        """Set parameters of ``__init__`` by name."""
        known = self.get_params()
        for name, value in params.items():
            if name not in known:
                raise InputError(
                    f"Invalid parameter {name!r} of {type(self).__name__}. Known: {', '.join(known)}."
                    f"{suggest_name(name, known)}"
                )
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        inner = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"{type(self).__name__}({inner})"


@dataclass(frozen=True)
class ModelFiles:
    """The content of a model folder.

    Parameters
    ----------
    kind : str
        Task: ``aligner``, ``stance`` or ``frames``.
    config : dict
        Configuration as JSON; holds ``kind`` and ``name``.
    arrays : dict of str to ndarray
        Weights.
    card : str
        Model card in Markdown.
    log : dict
        Metrics and data of the training.
    folder : Path or None
        Where it was read from.
    pictures : dict of str to bytes
        PNG files that the card shows, by name; not read back.
    """

    kind: str
    config: dict[str, Any]
    arrays: dict[str, np.ndarray]
    card: str = ""
    log: dict[str, Any] = field(default_factory=dict)
    folder: Path | None = None
    pictures: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def hash(self) -> str:
        """SHA-256 over weights and configuration."""
        return hash_arrays(json.dumps(self.config, sort_keys=True), self.arrays)

    def write(self, folder: Path) -> None:
        """Write the model to `folder` at once; an earlier model there is replaced."""
        from safetensors.numpy import save

        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.part."))
        try:
            arrays = {name: np.ascontiguousarray(array) for name, array in sorted(self.arrays.items())}
            storage.write_bytes(part / "model.safetensors", save(arrays))
            storage.write_json(part / "config.json", {**self.config, "kind": self.kind})
            storage.write_json(part / "log.json", self.log)
            storage.write_text(part / "README.md", self.card)
            for name, content in self.pictures.items():
                storage.write_bytes(part / name, content)
            part.chmod(0o755)
            storage.replace_folder(part, folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def hash_arrays(text: str, arrays: Mapping[str, np.ndarray]) -> str:
    """Return the SHA-256 of `text` and of arrays with their names, in the order of the names."""
    digest = hashlib.sha256(text.encode())
    for name in sorted(arrays):
        digest.update(name.encode() + np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()


def read_model(name_or_folder: str | Path, kind: str, *, also: Sequence[str] = ()) -> ModelFiles:
    """Return the shipped model called so, or the one in that folder.

    Parameters
    ----------
    name_or_folder : str or Path
        Name below ``models/``, or a folder that `train` wrote.
    kind : str
        What it must be: ``aligner``, ``stance`` or ``frames``.
    also : sequence of str
        Further names that the caller takes, for the message where there is no such model.

    Returns
    -------
    ModelFiles
        Configuration and weights.

    Raises
    ------
    UnknownNameError
        When there is no such model.
    InputError
        When the folder is damaged or holds a model of another kind.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load

    name = str(name_or_folder)
    shipped = storage.models_folder() / name
    folder = shipped if "/" not in name and shipped.is_dir() else Path(name)
    if not (folder / "config.json").is_file():
        known = [*sorted(p.parent.name for p in storage.models_folder().glob(f"{kind}-*/config.json")), *also]
        raise UnknownNameError(
            f"Unknown {kind} model {name!r}. It must be a model folder or one of: {', '.join(known)}."
            f"{suggest_name(name, known)}"
        )
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        arrays = load((folder / "model.safetensors").read_bytes())
        log = json.loads((folder / "log.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, SafetensorError) as error:
        raise InputError(f"Invalid model folder {str(folder)!r}: {str(error).splitlines()[0]}.") from None
    if config.get("kind") != kind:
        raise InputError(
            f"Invalid model {str(folder)!r} of kind {config.get('kind')!r}. It must be of kind {kind!r}."
        )
    return ModelFiles(kind, {k: v for k, v in config.items() if k != "kind"}, arrays, log=log, folder=folder)


def check_config(
    model: ModelFiles, keys: Mapping[str, type | tuple[type, ...]], arrays: Mapping[str, int]
) -> None:
    """Raise InputError when configuration or weights lack what the model needs (`arrays`: name to dimensions)."""
    for key, kind in keys.items():
        if not isinstance(model.config.get(key), kind):
            raise InputError(
                f"Invalid {key} {model.config.get(key)!r} in config.json of {str(model.folder)!r}."
            )
    for name, n_dims in arrays.items():
        if name not in model.arrays or model.arrays[name].ndim != n_dims:
            raise InputError(
                f"Invalid weights of {str(model.folder)!r}. {name!r} must have {n_dims} dimensions."
            )
