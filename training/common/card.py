"""What all model cards share: the curve of a run, tables, and the filling of a template."""

from collections.abc import Iterable
from pathlib import Path
from string import Template

from safetensors import safe_open

from .config import Config

NAMES = {
    "step": "步",
    "tokens": "百万词元",
    "seconds": "分钟",
    "train_loss": "训练损失",
    "val_loss": "验证损失",
    "val_top_1": "填对",
    "val_next_sentence": "下一句判对",
    "val_accuracy": "验证准确率",
}

# corpora as the cards call them, by the names that documents carry
CORPORA = {
    "reviews": "评论",
    "instructions": "指令和回答",
    "tatoeba": "例句",
    "dialogue": "对话",
    "encyclopedia": "百科",
    "idioms": "成语、歇后语",
    "ai-textbooks": "深度学习教材",
    "debian-docs": "Debian 文档",
    "everyday": "日常的句子",
    "patterns": "句型",
    "world-stories": "小世界：手写的故事",
    "world-chats": "小世界：手写的问答",
    "world-grammars": "小世界：语法生成的",
    "world-drills": "小世界：语法生成的练习",
}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; the first column is text, the others are numbers."""
    head = list(head)
    lines = [head, ["---", *(["--:"] * (len(head) - 1))], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def curve(log: list[dict[str, float]]) -> str:
    def cell(name: str, value: float) -> str:
        if name == "tokens":
            return f"{value / 1e6:.1f}"
        if name == "seconds":
            return f"{value / 60:.0f}"
        return f"{value:.0f}" if name == "step" else f"{value:.3f}" if name.endswith("_loss") else f"{value:.1%}"

    columns = list(log[0])
    return table([NAMES[name] for name in columns], [[cell(name, row[name]) for name in columns] for row in log])


def precision(weights: Path) -> str:
    """The element types of a safetensors file, such as F16."""
    with safe_open(weights, "pt") as file:
        return "、".join(sorted({file.get_slice(name).get_dtype() for name in file.keys()}))  # noqa: SIM118


def fill(config: Config, template: Path, state: dict, fields: dict[str, object]) -> None:
    """Writes README.md of the model folder from the template, the run and the given fields."""
    weights = config.model_folder / "model.safetensors"
    shared = {
        **config.model,
        **config.train,
        "parameters": f"{sum(tensor.numel() for tensor in state['model'].values()):,}",
        "megabytes": f"{weights.stat().st_size / 1e6:.1f}",
        "precision": precision(weights),
        "vocabulary": len(state["vocab"]),
        "steps": state["steps"],
        "million_tokens": f"{state['tokens'] / 1e6:.1f}",
        "minutes": f"{state['seconds'] / 60:.0f}",
        "epochs": state["number"] + 1,
        "settings": f"training/configs/{config.id}{'.' if config.variant else ''}{config.variant}.json",
        "curve": curve(state["log"]),
    }
    text = Template(template.read_text()).substitute(shared | fields)
    (config.model_folder / "README.md").write_text(text)
