"""CAM++ voice embedding as a pyannote.audio model: waveforms (batch, 1, samples) go in, 192-d vectors come out.

Rewritten from the paper (arXiv 2303.00332) with the parameter names of the published weights (3D-Speaker, Apache-2.0),
so that `campplus_cn_en_common.pt` loads with strict names. The checkpoint in the pipeline folder names this module:
moving it means building that folder again (`transcription.weights` does so by itself, since the path is part of its
fingerprint).
"""

from collections import OrderedDict
from typing import Any

import torch
import torch.nn.functional as functional
import torchaudio.compliance.kaldi as kaldi
from pyannote.audio.core.model import Model
from pyannote.audio.models.blocks.pooling import StatsPool
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

SAMPLE_RATE = 16_000
MEL_BINS = 80
FRAME_SAMPLES = 400
HOP_SAMPLES = 160


def _norm_relu(channels: int) -> nn.Sequential:
    return nn.Sequential(OrderedDict(batchnorm=nn.BatchNorm1d(channels), relu=nn.ReLU()))


class _Residual(nn.Module):
    def __init__(self, channels_in: int, channels_out: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels_in, channels_out, 3, (stride, 1), 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels_out)
        self.conv2 = nn.Conv2d(channels_out, channels_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels_out)
        self.shortcut = nn.Sequential()
        if stride != 1 or channels_in != channels_out:
            self.shortcut = nn.Sequential(
                nn.Conv2d(channels_in, channels_out, 1, (stride, 1), bias=False), nn.BatchNorm2d(channels_out)
            )

    def forward(self, x: Tensor) -> Tensor:
        y = functional.relu(self.bn1(self.conv1(x)))
        return functional.relu(self.bn2(self.conv2(y)) + self.shortcut(x))


class _Head(nn.Module):
    def __init__(self, channels: int = 32) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.layer1 = nn.Sequential(_Residual(channels, channels, 2), _Residual(channels, channels, 1))
        self.layer2 = nn.Sequential(_Residual(channels, channels, 2), _Residual(channels, channels, 1))
        self.conv2 = nn.Conv2d(channels, channels, 3, (2, 1), 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)

    def forward(self, x: Tensor) -> Tensor:
        y = functional.relu(self.bn1(self.conv1(x.unsqueeze(1))))
        y = functional.relu(self.bn2(self.conv2(self.layer2(self.layer1(y)))))
        return y.flatten(1, 2)


