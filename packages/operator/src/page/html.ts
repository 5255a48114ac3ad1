const written = Symbol("html");

/** Markup that is safe to send: it was made by `html`, which escapes everything that it did not make. */
export interface Html {
  readonly [written]: string;
}

/** What may stand in a template. Texts are escaped; nothing is written for `undefined` and `false`. */
export type HtmlValue = Html | string | number | undefined | false | readonly HtmlValue[];

/**
 * A template of HTML in which every value is text, unless a template has made it. Values of attributes have to be in double
 * quotes.
 */
export const html = (parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html => ({
  [written]: parts.reduce((before, part, index) => `${before}${markupOf(values[index - 1])}${part}`),
});

/** The markup itself. */
export const markupIn = (given: Html): string => given[written];

function markupOf(value: HtmlValue): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "string" || typeof value === "number") return escaped(String(value));
  return written in value ? value[written] : value.map(markupOf).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
