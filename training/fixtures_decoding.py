"""Fixtures for the decoders: what generate() of transformers answers, on a toy model and on gpt-poem itself.

decoding-toy.json  a model of a few numbers that the test rebuilds: many searches, exact to the last step
decoding.json      gpt-poem: greedy, beams and filtered distributions

A search in which two texts are all but equally good would hang on rounding. So for each setting only prompts
are used whose result stays when small noise is added to all logits or log-probabilities.
"""

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import (
    GenerationConfig,
    GenerationMixin,
    GPT2LMHeadModel,
    LogitsProcessor,
    PretrainedConfig,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)
from transformers.modeling_outputs import CausalLMOutput

Settings = dict[str, Any]  # names as in the engine's GenerationSettings
END = 0

NAMES = {
    "doSample": "do_sample",
    "numBeams": "num_beams",
    "temperature": "temperature",
    "topK": "top_k",
    "topP": "top_p",
    "repetitionPenalty": "repetition_penalty",
    "noRepeatNgramSize": "no_repeat_ngram_size",
    "lengthPenalty": "length_penalty",
    "earlyStopping": "early_stopping",
    "numReturnSequences": "num_return_sequences",
    "maxNewTokens": "max_new_tokens",
}

GREEDY: list[Settings] = [{}, {"repetitionPenalty": 1.3}, {"noRepeatNgramSize": 2}]
BEAMS: list[Settings] = [
    {"numBeams": 2, "numReturnSequences": 2},
    {"numBeams": 4, "numReturnSequences": 3},
    {"numBeams": 8, "numReturnSequences": 3},
    {"numBeams": 4, "numReturnSequences": 3, "lengthPenalty": 0},
    {"numBeams": 4, "numReturnSequences": 3, "lengthPenalty": 2},
    {"numBeams": 4, "numReturnSequences": 3, "lengthPenalty": 0, "earlyStopping": True},
    {"numBeams": 4, "numReturnSequences": 3, "earlyStopping": True},
    {"numBeams": 4, "numReturnSequences": 3, "earlyStopping": "never"},
    {"numBeams": 4, "numReturnSequences": 3, "repetitionPenalty": 1.3},
    {"numBeams": 4, "numReturnSequences": 3, "noRepeatNgramSize": 2},
]
TOY_BEAMS: list[Settings] = [
    *BEAMS,
    {"numBeams": 3, "lengthPenalty": -1},
    {"numBeams": 3, "lengthPenalty": 2, "earlyStopping": "never"},
    {"numBeams": 3, "numReturnSequences": 3, "maxNewTokens": 4},
    {"numBeams": 5, "numReturnSequences": 5, "repetitionPenalty": 0.8, "noRepeatNgramSize": 3},
]
SEVERAL_ENDS: list[Settings] = [
    {"endIds": [END, 7]},
    {"endIds": [END, 3, 7], "numBeams": 3, "numReturnSequences": 3},
    {"endIds": [END, 7], "numBeams": 4, "numReturnSequences": 4, "earlyStopping": True},
]
FILTERS: list[Settings] = [
    {"temperature": 0.7, "topK": 10},
    {"topP": 0.6},
    {"temperature": 1.3, "topK": 50, "topP": 0.8, "repetitionPenalty": 1.2, "noRepeatNgramSize": 2},
    {"temperature": 0.5, "topP": 0.9},
    {"repetitionPenalty": 1.5, "topK": 5},
    {"topP": 0},
]

TITLES = ("春晓", "秋夜", "送友人", "江雪", "山中", "梅花", "登高", "月夜", "江上", "秋思")
PROMPTS = [f"[{form}]{title}[诗]" for title in TITLES for form in ("七绝", "五绝")]
PROMPTS_EACH = 4  # for each setting
NOISE = 1e-4  # some times the error of our f32 logits
TRIES = 2


class Noise(LogitsProcessor):
    """Uniform noise on every log-probability."""

    def __init__(self, size: float, seed: int) -> None:
        self.size, self.generator = size, torch.Generator().manual_seed(seed)

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        return scores + self.size * (2 * torch.rand(scores.shape, generator=self.generator) - 1)


class ToyModel(PreTrainedModel, GenerationMixin):
    """Rows of logits; each token leads on to the row (31 · row + token) mod rows, so that order matters."""

    config_class = PretrainedConfig
    main_input_name = "input_ids"

    def __init__(self, rows: Tensor) -> None:
        super().__init__(PretrainedConfig(vocab_size=rows.shape[1], num_hidden_layers=1))
        self.rows = torch.nn.Parameter(rows)

    def forward(self, input_ids: Tensor, **_: object) -> CausalLMOutput:
        row = torch.zeros(len(input_ids), dtype=torch.long)
        for token in input_ids.T:
            row = (31 * row + token) % len(self.rows)
        return CausalLMOutput(logits=self.rows[row][:, None])


