"""python3 -m training <command> [model]"""

import argparse
from importlib import import_module
from pathlib import Path

from .common.config import MODELS, load_config

PACKAGES = {
    "gpt-poem": "gptpoem",
    "gpt-zh": "gptzh",
    "gpt-zh-chat": "gptzh",
    "gpt-review": "gptzh",
    "bert-zh": "bertzh",
    "sentiment-zh": "sentiment",
    "planted": "planted",
    **{f"scale-{size}": "scale" for size in ("90k", "140k", "300k", "600k", "950k")},
}
# command → (what it does, module of the model's package, function); a module is loaded when its command runs
COMMANDS = {
    "data": ("fetch, clean, split and encode the training text", "data", "prepare"),
    "train": ("train, or go on with --resume", "train", "train"),
    "export": ("the trained weights → public/models/<model>", "export", "export"),
    "evaluate": ("measure the exported model on held-out text", "evaluate", "evaluate"),
    "talk": ("ten conversations with the exported chat model, as they come", "talk", "talk"),
    "card": ("write the model card from the run and the evaluation", "card", "write_card"),
    "check": ("opens the exported folder with transformers and compares", "check", "check"),
}


def parse() -> dict[str, object]:
    parser = argparse.ArgumentParser(prog="python3 -m training")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("manifest", help="public/models/manifest.json")
    quantize = commands.add_parser("quantize", help="the exported weights in 8 bits → public/models/<model>-i8")
    quantize.add_argument("model", choices=PACKAGES)
    quantize.add_argument("--output", type=Path, default=MODELS, help="folder of the model folders")
    commands.add_parser("scaling-law", help="the line through what scale-* have lost, and what it predicts")
    commands.add_parser(
        "tools", help="what SHAP, LIME, Captum and others say of the exported models: training/tools.json"
    )
    world = commands.add_parser("world", help="the text of the small world")
    world.add_argument("action", choices=["check", "show"], help="check all of it, or show what a grammar makes")
    world.add_argument("grammar", nargs="?", default="animals", help="of show")
    fixtures = commands.add_parser("fixtures", help="golden files for the TypeScript tests")
    fixtures.add_argument("model", choices=PACKAGES)
    fixtures.add_argument("--variant", default="", help="settings of configs/<model>.<variant>.json")
    for name, (text, _, _) in COMMANDS.items():
        command = commands.add_parser(name, help=text)
        if name == "check":
            command.add_argument("model", choices=PACKAGES, nargs="?", help="all exported ones if left out")
        else:
            command.add_argument("model", choices=PACKAGES)
        command.add_argument("--output", type=Path, default=MODELS, help="folder of the model folders")
        command.add_argument("--variant", default="", help="settings of configs/<model>.<variant>.json")
        if name == "train":
            command.add_argument("--resume", action="store_true")
            command.add_argument("--seconds", type=float, help="stop after so long; --resume goes on")
            command.add_argument("--seed", type=int, help="of scale-*: another run of the same size")
        if name == "evaluate":
            command.add_argument("--split", choices=["val", "test"], default="val")
    return vars(parser.parse_args())


def main() -> None:
    options = parse()
    command, model = options.pop("command"), options.pop("model", None)
    if command == "manifest":
        import_module(".common.manifest", __package__).write_manifest()
    elif command == "scaling-law":
        import_module(".scale.predict", __package__).predict()
    elif command == "tools":
        import_module(".tools", __package__).main()
    elif command == "quantize":
        import_module(".common.quantize", __package__).quantize(load_config(model, options["output"]))
    elif command == "world":
        run = import_module(f".world.{options['action']}", __package__)
        run.check() if options["action"] == "check" else run.show(options["grammar"])
    elif command == "fixtures":
        import_module(".fixtures", __package__).write_fixtures(load_config(model, variant=options["variant"]))
    else:
        _, module, function = COMMANDS[command]
        output, variant = options.pop("output"), options.pop("variant")
        given = {name: value for name, value in options.items() if value is not None}
        exported = [name for name in PACKAGES if (output / name / "model.safetensors").exists()]
        for name in [model] if model else exported:
            run = getattr(import_module(f".{PACKAGES[name]}.{module}", __package__), function)
            run(load_config(name, output, variant), **given)


if __name__ == "__main__":
    main()
