import type { Laboratory } from "./experiment.ts";
import { drawReadings } from "./readings.ts";
import { Seq2SeqExperiment } from "./seq2seq.ts";
import { checkTranslatorSettings, type TranslatorSettings } from "./translator-settings.ts";

/**
 * Trains an encoder and a decoder to read numbers and dates. The pairs, and which of them are held out, are the first draws: with one seed they are
 * the same for every architecture.
 *
 * @throws EngineError as `Seq2SeqExperiment`
 */
export function createTranslator(laboratory: Laboratory, settings: TranslatorSettings): Seq2SeqExperiment {
  checkTranslatorSettings(settings);
  const { digits, pairs: count, ...rest } = settings;
  const pairs = drawReadings(laboratory.random, digits, count);
  return new Seq2SeqExperiment(laboratory, { ...rest, pairs });
}
