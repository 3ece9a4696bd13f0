"""Tiny transformers with seeded random weights, saved as folders like published models."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    PreTrainedTokenizerFast,
)

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
_NAMES = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token"), _SPECIAL, strict=True))
_LONGEST = 64


def save_embedding(
    folder: Path, *, seed: int = 0, prompts: Mapping[str, str] | None = None, longest: int = 32
) -> Path:
    """A sentence-transformers folder of one layer; its vectors are not normalised."""
    torch.manual_seed(seed)
    plain = folder.with_name(f"{folder.name}-plain")
    BertModel(_config()).save_pretrained(plain)
    _tokenizer().save_pretrained(plain)
    module = Transformer(str(plain), max_seq_length=longest)
    pooling = Pooling(module.get_embedding_dimension(), pooling_mode="mean")
    model = SentenceTransformer(
        modules=[module, pooling], device="cpu", prompts=dict(prompts or {})
    )
    model.save(str(folder), create_model_card=False)
    return folder


def save_cross_encoder(folder: Path, *, seed: int = 0, labels: int = 1) -> Path:
    """A folder of a sequence classifier, as cross-encoders are published."""
    torch.manual_seed(seed)
    model = BertForSequenceClassification(_config(num_labels=labels))
    # The first weights are nearly zero and would give all pairs one score.
    model.classifier.weight.data.mul_(50)
    model.save_pretrained(folder)
    _tokenizer().save_pretrained(folder)
    return folder


def spoil(folder: Path) -> None:
    """Replaces every weight of a saved model by what is no number."""
    from safetensors.torch import load_file, save_file  # noqa: PLC0415 - only where asked for

    path = next(folder.rglob("model.safetensors"))
    spoilt = {name: torch.full_like(value, torch.nan) for name, value in load_file(path).items()}
    save_file(spoilt, path, metadata={"format": "pt"})


def set_prompts(folder: Path, prompts: Mapping[str, str]) -> None:
    """Changes the prompts of a saved embedding."""
    path = folder / "config_sentence_transformers.json"
    written = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**written, "prompts": dict(prompts)}), encoding="utf-8")


def _config(**changes: int) -> BertConfig:
    return BertConfig(
        vocab_size=len(_vocabulary()),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=_LONGEST,
        **changes,
    )


def _vocabulary() -> dict[str, int]:
    letters = [chr(code) for code in (*range(0x1100, 0x1200), *range(0x20, 0x7F))]
    pieces = (*_SPECIAL, *letters, *(f"##{letter}" for letter in letters))
    return {piece: number for number, piece in enumerate(pieces)}


def _tokenizer() -> PreTrainedTokenizerFast:
    """Hangul letter by letter: any text has tokens, and long ones many."""
    tokenizer = Tokenizer(models.WordPiece(_vocabulary(), unk_token=_SPECIAL[1]))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFD(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=_LONGEST, **_NAMES)
