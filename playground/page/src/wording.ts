// A key and values -> the page's own words, in the language of the person that the page is; before that, the browser's.

import en from "./words/en.json";
import ja from "./words/ja.json";

export type Key = keyof typeof en;
export type Language = "en" | "ja";
/** Words that depend on a `count` have one for each of the language's plural forms. */
type Words = string | Partial<Record<Intl.LDMLPluralRule, string>>;

const WORDS: Record<Language, Record<Key, Words>> = { en, ja };

let language: Language = languageOf(navigator.language);
let locale = navigator.language;

function languageOf(wanted: string): Language {
  return wanted.toLowerCase().startsWith("ja") ? "ja" : "en";
}

/** Speak as a locale asks for, from the next drawing on. */
export function speak(wanted: string): void {
  locale = wanted;
  language = languageOf(wanted);
  document.documentElement.lang = language;
}

/** The locale that is spoken, for times and days. */
export function spoken(): string {
  return locale;
}

export function say(key: Key, values: Record<string, string | number> = {}): string {
  const words = WORDS[language][key];
  const form = new Intl.PluralRules(language).select(Number(values.count ?? 0));
  const sentence = typeof words === "string" ? words : (words[form] ?? words.other ?? "");
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
