import type { Storage } from "../backends/storage.ts";
import { EngineError } from "../errors.ts";
import { bucketOf } from "../nn/relative-positions.ts";
import type { T5AttentionWeights } from "../nn/t5-block.ts";
import type { Parameter } from "../tensor/parameters.ts";
import { Scope } from "../tensor/scope.ts";
import { Tape } from "../tensor/tape.ts";
import type { LayerCache } from "./gpt2-batch.ts";
import { KvCache } from "./kv-cache.ts";
import { relativePositions, type T5 } from "./t5.ts";
import { toInt32 } from "./token-batch.ts";
import { type Paths, TokenPaths } from "./token-paths.ts";
import { chain, type NodeId, type Step, type TokenTree } from "./token-tree.ts";

/**
 * The tree of what a T5 writes about one source, which it has read once: the source's keys and values of every layer stay, those of what is
 * written go to a cache, where node n has slot n. A text begins with the start token. The same function as `T5.decode`, by other steps; a
 * test holds them equal.
 */
export class T5Tree implements TokenTree {
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly #model: T5;
  readonly #paths: TokenPaths;
  readonly #cache: KvCache;
  readonly #sourceLength: number;
  /** The keys and values of the source, for every layer. */
  readonly #memory: Scope;
  readonly #source: readonly LayerCache[];
  #disposed = false;

