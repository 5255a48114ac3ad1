/**
 * Characters that change the direction of what follows:
 * https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const marks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * Foreign text in a line: without directional marks, and isolated if it is right-to-left, so that it does not reorder
 * the line.
 */
export function foreignText(text: string): string {
  const plain = text.replaceAll(marks, "");
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** JSON for people to read, with directional marks as visible escapes. */
export const readableJson = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replaceAll(
    marks,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