def generate(model: Any, prompt: list[int], settings: Settings, noise: Noise | None = None) -> Any:
    """generate() with everything off that the settings leave out."""
    floats = ("temperature", "topP", "repetitionPenalty", "lengthPenalty")
    own = {name: value for name, value in settings.items() if name != "endIds"}
    given = {NAMES[name]: float(value) if name in floats else value for name, value in own.items()}
    if settings.get("doSample"):
        given = {"top_k": 0, "top_p": 1.0, "temperature": 1.0, **given}
    config = GenerationConfig(
        eos_token_id=settings.get("endIds", END),
        pad_token_id=END,
        use_cache=not isinstance(model, ToyModel),
        return_dict_in_generate=True,
        output_scores=True,
        **given,
    )
    processors = [noise] if noise else []
    return model.generate(torch.tensor([prompt]), generation_config=config, logits_processor=processors)


def search(model: Any, prompt: list[int], settings: Settings, noise: Noise | None = None) -> Settings:
    """The texts that greedy or beam search finds, without their padding; the scores of beams."""
    out = generate(model, prompt, settings, noise)
    texts = [row[len(prompt) :].tolist() for row in out.sequences]
    texts = [ended(text, settings.get("endIds", [END])) for text in texts]
    scores = [round(score, 6) for score in out.sequences_scores.tolist()] if "numBeams" in settings else None
    return {"prompt": prompt, "settings": settings, "texts": texts, "scores": scores}


def ended(text: list[int], ends: list[int]) -> list[int]:
    """A text up to what ends it."""
    first = next((place for place, token in enumerate(text) if token in ends), len(text))
    return text[: first + 1]


def filtered(model: Any, history: list[int], settings: Settings, noise: Noise | None = None) -> Settings:
    """The distribution of the next token after all filters: ids that are left, and their probabilities."""
    out = generate(model, history, {**settings, "doSample": True, "maxNewTokens": 1}, noise)
    probabilities = out.scores[0][0].softmax(-1)
    kept = probabilities.nonzero().flatten().tolist()
    return {
        "history": history,
        "settings": settings,
        "kept": kept,
        "probabilities": [round(p, 6) for p in probabilities[kept].tolist()],
    }


def toy_fixture() -> Settings:
    generator = torch.Generator().manual_seed(1)
    rows = (1.5 * torch.randn(101, 20, generator=generator)).round(decimals=2)
    rows[:, END] += 2  # so that texts end in many lengths, and the ways to stop early differ
    model = ToyModel(rows)
    prompts = [[1], [2, 3], [4, 5, 6], [7, 8, 7, 8], [9], [10, 11]]
    runs = [
        search(model, prompt, {"maxNewTokens": 15, **settings})
        for prompt in prompts
        for settings in GREEDY + TOY_BEAMS + SEVERAL_ENDS
    ]
    filters = [filtered(model, prompt, settings) for prompt in prompts for settings in FILTERS]
    return {"rows": [[round(x, 2) for x in row] for row in rows.tolist()], "runs": runs, "filters": filters}


def settled(compute: Callable[[str, Noise | None], Settings], chosen: str) -> list[Settings]:
    """The results for the first prompts whose choices noise does not change."""
    results = []
    for text in PROMPTS:
        result = compute(text, None)
        if all(compute(text, Noise(NOISE, seed))[chosen] == result[chosen] for seed in range(TRIES)):
            results.append({"text": text, **result})
        if len(results) == PROMPTS_EACH:
            print(f"{result['settings']}: {', '.join(each['text'] for each in results)}", flush=True)
            return results
    raise RuntimeError(f"too few prompts for {result['settings']}: add more")


def model_fixture(folder: Path) -> Settings:
    model = GPT2LMHeadModel.from_pretrained(folder, dtype=torch.float32).eval()
    model.generation_config = GenerationConfig()  # the folder's own would fill in what a setting leaves out
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))

    @cache
    def encode(text: str) -> list[int]:
        return tokenizer(text, add_special_tokens=False)["input_ids"]

    @cache
    def history(text: str) -> list[int]:
        """A prompt and the first tokens of its poem, so that there is something to repeat."""
        return encode(text) + search(model, encode(text), {"maxNewTokens": 12})["texts"][0]

    def runs(settings: Settings) -> list[Settings]:
        settings = {"maxNewTokens": 40, **settings}
        return settled(lambda text, noise: search(model, encode(text), settings, noise), "texts")

    def filters(settings: Settings) -> list[Settings]:
        return settled(lambda text, noise: filtered(model, history(text), settings, noise), "kept")

    return {
        "weights": hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest(),
        "runs": [runs(settings) for settings in GREEDY + BEAMS],
        "filters": [filters(settings) for settings in FILTERS],
    }


def write(model_dir: Path, out_dir: Path) -> None:
    torch.set_num_threads(1)  # one token at a time is too little work to share
    out_dir.mkdir(parents=True, exist_ok=True)
    for name, fixture in (("decoding-toy", toy_fixture()), ("decoding", model_fixture(model_dir))):
        path = out_dir / f"{name}.json"
        path.write_text(json.dumps(fixture, ensure_ascii=False, separators=(",", ":")) + "\n")
        print(f"{path} {path.stat().st_size} bytes")
