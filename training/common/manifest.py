"""public/models/manifest.json: what the site may load, with sizes and hashes for checking a download."""

import hashlib
import json
from pathlib import Path

from safetensors import safe_open

from .config import MODELS
from .hf_export import write_json
from .quantize import SCALE

ABOUT = json.loads((Path(__file__).parents[1] / "models.json").read_text())


def parameters(weights: Path) -> int:
    with safe_open(weights, "pt") as file:
        return sum(file.get_tensor(name).numel() for name in file.keys() if not name.endswith(SCALE))  # noqa: SIM118


def entry(folder: Path) -> dict[str, object]:
    config = json.loads((folder / "config.json").read_text())
    files = [
        {
            "path": path.name,
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in sorted(folder.iterdir())
        if path.suffix != ".md"
    ]
    return {
        "id": folder.name,
        **ABOUT[folder.name],
        "architecture": config["model_type"],
        "parameters": parameters(folder / "model.safetensors"),
        "context": config.get("n_positions") or config["max_position_embeddings"],
        "files": files,
    }


def write_manifest() -> None:
    folders = sorted(path.parent for path in MODELS.glob("*/model.safetensors"))
    write_json(MODELS / "manifest.json", {"models": [entry(folder) for folder in folders]})
    for folder in folders:
        total = sum(path.stat().st_size for path in folder.iterdir())
        print(f"{folder.name}: {total / 1e6:.1f} MB")
