"""All golden files of one model: python3 -m training fixtures <model>."""

from .common.config import ROOT, Config


def write_fixtures(config: Config) -> None:
    folder = ROOT / "src" / "engine" / "testdata" / config.id
    folder.mkdir(parents=True, exist_ok=True)
    if config.id == "gpt-poem":
        from . import fixtures_decoding
        from .gptpoem import fixtures

        fixtures.write_fixtures(config, folder)
        fixtures_decoding.write(config.model_folder, folder)
    elif config.id == "bert-zh":
        from .bertzh import fixtures

        fixtures.write_fixtures(config, folder)
    elif config.id == "sentiment-zh":
        from .sentiment import fixtures

        fixtures.write_fixtures(config, folder)
    elif config.id == "planted":
        from .planted import fixtures

        fixtures.write_fixtures(config, folder)
    elif config.id.startswith("scale-"):
        from .scale import fixtures

        fixtures.write_fixtures(config, folder)
    else:
        from .gptzh import fixtures

        fixtures.write_fixtures(config, folder)
