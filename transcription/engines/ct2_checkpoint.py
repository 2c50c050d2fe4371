"""A CTranslate2 Whisper `model.bin` goes in, an openai-whisper model with the same weights comes out.

openai-whisper's own checkpoints are in no package, CTranslate2's are. The tensors are the same, only named and stacked
differently. Only struct, numpy and torch are used: no pickle is read, so a foreign file cannot run code.
"""

import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

if TYPE_CHECKING:
    import torch

#: CTranslate2 data types by id; 5 (bfloat16) has no numpy counterpart and is refused.
_TYPES = {0: "f4", 1: "i1", 2: "i2", 3: "i4", 4: "f2"}
_HEAD_WIDTH = 64  # of every Whisper size; the number of heads is not stored


class CheckpointInvalid(ValueError):
    """Not a CTranslate2 Whisper model, or one whose weights were quantised and cannot be rebuilt exactly."""


def load_model(folder: Path) -> Any:
    """A ready `whisper.Whisper` on the CPU with the weights of a CTranslate2 folder. Raises CheckpointInvalid."""
    from whisper.model import ModelDimensions, Whisper

    dimensions, state = convert(read_variables(folder / "model.bin"))
    model = Whisper(ModelDimensions(**dimensions))
    model.load_state_dict(state, strict=True)
    set_alignment_heads(model, folder)
    return model.eval()


def set_alignment_heads(model: Any, folder: Path) -> None:
    """Word times need to know which heads follow the sound; openai-whisper knows them only for its own model names."""
    import torch

    configuration = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    mask = torch.zeros(model.dims.n_text_layer, model.dims.n_text_head, dtype=torch.bool)
    for layer, head in configuration.get("alignment_heads", []):
        mask[layer, head] = True
    if mask.any():
        model.register_buffer("alignment_heads", mask.to_sparse(), persistent=False)


def read_variables(path: Path) -> dict[str, np.ndarray]:
    """All tensors of a model.bin (binary version 4 to 6): header, variables, then a table of aliases."""
    with path.open("rb") as stream:
        version, specification = _number(stream, "I"), _string(stream)
        if version < 4 or specification != "WhisperSpec":
            raise CheckpointInvalid(f"not a CTranslate2 Whisper model: version {version}, {specification!r}")
        _revision, count = _number(stream, "I"), _number(stream, "I")
        variables = dict(_variable(stream) for _ in range(count))
        for _ in range(_number(stream, "I")):
            alias, name = _string(stream), _string(stream)
            variables[alias] = variables[name]
        if stream.read(1):
            raise CheckpointInvalid("bytes left after the alias table")
    return variables


def convert(variables: dict[str, np.ndarray]) -> tuple[dict[str, int], dict[str, "torch.Tensor"]]:
    """CTranslate2 tensors → (openai-whisper dimensions, state dict). Every weight must find its place."""
    mapper = _Mapper(variables)
    mapper.map_all()
    mapper.check_nothing_left()
    return mapper.dimensions(), mapper.state


