import { needNames, type Need } from "@likeness/core";
import { chatActs, type ChatAct } from "./operator-acts.ts";

/** A row of a list, by a digest of its id, because an id may be too long for a button; or an order by its id. */
export type Target =
  { readonly list: Need; readonly digest: string } | { readonly list?: undefined; readonly orderId: string };

/** What a button of the operator's messages does. */
export type OperatorData =
  | { readonly verb: "overview" }
  | { readonly verb: "list"; readonly need: Need; readonly page: number }
  | { readonly verb: "row"; readonly target: Target }
  /** Asks before the act is done. */
  | { readonly verb: "ask"; readonly act: ChatAct; readonly target: Target }
  | { readonly verb: "do"; readonly act: ChatAct; readonly target: Target };

const targetData = (target: Target): string =>
  target.list === undefined ? `order:${target.orderId}` : `${target.list}:${target.digest}`;

/** Callback data, at most 64 bytes. It is user input, as all callback data. */
export function operatorData(data: OperatorData): string {
  switch (data.verb) {
    case "overview":
      return "op:overview";
    case "list":
      return `op:list:${data.need}:${data.page}`;
    case "row":
      return `op:row:${targetData(data.target)}`;
    case "ask":
    case "do":
      return `op:${data.verb}:${data.act}:${targetData(data.target)}`;
  }
}

/** `old`: ours, but not known any more; `undefined`: somebody else's. */
export function parseOperatorData(data: string | undefined): OperatorData | "old" | undefined {
  if (!data?.startsWith("op:")) return undefined;
  const [, verb, ...words] = data.split(":");
  const known = verb === "overview" && words.length === 0 ? ({ verb } as const) : withWords(verb, words);
  return known ?? "old";
}

function withWords(verb: string | undefined, words: readonly string[]): OperatorData | undefined {
  if (verb === "list") {
    const [list, page = "", ...more] = words;
    const need = needNames.find((name) => name === list);
    return need && /^\d{1,2}$/.test(page) && more.length === 0 ? { verb, need, page: Number(page) } : undefined;
  }
  if (verb === "row") {
    const target = targetIn(words);
    return target && { verb, target };
  }
  if (verb !== "ask" && verb !== "do") return undefined;
  const act = chatActs.find((name) => name === words[0]);
  const target = targetIn(words.slice(1));
  return act && target && { verb, act, target };
}

function targetIn([list, id = "", ...more]: readonly string[]): Target | undefined {
  if (more.length > 0) return undefined;
  if (list === "order") return /^[\w-]{1,40}$/.test(id) ? { orderId: id } : undefined;
  const need = needNames.find((name) => name === list);
  return need && /^[0-9a-f]{16}$/.test(id) ? { list: need, digest: id } : undefined;
}
