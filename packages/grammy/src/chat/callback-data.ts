import { presets } from "@likeness/core";

/**
 * The verbs of our buttons. Callback data is `v1:<verb>`, `v1:<verb>:<id>` or `v1:<verb>:<id>:<era>`, at most 64 bytes.
 * It is user input: its handler checks owner and state, because old keyboards stay and data can be forged.
 * https://core.telegram.org/bots/api#callbackquery
 */
export const verbs = [
  "create",
  "avatars",
  "page",
  "open",
  "locale",
  "resume",
  "restart",
  "kind",
  "gender",
  "undo",
  "continue",
  "photos",
  "confirm",
  ...presets.map((preset) => `preset-${preset}` as const),
  ...presets.map((preset) => `train-${preset}` as const),
  "progress",
  "cancel-ask",
  "cancel-yes",
  "cancel-no",
  "main",
  "rename",
  "delete-ask",
  "delete-yes",
  "delete-no",
  "make",
  "scenes",
  "scene",
  "words",
  "shape",
  "draw",
  "stop",
  "again",
  "variation",
  "larger",
  "redraw",
  "again-yes",
  "variation-yes",
  "larger-yes",
  "redraw-yes",
  "redraw-no",
  "gallery",
  "picture",
  "turn",
  "like",
  "unlike",
  "original",
  "remove-ask",
  "remove-yes",
  "tick",
  "untick",
  "agree",
  "privacy",
  "withdraw-ask",
  "withdraw-yes",
  "export",
  "erase-ask",
  "erase-yes",
  "set",
] as const;

export type Verb = (typeof verbs)[number];

export interface CallbackData {
  readonly verb: Verb;
  /**
   * Of an avatar for most verbs, of a picture or a set for those about one; the choice itself for `kind`, `gender`,
   * `locale` and `page`, and for the boxes of a consent.
   */
  readonly id: string;
  /**
   * The avatar's era when the button was drawn (`eraIn`), if it matters; buttons of older versions have none. Of
   * pictures: what is ordered (`writeChoice`), or how it is looked at (`writeView`). What orders holds the price that was
   * shown, too (`priceToken`). Of a consent: what is asked (`writeWording`). Of a setting: its value.
   */
  readonly era?: string;
}

const prefix = "v1";

export const callbackData = (verb: Verb, id = "", era?: string): string =>
  `${prefix}:${verb}:${id}${era === undefined ? "" : `:${era}`}`;

/** `undefined`: not ours, so the host handles it. `old`: ours, but of another version or unknown. */
export function parseCallbackData(data: string): CallbackData | "old" | undefined {
  const [version, verb, id = "", era, ...more] = data.split(":");
  if (!version || verb === undefined || !/^v\d+$/.test(version)) return undefined;
  const known = verbs.find((candidate) => candidate === verb);
  if (version !== prefix || !known || more.length > 0) return "old";
  return { verb: known, id, ...(era !== undefined && { era }) };
}