class _Mapper:
    def __init__(self, variables: dict[str, np.ndarray]) -> None:
        self.variables = variables
        self.state: dict[str, torch.Tensor] = {}
        self.used: set[str] = set()
        self.layers = {side: self._count_layers(side) for side in ("encoder", "decoder")}

    def map_all(self) -> None:
        # The stored half-precision table is taken as it is: computing it anew differs by up to 5e-4.
        self._copy("encoder.positional_embedding", "encoder/position_encodings/encodings")
        self._linear("encoder.conv1", "encoder/conv1")
        self._linear("encoder.conv2", "encoder/conv2")
        for layer in range(self.layers["encoder"]):
            self._block(f"encoder.blocks.{layer}", f"encoder/layer_{layer}", cross=False)
        self._norm("encoder.ln_post", "encoder/layer_norm")
        self._copy("decoder.token_embedding.weight", "decoder/embeddings/weight")
        self._copy("decoder.positional_embedding", "decoder/position_encodings/encodings")
        for layer in range(self.layers["decoder"]):
            self._block(f"decoder.blocks.{layer}", f"decoder/layer_{layer}", cross=True)
        self._norm("decoder.ln", "decoder/layer_norm")

    def check_nothing_left(self) -> None:
        projection = self.variables.get("decoder/projection/weight")
        if projection is not None:
            if not np.array_equal(projection, self.variables["decoder/embeddings/weight"]):
                raise CheckpointInvalid("projection and embedding differ: openai-whisper ties them")
            self.used.add("decoder/projection/weight")
        floats = {name for name, value in self.variables.items() if value.dtype.kind == "f" and value.ndim >= 1}
        if left := sorted(floats - self.used):
            raise CheckpointInvalid(f"weights without a place: {left[:5]}")

    def dimensions(self) -> dict[str, int]:
        width = self.state["encoder.conv1.weight"].shape[0]
        heads = width // _HEAD_WIDTH
        for side in ("encoder", "decoder"):
            stored = self.variables.get(f"{side}/num_heads")
            if stored is not None and int(stored) != heads:
                raise CheckpointInvalid(f"{side} has {int(stored)} heads, expected {heads}")
        return {
            "n_mels": self.state["encoder.conv1.weight"].shape[1],
            "n_audio_ctx": self.state["encoder.positional_embedding"].shape[0],
            "n_audio_state": width,
            "n_audio_head": heads,
            "n_audio_layer": self.layers["encoder"],
            "n_vocab": self.state["decoder.token_embedding.weight"].shape[0],
            "n_text_ctx": self.state["decoder.positional_embedding"].shape[0],
            "n_text_state": self.state["decoder.token_embedding.weight"].shape[1],
            "n_text_head": heads,
            "n_text_layer": self.layers["decoder"],
        }

    def _count_layers(self, side: str) -> int:
        prefix = f"{side}/layer_"
        names = (name[len(prefix) :].split("/")[0] for name in self.variables if name.startswith(prefix))
        numbers = [int(name) for name in names if name.isdigit()]
        if not numbers:
            raise CheckpointInvalid(f"no layers in the {side}")
        return 1 + max(numbers)

    def _tensor(self, name: str) -> "torch.Tensor":
        import torch

        if name not in self.variables:
            raise CheckpointInvalid(f"{name} is missing")
        value = self.variables[name]
        if value.dtype.kind != "f":
            raise CheckpointInvalid(f"{name} is {value.dtype}: a quantised model cannot be rebuilt exactly")
        self.used.add(name)
        return torch.from_numpy(value.copy())

    def _copy(self, target: str, source: str) -> None:
        self.state[target] = self._tensor(source)

    def _linear(self, target: str, source: str) -> None:
        self._copy(f"{target}.weight", f"{source}/weight")
        self._copy(f"{target}.bias", f"{source}/bias")

    def _norm(self, target: str, source: str) -> None:
        self._copy(f"{target}.weight", f"{source}/gamma")
        self._copy(f"{target}.bias", f"{source}/beta")

    def _stacked(self, target: str, source: str, parts: Sequence[str]) -> None:
        weights = self._tensor(f"{source}/weight").chunk(len(parts))
        biases = self._tensor(f"{source}/bias").chunk(len(parts))
        for part, weight, bias in zip(parts, weights, biases, strict=True):
            self.state[f"{target}.{part}.weight"] = weight.contiguous()
            if part != "key":
                self.state[f"{target}.{part}.bias"] = bias.contiguous()
            elif bias.any():  # Whisper's key has no bias; CTranslate2 stores zeros
                raise CheckpointInvalid(f"{source} has a bias on its key")

    def _block(self, target: str, source: str, *, cross: bool) -> None:
        self._norm(f"{target}.attn_ln", f"{source}/self_attention/layer_norm")
        self._stacked(f"{target}.attn", f"{source}/self_attention/linear_0", ("query", "key", "value"))
        self._linear(f"{target}.attn.out", f"{source}/self_attention/linear_1")
        if cross:
            self._norm(f"{target}.cross_attn_ln", f"{source}/attention/layer_norm")
            self._linear(f"{target}.cross_attn.query", f"{source}/attention/linear_0")
            self._stacked(f"{target}.cross_attn", f"{source}/attention/linear_1", ("key", "value"))
            self._linear(f"{target}.cross_attn.out", f"{source}/attention/linear_2")
        self._norm(f"{target}.mlp_ln", f"{source}/ffn/layer_norm")
        self._linear(f"{target}.mlp.0", f"{source}/ffn/linear_0")
        self._linear(f"{target}.mlp.2", f"{source}/ffn/linear_1")


def _number(stream: BinaryIO, code: str) -> int:
    size = struct.calcsize(code)
    content = stream.read(size)
    if len(content) != size:
        raise CheckpointInvalid("the file breaks off")
    return int(struct.unpack("<" + code, content)[0])


def _string(stream: BinaryIO) -> str:
    return stream.read(_number(stream, "H"))[:-1].decode("utf-8", "replace")


def _variable(stream: BinaryIO) -> tuple[str, np.ndarray]:
    name, rank = _string(stream), _number(stream, "B")
    shape = tuple(_number(stream, "I") for _ in range(rank))
    kind, size = _number(stream, "B"), _number(stream, "I")
    if kind not in _TYPES:
        raise CheckpointInvalid(f"{name}: data type {kind} cannot be rebuilt")
    content = stream.read(size)
    if len(content) != size:
        raise CheckpointInvalid("the file breaks off")
    return name, np.frombuffer(content, "<" + _TYPES[kind]).reshape(shape)
