"""Small sounds made on the spot: silence, noise, tones, and files that are broken in known ways."""

import wave
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

DEMO = Path(__file__).parents[1] / "data" / "demo" / "hop-giao-ban.flac"


def tone(seconds: float, *, rate: int = 16_000, level: float = 0.3, hertz: float = 220.0) -> NDArray[np.float32]:
    moments = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hertz * moments)).astype(np.float32)


def silence(seconds: float, *, rate: int = 16_000) -> NDArray[np.float32]:
    return np.zeros(round(seconds * rate), dtype=np.float32)


def noise(seconds: float, *, level: float = 0.1, seed: int = 1) -> NDArray[np.float32]:
    generator = np.random.default_rng(seed)
    return (level * generator.standard_normal(round(seconds * 16_000))).astype(np.float32)


def write_wav(path: Path, samples: NDArray[np.float32], *, rate: int = 16_000, channels: int = 1) -> Path:
    """16-bit PCM; with two channels the same sound on both."""
    integers = np.clip(np.rint(samples * 32767), -32768, 32767).astype("<i2")
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.repeat(integers, channels).tobytes())
    return path


def write_media(
    path: Path, samples: NDArray[np.float32], codec: str, *, rate: int = 16_000, faststart: bool = False
) -> Path:
    """Encode with PyAV; the container follows the name."""
    options = {"movflags": "faststart"} if faststart else {}
    with av.open(str(path), "w", options=options) as container:
        stream = container.add_stream(codec, rate=rate)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="fltp", layout="mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=rate)
        fifo = av.AudioFifo()
        for piece in resampler.resample(frame):
            fifo.write(piece)
        size = stream.codec_context.frame_size or 1024
        while (chunk := fifo.read(size, partial=True)) is not None:
            for packet in stream.encode(chunk):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return path


def write_silent_video(path: Path) -> Path:
    """One second of grey, without any sound track."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(10):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 128, dtype=np.uint8), format="rgb24")
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return path


def demo_stretch(start: float, end: float) -> NDArray[np.float32]:
    """A stretch of the sample briefing."""
    from transcription.media import decode

    samples, _truncated = decode(DEMO)
    return samples[round(start * 16_000) : round(end * 16_000)]
