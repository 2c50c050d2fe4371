"""Where whisperX can run: an environment of its own, on top of ours, since its pins contradict ours.

whisperX 3.8 asks for torch 2.8 and an older hub client. `make` lays a small environment over ours with its own packages
alone; if it then imports, it is measured, and if not, the reason is printed. Nothing is taken from a hub: it runs on
the same base weights, with its own voice activity weights (in its wheel), and without its aligner, whose weights exist
on a hub only.
"""

import os
import subprocess
import sys
from pathlib import Path

#: Exact versions; installed without their own requirements.
PACKAGES = (
    "whisperx==3.8.6", "nltk", "pandas", "omegaconf", "antlr4-python3-runtime==4.9.3", "transformers", "tokenizers",
    "safetensors", "regex", "defusedxml",
)  # fmt: skip
_IMPORTS = "import benchmarks.speech.runners.whisperx_alone as w; w.check()"
_HOUSE = Path(__file__).resolve().parents[2]


def interpreter(folder: Path) -> tuple[str | None, str]:
    """(interpreter that can import whisperX, "") or (None, why not)."""
    python = folder / "bin" / "python"
    if not python.is_file():
        return None, f"not installed: python -m benchmarks.speech.whisperx {folder}"
    environment = {**os.environ, "PYTHONPATH": str(_HOUSE), "PYTHONWARNINGS": "ignore"}
    tried = subprocess.run(
        [str(python), "-c", _IMPORTS], env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    if tried.returncode == 0:
        return str(python), ""
    return None, (tried.stderr.strip().splitlines() or ["?"])[-1]


def make(folder: Path) -> None:
    """Lay the environment over the one this runs in. Raises CalledProcessError where a package cannot be had."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    inside = next((folder / "lib").glob("python*/site-packages"))
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    (inside / "house.pth").write_text(f"import site; site.addsitedir({ours!r})\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--ignore-installed", *PACKAGES], check=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
