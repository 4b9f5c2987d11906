"""Tests of stance without training, on a tiny entailment model with random weights."""

import json
import pickle
from pathlib import Path

import numpy as np
import pytest

from crossframe.errors import InputError, MissingDataError, UnknownNameError
from crossframe.judging.stance.by_name import load_stance_model
from crossframe.judging.stance.stance_model import predict_stances
from crossframe.judging.stance.zero_shot import HYPOTHESES, ZeroShotStance, name_target
from crossframe.judging.targets import StanceItem
from crossframe.records import STANCES

WORDS = "smith jones bank is was portrayed negatively neutrally positively praised blamed the a he in of . ,"
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS.split()]
TARGETS = [
    StanceItem("Smith praised Jones.", 0, 5),
    StanceItem("Smith praised Jones.", 14, 19),
    StanceItem("The bank was blamed, he was praised in the bank of Jones.", 21, 23, ((51, 56),)),
]


def make_model(folder: Path, labels: list[str]) -> Path:
    """Write a tiny BERT for sequence classification with random weights and `labels`."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(VOCABULARY), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=64, initializer_range=0.5, id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(vocab={word: i for i, word in enumerate(VOCABULARY)}).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a tiny entailment model whose labels stand in an order of its own."""
    return make_model(tmp_path_factory.mktemp("nli"), ["CONTRADICTION", "entailment", "Neutral"])


@pytest.mark.slow
def test_probability_is_entailment_over_the_sum(folder: Path) -> None:
    """A stance's probability is that its hypothesis is entailed, divided by the sum over the three."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    found = load_stance_model(f"zero-shot:{folder}").predict_proba(TARGETS)
    for target, name, row in zip(TARGETS, ["Smith", "Jones", "Jones"], found, strict=True):
        entailed = []
        for stance in STANCES:
            read = tokenizer(target.text, HYPOTHESES[stance].format(name=name), return_tensors="pt")
            with torch.no_grad():
                entailed.append(float(torch.softmax(model(**read).logits[0], dim=0)[1]))
        assert row == pytest.approx(np.array(entailed) / sum(entailed), abs=1e-5)
    assert np.ptp(found, axis=0).max() > 1e-3


@pytest.mark.slow
def test_order_does_not_matter_and_long_texts_are_cut(folder: Path) -> None:
    """Another order gives the same rows; a text longer than the model reads is judged all the same."""
    model = ZeroShotStance(f"zero-shot:{folder}")
    assert np.array_equal(model.predict_proba(TARGETS)[::-1], model.predict_proba(TARGETS[::-1]))
    long = model.predict_proba([StanceItem("Smith " + "praised Jones " * 80, 0, 5)])
    assert long.sum() == pytest.approx(1)
    assert model.predict_proba([]).shape == (0, 3)
    assert model.fit(TARGETS, ["neutral"] * len(TARGETS)) is model  # nothing to learn
    judged = predict_stances(model, TARGETS)
    assert judged == pytest.approx(model.predict_proba(TARGETS), abs=1e-6)
    assert np.array_equal(judged, predict_stances(model, TARGETS))
    assert np.array_equal(judged, predict_stances(pickle.loads(pickle.dumps(model)), TARGETS))


@pytest.mark.slow
def test_hash_tells_models_apart(folder: Path, tmp_path: Path) -> None:
    """Other labels are another model; two-way entailment is taken, too."""
    other = ZeroShotStance(f"zero-shot:{make_model(tmp_path, ['not_entailment', 'entailment'])}")
    assert other.entailed_ == 1
    assert len(other.hash) == 64
    assert other.hash != ZeroShotStance(f"zero-shot:{folder}").hash


def test_a_pronoun_is_asked_about_by_name() -> None:
    """A pronoun takes the name that stands for the same target; where none does, it is asked about as it is."""
    text = "President Jane Poe said she won."
    assert name_target(StanceItem(text, 24, 27, ((0, 18),))) == "President Jane Poe"
    assert name_target(StanceItem(text, 24, 27)) == "she"
    assert name_target(StanceItem(text, 0, 18)) == "President Jane Poe"


@pytest.mark.parametrize(
    "labels", [{"0": "LABEL_0", "1": "LABEL_1"}, {"0": "entailment"}, None, ["entailment"]]
)
def test_other_labels_are_refused(labels: object, tmp_path: Path) -> None:
    """A model that was not made for entailment is refused before its weights are read."""
    (tmp_path / "config.json").write_text(json.dumps({"id2label": labels}), encoding="utf-8")
    with pytest.raises(InputError, match="They must be entailment, neutral and contradiction"):
        load_stance_model(f"zero-shot:{tmp_path}")


def test_a_damaged_folder_is_refused(tmp_path: Path) -> None:
    """A folder without weights is named in one line."""
    labels = {"0": "entailment", "1": "neutral", "2": "contradiction"}
    (tmp_path / "config.json").write_text(json.dumps({"id2label": labels}), encoding="utf-8")
    with pytest.raises(MissingDataError, match="Invalid entailment model 'zero-shot:"):
        load_stance_model(f"zero-shot:{tmp_path}").predict_proba(TARGETS)


@pytest.mark.parametrize("name", ["", "no/such-model", "bad name!"])
def test_unknown_names_are_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that no folder, cache or hub knows is refused with what would be accepted."""
    import huggingface_hub

    def refuse(*_: object, **__: object) -> str:
        raise OSError("not reachable")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", refuse)
    with pytest.raises(UnknownNameError, match="Unknown entailment model"):
        load_stance_model(f"zero-shot:{name}")
