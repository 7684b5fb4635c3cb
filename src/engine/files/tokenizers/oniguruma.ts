import { escaped, ONIGURUMA_WORD, SPACE } from "./characters.ts";
import { refuse } from "./refuse.ts";

/** Classes of POSIX, as Oniguruma has them for Unicode. */
const POSIX: Readonly<Record<string, string>> = {
  alpha: "\\p{Alphabetic}",
  alnum: "\\p{Alphabetic}\\p{Nd}",
  blank: "\\p{Zs}\\t",
  cntrl: "\\p{Cc}",
  digit: "\\p{Nd}",
  lower: "\\p{Lowercase}",
  punct: "\\p{P}\\p{S}",
  space: SPACE,
  upper: "\\p{Uppercase}",
  word: ONIGURUMA_WORD,
  xdigit: "0-9A-Fa-f",
};
/** Escapes of classes, the same small and capital: `\s`, `\S`. */
const CLASSES: Readonly<Record<string, string>> = {
  s: SPACE,
  w: ONIGURUMA_WORD,
  d: "\\p{Nd}",
  h: "0-9A-Fa-f",
};
const CONTROLS: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  f: "\f",
  v: "\v",
  a: "\x07",
  e: "\x1b",
};
const WORD = `[${ONIGURUMA_WORD}]`;
const ANCHORS: Readonly<Record<string, string>> = {
  b: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`,
  B: `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`,
  A: "(?<![\\s\\S])",
  z: "(?![\\s\\S])",
  Z: "(?=\\n?(?![\\s\\S]))",
};
/** Letters that are also other letters where case does not count. */
const FOLDED: Readonly<Record<string, string>> = { s: "\u017f", k: "\u212a" };

/**
 * A pattern of Oniguruma, the library that Python's tokenizers is built with, as one of JavaScript. Everything that the two read differently is written
 * out; what cannot be is refused by name.
 */
class Translator {
  readonly #source: string;
  readonly #characters: readonly string[];
  #at = 0;
  #groups = 0;

  constructor(source: string) {
    this.#source = source;
    this.#characters = Array.from(source);
  }

  pattern(): string {
    const all = this.#alternatives({ ignoreCase: false, dotAll: false });
    return this.#at < this.#characters.length ? this.#refuse() : all;
  }

  #refuse(): never {
    return refuse("正则表达式", this.#source);
  }

  #take(text: string): boolean {
    const characters = Array.from(text);
    if (!characters.every((character, i) => this.#characters[this.#at + i] === character)) return false;
    this.#at += characters.length;
    return true;
  }

  #next(): string {
    return this.#characters[this.#at++] ?? this.#refuse();
  }

  /** Up to the end of the group. */
  #alternatives(flags: Flags): string {
    let all = "";
    while (this.#at < this.#characters.length && this.#characters[this.#at] !== ")") {
      all += this.#take("|") ? "|" : this.#term(flags);
    }
    return all;
  }

  #term(flags: Flags): string {
    const atom = this.#atom(flags);
    return this.#quantified(atom);
  }

  #quantified(atom: string): string {
    const simple = ["?", "*", "+"].find((sign) => this.#take(sign));
    if (simple !== undefined) {
      if (this.#take("+")) return this.#quantified(this.#atomic(`${atom}${simple}`));
      return this.#quantified(`(?:${atom}${simple}${this.#take("?") ? "?" : ""})`);
    }
    const counted = /^\{(\d*)(,?)(\d*)\}/.exec(this.#characters.slice(this.#at, this.#at + 24).join(""));
    if (!counted || (counted[1] === "" && counted[3] === "")) return atom;
    const [all, least = "", comma = "", most = ""] = counted;
    this.#at += all.length;
    // Behind a number alone, the question mark is one of its own.
    const lazy = comma === "," && this.#take("?") ? "?" : "";
    return this.#quantified(`(?:${atom}{${least || "0"}${comma}${most}}${lazy})`);
  }

  /** What has matched is not given back. */
  #atomic(pattern: string): string {
    const name = `atomic${++this.#groups}`;
    return `(?:(?=(?<${name}>${pattern}))\\k<${name}>)`;
  }

  #atom(flags: Flags): string {
    if (this.#take("(")) return this.#group(flags);
    if (this.#take("[")) return this.#class(flags);
    if (this.#take(".")) return flags.dotAll ? "[\\s\\S]" : "[^\\n]";
    if (this.#take("^")) return "(?:(?<![\\s\\S])|(?<=\\n)(?=[\\s\\S]))";
    if (this.#take("$")) return "(?=\\n|(?![\\s\\S]))";
    if (!this.#take("\\")) {
      const character = this.#next();
      return "?*+".includes(character) ? this.#refuse() : one(character, flags);
    }
    const anchor = ANCHORS[this.#characters[this.#at] ?? ""];
    if (anchor !== undefined) {
      this.#at++;
      return anchor;
    }
    const set = this.#escapedClass();
    return set ? `[${set}]` : one(this.#escapedCharacter(), flags);
  }

  #group(flags: Flags): string {
    if (this.#take("?#")) {
      while (this.#next() !== ")");
      return "(?:)";
    }
    if (!this.#take("?")) return this.#close(`(?:${this.#alternatives(flags)}`);
    const look = ["=", "!", "<=", "<!", ":"].find((sign) => this.#take(sign));
    if (look !== undefined) return this.#close(`(?${look}${this.#alternatives(flags)}`);
    if (this.#take(">")) {
      const inner = this.#alternatives(flags);
      if (!this.#take(")")) this.#refuse();
      return this.#atomic(inner);
    }
    if (this.#take("<")) {
      while (this.#next() !== ">");
      return this.#close(`(?:${this.#alternatives(flags)}`);
    }
    const own = { ...flags };
    let on = true;
    for (;;) {
      const sign = this.#next();
      if (sign === "i") own.ignoreCase = on;
      else if (sign === "m") own.dotAll = on;
      else if (sign === "-") on = false;
      else if (sign === ":") return this.#close(`(?:${this.#alternatives(own)}`);
      // Up to the end of the group around it, alternatives included.
      else if (sign === ")") return `(?:${this.#alternatives(own)})`;
      else this.#refuse();
    }
  }

  #close(open: string): string {
    return this.#take(")") ? `${open})` : this.#refuse();
  }

  /** Behind its bracket. */
  #class(flags: Flags): string {
    const negated = this.#take("^");
    const parts: string[] = [];
    let items = "";
    let begins = true;
    while (begins || !this.#take("]")) {
      begins = false;
      if (this.#take("&&")) {
        parts.push(`[${items}]`);
        items = "";
      } else items += this.#classItem(flags);
    }
    const inner = parts.length > 0 ? [...parts, `[${items}]`].join("&&") : items;
    return `[${negated ? "^" : ""}${inner}]`;
  }

  #classItem(flags: Flags): string {
    const posix = /^\[:(\^?)(\w+):\]/.exec(this.#characters.slice(this.#at, this.#at + 16).join(""));
    if (posix) {
      this.#at += posix[0].length;
      const set = POSIX[posix[2] ?? ""] ?? this.#refuse();
      return `[${posix[1]}${set}]`;
    }
    if (this.#take("[")) return this.#class(flags);
    const from = this.#classMember();
    if ("set" in from) return `[${from.set}]`;
    const last = this.#characters[this.#at] === "-" ? this.#characters[this.#at + 1] : undefined;
    if (last === undefined || last === "]" || last === "[") return variants(from.character, flags);
    this.#at++;
    const to = this.#classMember();
    if ("set" in to) return this.#refuse();
    const [low, high] = [from.character.codePointAt(0)!, to.character.codePointAt(0)!];
    if (high < low) this.#refuse();
    if (!flags.ignoreCase) return `${escaped(from.character)}-${escaped(to.character)}`;
    if (high > 0x7f) this.#refuse();
    const all = Array.from({ length: high - low + 1 }, (_, i) => String.fromCodePoint(low + i));
    return all.map((character) => variants(character, flags)).join("");
  }

  #classMember(): { readonly set: string } | { readonly character: string } {
    if (!this.#take("\\")) return { character: this.#next() };
    if (this.#take("b")) return { character: "\b" };
    const set = this.#escapedClass();
    return set === null ? { character: this.#escapedCharacter() } : { set };
  }

  /** What stands in the class of an escape behind its backslash; null if it is that of a character. */
  #escapedClass(): string | null {
    const letter = this.#characters[this.#at] ?? this.#refuse();
    const set = CLASSES[letter.toLowerCase()];
    if (set !== undefined && /[sSwWdDhH]/.test(letter)) {
      this.#at++;
      return letter === letter.toLowerCase() ? set : `[^${set}]`;
    }
    if (letter !== "p" && letter !== "P") return null;
    const [all, not, name = ""] =
      /^.\{(\^?)([\w= -]+)\}/.exec(this.#characters.slice(this.#at, this.#at + 40).join("")) ?? this.#refuse();
    this.#at += all.length;
    const sign = (letter === "P") === (not === "^") ? "p" : "P";
    const property = [name, `sc=${name}`].find((own) => exists(`\\p{${own}}`)) ?? this.#refuse();
    return `\\${sign}{${property}}`;
  }

  #escapedCharacter(): string {
    const letter = this.#next();
    const control = CONTROLS[letter];
    if (control !== undefined) return control;
    if (letter === "x" || letter === "u") {
      const rest = this.#characters.slice(this.#at, this.#at + 10).join("");
      const code = (letter === "u" ? /^([\da-f]{4})/i : /^\{([\da-f]+)\}|^([\da-f]{1,2})/i).exec(rest);
      if (!code) return this.#refuse();
      this.#at += code[0].length;
      return String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? "", 16));
    }
    // References to groups, `\X`, `\R`, `\K`, `\G`, octal numbers.
    return /[\p{L}\p{N}]/u.test(letter) ? this.#refuse() : letter;
  }
}

interface Flags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
}

function one(character: string, flags: Flags): string {
  return flags.ignoreCase ? `[${variants(character, flags)}]` : escaped(character);
}

/** A character, in both cases where case does not count. */
function variants(character: string, { ignoreCase }: Flags): string {
  if (!ignoreCase) return escaped(character);
  const small = character.toLowerCase();
  const large = character.toUpperCase();
  // ß is also SS.
  if (Array.from(small + large).length !== 2) return refuse("正则表达式", `不分大小写的「${character}」`);
  return [...new Set([character, small, large, FOLDED[small] ?? small])].map(escaped).join("");
}

function exists(property: string): boolean {
  try {
    return new RegExp(property, "v").source !== "";
  } catch {
    return false;
  }
}

/**
 * What a pattern of a tokenizer.json matches, as a global expression.
 * @throws EngineError `unsupported-model` for what JavaScript cannot express, or the translation does not know
 */
export function fromOniguruma(source: string): RegExp {
  const translated = new Translator(source).pattern();
  try {
    return new RegExp(translated, "gv");
  } catch {
    return refuse("正则表达式", source);
  }
}
