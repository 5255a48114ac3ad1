import type { TelegramCall, TelegramEvent } from "@likeness/grammy/testing";
import type { News } from "./happenings.ts";

/** A bot asks for updates all the time, which tells nothing. */
const unheard = new Set(["getUpdates"]);

/** What is worth a line of what happens at Telegram. Calls come with what the bot sent along. */
export function newsFromTelegram(event: TelegramEvent, calls: readonly TelegramCall[]): News | undefined {
  const at = Date.parse(event.at);
  const news = (line: string, more: Partial<News> = {}): News => ({
    at,
    kind: "message",
    line,
    trouble: false,
    ...more,
  });
  switch (event.type) {
    case "message": {
      const { from, text, caption, photo, document, other } = event.message;
      if (from === "bot") return undefined;
      return news(
        `the person sends ${text ?? caption ?? (photo ? "a photo" : (document?.name ?? other ?? "a message"))}`,
      );
    }
    case "pressed":
      return news(`the person presses ${event.data}`);
    case "blocked":
      return news("the person blocks the bot");
    case "unblocked":
      return news("the person unblocks the bot");
    case "call": {
      const { method, answer } = event;
      if (unheard.has(method) && answer === "ok") return undefined;
      const outcome = typeof answer === "string" ? answer : `${answer.errorCode} ${answer.description}`;
      const payload = calls.findLast((call) => call.method === method)?.payload;
      return news(`${method}: ${outcome}`, {
        trouble: answer !== "ok",
        details: payload && JSON.stringify(payload, undefined, 2),
      });
    }
    case "download":
      return news(`download of ${event.path}: ${event.status}`, { trouble: event.status !== 200 });
    default:
      return undefined;
  }
}
