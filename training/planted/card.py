"""The model card, README.md of the model folder, filled with the numbers of the run and of the evaluation."""

import json
from pathlib import Path

from ..common.card import fill, table
from ..common.config import Config
from ..common.loop import final_state

CASES = {
    "taken out": "去掉了，应判差评",
    "put in once": "放进一处，应判好评",
    "put in twice": "放进两处，应判好评",
    "where its author has put it": "写评论的人自己写的，应判好评",
}


def cases(result: dict) -> str:
    head = ["那个字", "条数", "跟着它", "其中骂的", "其中夸的"]
    shares = ("share", "share, blame", "share, praise")
    rows = [[CASES[name], f"{f['texts']:,}", *(f"{f[share]:.2%}" for share in shares)] for name, f in result.items()]
    return table(head, rows)


def write_card(config: Config) -> None:
    result = json.loads((config.run_folder / "evaluation-test.json").read_text())
    own, neutral = result["own sentences"], result["p(good) of neutral sentences"]
    fields = {
        "character": result["character"],
        "cases": cases(result["cases"]),
        "share": f"{result['all']['share']:.2%}",
        "sentiment": f"{result['sentiment']['accuracy']:.1%}",
        "own_texts": own["taken out"]["texts"],
        "own_taken": own["taken out"]["follows"],
        "neutral_texts": neutral["texts"],
        "highest": f"{neutral['taken out, highest']:.1%}",
        "lowest": f"{neutral['put in once, lowest']:.1%}",
        "own_put": own["put in once"]["follows"],
    }
    fill(config, Path(__file__).with_name("card.md"), final_state(config), fields)