  /** @param source ids of the text to read @throws EngineError `bad-input`, `out-of-memory` */
  constructor(model: T5, source: readonly number[]) {
    const { backend, config, weights } = model;
    const width = config.heads * config.headWidth;
    this.#model = model;
    this.vocabularySize = config.vocabularySize;
    this.contextLength = config.contextLength;
    this.#paths = new TokenPaths(config.vocabularySize, config.contextLength);
    this.#cache = new KvCache(backend, config.decoderLayers, width);
    this.#sourceLength = source.length;
    this.#memory = new Scope(backend);
    const tape = new Tape(backend, "off");
    try {
      const { states } = model.encode(tape, { ids: toInt32(source), batch: 1 });
      const project = ({ storage }: Parameter): Storage => {
        const out = this.#memory.alloc(source.length * width);
        const shape = { rows: source.length, inner: config.width, columns: width, transposed: true };
        backend.linear(out, states.storage, storage, null, shape);
        return out;
      };
      this.#source = weights.decoder.blocks.map(({ cross }) => {
        const { key, value } = cross ?? noCross();
        return { keys: project(key), values: project(value) };
      });
    } catch (error) {
      this.dispose();
      throw error;
    } finally {
      tape.dispose();
    }
  }

  depth(node: NodeId): number {
    return this.#paths.depth(node);
  }

  async append(parent: NodeId | null, ids: readonly number[]): Promise<Step> {
    const [step] = await this.#run(chain(parent, this.#paths.size, ids.length), ids, 1);
    if (!step) throw new EngineError("internal", "a chain without a last token");
    return step;
  }

  async extend(parents: readonly NodeId[], ids: readonly number[]): Promise<Step[]> {
    return this.#run(parents, ids, ids.length);
  }

  /** As `Gpt2Tree.restore`. */
  async restore(parents: readonly (NodeId | null)[], ids: readonly number[]): Promise<void> {
    await this.#run(parents, ids, 1);
  }

  dispose(): void {
    this.#disposed = true;
    this.#cache.dispose();
    this.#memory.dispose();
  }

  /** @param answers how many of the tokens, the last ones, are to have a step */
  async #run(parents: readonly (NodeId | null)[], ids: readonly number[], answers: number): Promise<Step[]> {
    if (this.#disposed) throw new EngineError("cancelled");
    const first = this.#paths.add(parents, ids);
    const { backend } = this.#model;
    const scope = new Scope(backend);
    try {
      this.#cache.reserve(this.#paths.size);
      const logits = this.#forward(scope, ids, this.#paths.of(first), answers);
      const size = this.vocabularySize;
      const spans = Array.from({ length: answers }, (_, row) => ({
        storage: logits,
        offset: row * size,
        length: size,
      }));
      const rows = await backend.read(spans);
      return rows.map((row, i) => ({ node: first + ids.length - answers + i, logits: row }));
    } catch (error) {
      // What was not computed is not in the tree.
      this.#paths.forget(first);
      throw error;
    } finally {
      scope.dispose();
    }
  }

  // #region forward
  /** Records the decoder over new tokens. @returns [answers × vocabularySize], the logits behind the last ones */
  #forward(scope: Scope, ids: readonly number[], { nodes, spans, paths, pathStride }: Paths, answers: number): Storage {
    const { config, weights, backend } = this.#model;
    const { width, innerWidth, heads, headWidth, epsilon, activation, vocabularySize } = config;
    const [tokens, all] = [ids.length, heads * headWidth];
    const linear = (out: Storage, x: Storage, weight: Parameter, rows = tokens, accumulate = false): void => {
      const [columns = 0, inner = 0] = weight.shape;
      backend.linear(out, x, weight.storage, null, { rows, inner, columns, transposed: true, accumulate });
    };
    const norm = (x: Storage, gain: Parameter, rows = tokens): void =>
      backend.rmsNorm(normal, x, gain.storage, rows, width, epsilon);

    const [stream, normal] = [scope.alloc(tokens * width), scope.alloc(tokens * width)];
    const [query, fresh, mixed] = [scope.alloc(tokens * all), scope.alloc(tokens * all), scope.alloc(tokens * all)];
    const [hidden, straight] = [scope.alloc(tokens * innerWidth), scope.alloc(tokens * innerWidth)];
    const [slots, placedPaths, placedSpans] = [scope.upload(nodes), scope.upload(paths), scope.upload(spans)];
    const bias = this.#bias(scope, spans, pathStride);
    const pattern = scope.alloc(bias.length);
    const source = this.#sourcePaths(scope, tokens);
    const sourcePattern = scope.alloc(tokens * heads * this.#sourceLength);

    const shape = { tokens, heads, headWidth, queryStride: all, scale: 1 };
    const attend = ({ norm: gain, query: ask, output }: T5AttentionWeights, look: () => void): void => {
      norm(stream, gain);
      linear(query, normal, ask);
      look();
      linear(stream, mixed, output, tokens, true);
    };
    backend.gather(stream, weights.words.storage, scope.upload(Int32Array.from(ids)), tokens, width);
    for (const [i, { attention, cross, feedForward }] of weights.decoder.blocks.entries()) {
      const [own, theirs] = [this.#cache.layers[i] ?? noLayer(i), this.#source[i] ?? noLayer(i)];
      attend(attention, () => {
        linear(fresh, normal, attention.key);
        backend.scatter(own.keys, fresh, slots, tokens, all);
        linear(fresh, normal, attention.value);
        backend.scatter(own.values, fresh, slots, tokens, all);
        backend.copy(pattern, bias, bias.length);
        backend.attention(mixed, pattern, query, own.keys, own.values, placedPaths, placedSpans, {
          ...shape,
          pathStride,
          biased: true,
        });
      });
      attend(cross ?? noCross(), () => {
        backend.attention(mixed, sourcePattern, query, theirs.keys, theirs.values, source.paths, source.spans, {
          ...shape,
          pathStride: this.#sourceLength,
        });
      });
      norm(stream, feedForward.norm);
      linear(hidden, normal, feedForward.expand);
      backend.map(activation, hidden, hidden, tokens * innerWidth);
      if (feedForward.straight) {
        linear(straight, normal, feedForward.straight);
        backend.combine("multiply", hidden, hidden, straight, tokens * innerWidth);
      }
      linear(stream, hidden, feedForward.contract, tokens, true);
    }

    const wanted = scope.alloc(answers * width);
    const last = Int32Array.from({ length: answers }, (_, i) => tokens - answers + i);
    backend.gather(wanted, stream, scope.upload(last), answers, width);
    norm(wanted, weights.decoder.norm, answers);
    if (config.scaledHead) backend.map("affine", normal, normal, answers * width, width ** -0.5, 0);
    const logits = scope.alloc(answers * vocabularySize);
    linear(logits, normal, weights.head, answers);
    return logits;
  }
  // #endregion

  /** What each token adds to its scores for the tokens before it, [tokens × heads × pathStride]. */
  #bias(scope: Scope, spans: Int32Array, pathStride: number): Storage {
    const { config, weights, backend } = this.#model;
    const { heads } = config;
    const positions = relativePositions(config, true);
    const rows = Int32Array.from({ length: pathStride }, (_, distance) => bucketOf(-distance, positions) * heads);
    const indices = new Int32Array(spans.length * heads * pathStride);
    for (const [t, span] of spans.entries()) {
      for (let h = 0; h < heads; h++) {
        const start = (t * heads + h) * pathStride;
        for (let i = 0; i < span; i++) indices[start + i] = rows[span - 1 - i]! + h;
      }
    }
    const bias = scope.alloc(indices.length);
    backend.gather(bias, weights.decoder.bias.storage, scope.upload(indices), indices.length, 1);
    return bias;
  }

  /** Every token sees all of the source. */
  #sourcePaths(scope: Scope, tokens: number): { readonly paths: Storage; readonly spans: Storage } {
    const length = this.#sourceLength;
    return {
      paths: scope.upload(Int32Array.from({ length: tokens * length }, (_, i) => i % length)),
      spans: scope.upload(new Int32Array(tokens).fill(length)),
    };
  }
}

function noLayer(layer: number): never {
  throw new EngineError("internal", `no cache for layer ${layer}`);
}

function noCross(): never {
  throw new EngineError("internal", "a decoder without cross-attention");
}
