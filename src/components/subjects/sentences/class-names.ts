/** What the classes of sentiment-zh are called in Chinese. */
const NAMES: Readonly<Record<string, string>> = { good: "好评", bad: "差评" };

/** A class as the page names it: by its Chinese name, or else by that of the model's configuration. */
export function className(name: string): string {
  return NAMES[name] ?? name;
}
