import type { ChatMessage, TelegramCall, TelegramEvent } from "@likeness/grammy/testing";
import { foreignText, readableJson } from "./foreign-text.ts";
import type { NewActivity } from "./activities.ts";

/** Not shown, because a bot polls for updates all the time. */
const unheard = new Set(["getUpdates"]);

/** The events at Telegram that are shown. `calls` are the bot's calls with their parameters. */
export function activityFromTelegram(event: TelegramEvent, calls: readonly TelegramCall[]): NewActivity | undefined {
  const described = describe(event, calls);
  return described && { at: Date.parse(event.at), kind: "message", trouble: false, ...described };
}

function describe(
  event: TelegramEvent,
  calls: readonly TelegramCall[],
): (Pick<NewActivity, "line" | "details" | "gist"> & { trouble?: boolean }) | undefined {
  switch (event.type) {
    case "message":
      return event.message.from === "person" ? { line: `person: sends ${contentOf(event.message)}` } : undefined;
    case "pressed":
      return { line: `person: presses ${event.data}` };
    case "blocked":
      return { line: "person: blocks the bot" };
    case "unblocked":
      return { line: "person: unblocks the bot" };
    case "download":
      if (event.status === 200) return { line: `bot: downloads ${foreignText(event.path)}` };
      return { line: `bot: ${event.status} for the download of ${foreignText(event.path)}`, trouble: true };
    case "call": {
      const { method, answer } = event;
      if (unheard.has(method) && answer === "ok") return undefined;
      const payload = calls.findLast((call) => call.method === method)?.payload;
      const details = payload && readableJson(payload);
      if (answer !== "ok")
        return { line: `bot: ${problemOf(answer)} for ${method}`, trouble: !isExpected(answer), details };
      const line = `bot: ${method}`;
      const words = payload && wordsIn(payload);
      if (words !== undefined) return { line: `${line} ${excerpt(words)}`, details };
      if (Array.isArray(payload?.["media"])) return { line: `${line}, ${payload["media"].length} files`, details };
      return { line, details, gist: line };
    }
    default:
      return undefined;
  }
}

/** What a call writes: a text, or the caption of its media. */
function wordsIn({ text, caption, media }: TelegramCall["payload"]): string | undefined {
  const inside = typeof media === "object" && media !== null && "caption" in media ? media.caption : undefined;
  return [text, caption, inside].find((words) => typeof words === "string");
}

const contentOf = ({ text, caption, photo, document, other, payment }: ChatMessage): string => {
  if (payment) return `a payment of ${payment.stars} Stars`;
  const words = text ?? caption;
  return words === undefined
    ? photo
      ? "a photo"
      : foreignText(document?.name ?? other ?? "something")
    : excerpt(words);
};

type Failure = Exclude<Extract<TelegramEvent, { readonly type: "call" }>["answer"], "ok">;

const problemOf = (answer: Failure): string =>
  answer === "lost" ? "connection closed" : `${answer.errorCode} ${foreignText(answer.description)}`;

/** A request to wait, and an edit that changes nothing, are not shown as errors: both are normal, and the bot goes on. */
const isExpected = (answer: Failure): boolean =>
  answer !== "lost" && (answer.errorCode === 429 || answer.description.includes("message is not modified"));

const longest = 40;

const excerpt = (text: string): string => {
  const line = text.replaceAll(/\s+/g, " ");
  return `“${foreignText(line.length > longest ? `${line.slice(0, longest)}…` : line)}”`;
};
