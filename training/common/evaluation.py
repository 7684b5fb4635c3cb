"""What every evaluation ends with."""

import json
import time

from .config import Config
from .hf_export import write_json


def save(config: Config, split: str, result: dict[str, object], started: float) -> None:
    """Prints a result and keeps it in the run folder; the test split's (until then val's) goes with the model."""
    result = {"split": split, **result, "seconds": round(time.monotonic() - started)}
    write_json(config.run_folder / f"evaluation-{split}.json", result)
    if split == "test" or not (config.run_folder / "evaluation-test.json").exists():
        write_json(config.model_folder / "evaluation.json", result)
    print(json.dumps(result, ensure_ascii=False, indent=2))
