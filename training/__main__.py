"""python3 -m training <command> [model]"""

import argparse
from importlib import import_module

from .common.config import load_config

# command → (what it does, module, function); a module is loaded when its command runs
COMMANDS = {
    "data": ("fetch, clean, split and encode the training text", ".gptpoem.data", "prepare"),
    "train": ("train, or go on with --resume", ".gptpoem.train", "train"),
    "export": ("newest checkpoint → public/models/<model>", ".gptpoem.export", "export"),
    "evaluate": ("measure the exported model on held-out text", ".gptpoem.evaluate", "evaluate"),
    "card": ("write the model card from the run and the evaluation", ".gptpoem.card", "write_card"),
    "fixtures": ("golden files for the TypeScript tests", ".fixtures", "write_fixtures"),
}
MODELS = ("gpt-poem",)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m training")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("manifest", help="public/models/manifest.json")
    commands.add_parser("check", help="opens every exported folder with transformers and compares")
    for name, (text, _, _) in COMMANDS.items():
        command = commands.add_parser(name, help=text)
        command.add_argument("model", choices=MODELS)
        if name == "train":
            command.add_argument("--resume", action="store_true")
        if name == "evaluate":
            command.add_argument("--split", choices=["val", "test"], default="val")
    options = vars(parser.parse_args())
    command = options.pop("command")
    if command == "manifest":
        import_module(".common.manifest", __package__).write_manifest()
    elif command == "check":
        for model in MODELS:
            import_module(".gptpoem.check", __package__).check(load_config(model))
    else:
        _, module, function = COMMANDS[command]
        getattr(import_module(module, __package__), function)(load_config(options.pop("model")), **options)


if __name__ == "__main__":
    main()
