import type { ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";
import type { StudioEvents } from "../protocol.ts";

const beatSeconds = 15;
/** A page with more unread bytes than this is disconnected; it gets the whole state when it reconnects. */
const mostUnread = 8 * 1024 * 1024;

/**
 * Server-sent events to every open page: https://html.spec.whatwg.org/multipage/server-sent-events.html. A page that
 * reconnects gets the whole state, so the server stores nothing about disconnected pages.
 */
export function eventStream() {
  const pages = new Set<ServerResponse>();
  const beat = setInterval(() => write(":\n\n"), beatSeconds * 1000);

  const writeTo = (page: ServerResponse, text: string): void => {
    page.write(text);
    if (page.writableLength > mostUnread) page.destroy();
  };
  const write = (text: string): void => {
    for (const page of pages) writeTo(page, text);
  };

  return {
    send: <Name extends keyof StudioEvents>(name: Name, data: StudioEvents[Name]): void => write(event(name, data)),
    open: (reply: FastifyReply, everything: StudioEvents["all"]): void => {
      void reply.hijack();
      const page = reply.raw;
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) page.setHeader(name, value);
      page.writeHead(200, { "content-type": "text/event-stream" });
      page.once("close", () => pages.delete(page));
      pages.add(page);
      writeTo(page, `retry: 1000\n\n${event("all", everything)}`);
    },
    close: (): void => {
      clearInterval(beat);
      for (const page of pages) page.end();
    },
  };
}

export type EventStream = ReturnType<typeof eventStream>;

/** JSON has no line breaks, so one `data` line is enough. */
const event = <Name extends keyof StudioEvents>(name: Name, data: StudioEvents[Name]): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