class _ContextMask(nn.Module):
    def __init__(self, channels_in: int, channels_out: int, kernel: int, dilation: int) -> None:
        super().__init__()
        padding = (kernel - 1) // 2 * dilation
        self.linear_local = nn.Conv1d(channels_in, channels_out, kernel, padding=padding, dilation=dilation, bias=False)
        self.linear1 = nn.Conv1d(channels_in, channels_in // 2, 1)
        self.linear2 = nn.Conv1d(channels_in // 2, channels_out, 1)

    def forward(self, x: Tensor, segment_frames: int = 100) -> Tensor:
        frames = x.shape[-1]
        local = functional.avg_pool1d(x, segment_frames, segment_frames, ceil_mode=True)
        context = x.mean(-1, keepdim=True) + local.repeat_interleave(segment_frames, dim=-1)[..., :frames]
        mask = torch.sigmoid(self.linear2(functional.relu(self.linear1(context))))
        return self.linear_local(x) * mask


class _Dense(nn.Module):
    def __init__(self, channels_in: int, growth: int, bottleneck: int, kernel: int, dilation: int) -> None:
        super().__init__()
        self.nonlinear1 = _norm_relu(channels_in)
        self.linear1 = nn.Conv1d(channels_in, bottleneck, 1, bias=False)
        self.nonlinear2 = _norm_relu(bottleneck)
        self.cam_layer = _ContextMask(bottleneck, growth, kernel, dilation)

    def forward(self, x: Tensor) -> Tensor:
        return self.cam_layer(self.nonlinear2(self.linear1(self.nonlinear1(x))))


class _Block(nn.ModuleList):
    def __init__(self, layers: int, channels_in: int, growth: int, bottleneck: int, kernel: int, dilation: int) -> None:
        super().__init__()
        for index in range(layers):
            layer = _Dense(channels_in + index * growth, growth, bottleneck, kernel, dilation)
            self.add_module(f"tdnnd{index + 1}", layer)

    def forward(self, x: Tensor) -> Tensor:
        for layer in self:
            x = torch.cat([x, layer(x)], 1)
        return x


def _fuse(owner: nn.Module, convolution: str, holder: nn.Module, norm: str) -> None:
    joined = fuse_conv_bn_eval(owner.get_submodule(convolution), holder.get_submodule(norm))
    owner.set_submodule(convolution, joined)
    holder.set_submodule(norm, nn.Identity())


class CAMPPlus(Model):
    """The embedding network; `dimension` 192, cosine distance."""

    def __init__(
        self, sample_rate: int = SAMPLE_RATE, num_channels: int = 1, embedding_size: int = 192, task: Any = None
    ) -> None:
        super().__init__(sample_rate=sample_rate, num_channels=num_channels, task=task)
        self.save_hyperparameters("sample_rate", "num_channels", "embedding_size")
        self.head = _Head()
        layers: OrderedDict[str, nn.Module] = OrderedDict()
        layers["tdnn"] = nn.Sequential(
            OrderedDict(linear=nn.Conv1d(320, 128, 5, 2, 2, bias=False), nonlinear=_norm_relu(128))
        )
        channels = 128
        for index, (count, kernel, dilation) in enumerate([(12, 3, 1), (24, 3, 2), (16, 3, 2)], 1):
            layers[f"block{index}"] = _Block(count, channels, 32, 128, kernel, dilation)
            channels += count * 32
            layers[f"transit{index}"] = nn.Sequential(
                OrderedDict(nonlinear=_norm_relu(channels), linear=nn.Conv1d(channels, channels // 2, 1, bias=False))
            )
            channels //= 2
        layers["out_nonlinear"] = _norm_relu(channels)
        final = nn.Sequential(OrderedDict(batchnorm=nn.BatchNorm1d(embedding_size, affine=False)))
        layers["dense"] = nn.Sequential(
            OrderedDict(linear=nn.Conv1d(2 * channels, embedding_size, 1, bias=False), nonlinear=final)
        )
        self.xvector = nn.Sequential(layers)
        self.stats = StatsPool()

    @property
    def dimension(self) -> int:
        return int(self.hparams.embedding_size)

    @property
    def frame_dimension(self) -> int:
        """Rows of what `forward_frames` gives."""
        return int(self.xvector.dense.linear.in_channels) // 2

    def fused(self) -> "CAMPPlus":
        """The same network for inference only: normalisations that follow a convolution become part of it."""
        self.eval()
        head = self.head
        _fuse(head, "conv1", head, "bn1")
        _fuse(head, "conv2", head, "bn2")
        for residual in (*head.layer1, *head.layer2):
            _fuse(residual, "conv1", residual, "bn1")
            _fuse(residual, "conv2", residual, "bn2")
            if len(residual.shortcut):
                _fuse(residual.shortcut, "0", residual.shortcut, "1")
        _fuse(self.xvector.tdnn, "linear", self.xvector.tdnn.nonlinear, "batchnorm")
        for block in (self.xvector.block1, self.xvector.block2, self.xvector.block3):
            for layer in block:
                _fuse(layer, "linear1", layer.nonlinear2, "batchnorm")
        self.head = head.to(memory_format=torch.channels_last)
        return self

    def num_frames(self, num_samples: int) -> int:
        mel_frames = 1 + (num_samples - FRAME_SAMPLES) // HOP_SAMPLES
        return (mel_frames - 1) // 2 + 1

    def receptive_field_size(self, num_frames: int = 1) -> int:
        return FRAME_SAMPLES + HOP_SAMPLES * (4 + 2 * (num_frames - 1))

    def receptive_field_center(self, frame: int = 0) -> int:
        return FRAME_SAMPLES // 2 + 2 * HOP_SAMPLES * frame

    def compute_fbank(self, waveforms: Tensor) -> Tensor:
        """(batch, 1, samples) → (batch, frames, 80), mean removed: the front end the weights were trained with."""
        bank = [kaldi.fbank(w, num_mel_bins=MEL_BINS, sample_frequency=SAMPLE_RATE, dither=0.0) for w in waveforms]
        stacked = torch.stack(bank)
        return stacked - stacked.mean(1, keepdim=True)

    def forward_frames(self, waveforms: Tensor) -> Tensor:
        """(batch, 1, samples) → (batch, 512, frames / 2)."""
        y = self.head(self.compute_fbank(waveforms).transpose(1, 2))
        for name, module in self.xvector.named_children():
            if name == "dense":
                break
            y = module(y)
        return y

    def forward_embedding(self, frames: Tensor, weights: Tensor | None = None) -> Tensor:
        # The published model ends without a ReLU; adding one costs accuracy.
        return self.xvector.dense(self.stats(frames, weights=weights).unsqueeze(-1)).squeeze(-1)

    def forward(self, waveforms: Tensor, weights: Tensor | None = None, **_unused: Any) -> Tensor:
        # pyannote sends the same chunk once for each local speaker: each distinct chunk is computed once.
        index: list[int] = []
        distinct: list[int] = []
        for row in range(waveforms.shape[0]):
            if not distinct or not torch.equal(waveforms[distinct[-1]], waveforms[row]):
                distinct.append(row)
            index.append(len(distinct) - 1)
        return self.forward_embedding(self.forward_frames(waveforms[distinct])[index], weights)
