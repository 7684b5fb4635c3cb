"""All golden files of one model: python3 -m training fixtures <model>."""

from . import fixtures_decoding
from .common.config import ROOT, Config
from .gptpoem import fixtures as gptpoem


def write_fixtures(config: Config) -> None:
    folder = ROOT / "src" / "engine" / "testdata" / config.id
    folder.mkdir(parents=True, exist_ok=True)
    gptpoem.write_fixtures(config, folder)
    fixtures_decoding.write(config.model_folder, folder)
