/**
 * What our buttons can ask for. Callback data is `v1:<verb>` or `v1:<verb>:<id>`, at most 64 bytes, and user input: whoever
 * handles it checks owner and state, since old keyboards stay and data can be forged.
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
  "preset-fast",
  "preset-balanced",
  "preset-quality",
  "train-fast",
  "train-balanced",
  "train-quality",
  "progress",
  "cancel-ask",
  "cancel-yes",
  "cancel-no",
  "main",
  "rename",
  "delete-ask",
  "delete-yes",
  "delete-no",
] as const;

export type Verb = (typeof verbs)[number];

export interface CallbackData {
  readonly verb: Verb;
  /** Of an avatar for most verbs; the choice itself for `kind`, `gender`, `locale` and `page`. */
  readonly id: string;
}

const prefix = "v1";

export const callbackData = (verb: Verb, id = ""): string => `${prefix}:${verb}:${id}`;

/** `undefined`: not ours, leave it to the host. `old`: ours, but of another version or unknown. */
export function parseCallbackData(data: string): CallbackData | "old" | undefined {
  const [version, verb, id = "", ...more] = data.split(":");
  if (!version || verb === undefined || !/^v\d+$/.test(version)) return undefined;
  const known = verbs.find((candidate) => candidate === verb);
  return version === prefix && known && more.length === 0 ? { verb: known, id } : "old";
}
