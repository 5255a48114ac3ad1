/** Characters that change the direction of what follows: https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters */
const marks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Text of others within a line: without marks, and isolated if it runs from right to left, so that it turns nothing around it. */
export function foreignText(text: string): string {
  const plain = text.replaceAll(marks, "");
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** JSON for people to read, with marks as escapes, which can be seen and turn nothing. */
export const readableJson = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replaceAll(
    marks,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
