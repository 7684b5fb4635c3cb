"""From the finished run to public/models/<model>, in 8 bits."""

from safetensors.torch import save_file

from ..common.config import Config
from ..common.loop import final_state
from ..gptzh import export as gptzh
from .train import run_of
from .weights import in_8_bits


def export(config: Config) -> None:
    gptzh.export(run_of(config))
    weights = config.model_folder / "model.safetensors"
    tensors = {name: tensor.contiguous() for name, tensor in in_8_bits(config, final_state(config)).items()}
    save_file(tensors, weights, metadata={"format": "pt"})
    weights.chmod(0o644)  # save_file leaves it to the owner alone
    print(f"in 8 bits                {weights.stat().st_size:9} bytes")
