import { testStart } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { eventStream } from "./event-stream.ts";
import { events } from "./events.ts";

/** A listener, and what it hears. */
function listening() {
  const news = events(() => testStart);
  const ending = new AbortController();
  const reader = eventStream(news, null, [ending.signal]).body?.getReader();
  const next = async () => {
    const chunk = await reader?.read();
    return chunk?.done ? "done" : new TextDecoder().decode(chunk?.value);
  };
  return { news, ending, reader, next };
}

describe("the stream of events", () => {
  it("says that it is there, and then what happens", async () => {
    const { news, next } = listening();
    await expect(next()).resolves.toBe(": connected\n\n");
    news.emit({ type: "commands" });
    await expect(next()).resolves.toBe(`data: {"at":"${testStart}","type":"commands"}\n\n`);
  });

  it("ends with the fake, and nothing is sent to it any more", async () => {
    const { news, ending, next } = listening();
    await next();
    ending.abort();
    news.emit({ type: "commands" });
    await expect(next()).resolves.toBe("done");
  });

  it("does no harm when the listener has left", async () => {
    const { news, ending, reader } = listening();
    await reader?.cancel();
    news.emit({ type: "commands" });
    ending.abort();
    await expect(reader?.closed).resolves.toBeUndefined();
  });
});
