import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { ResultAsync } from "neverthrow";

type Page = (event: string, data: object) => Promise<void>;

/** The pages that people of this process look at, each as a stream of server-sent events. */
export function openPages() {
  const pages = new Map<Page, string>();
  return {
    /** Whether somebody sees it. */
    push: (owner: string, event: string, data: object): boolean => {
      const theirs = [...pages].filter(([, whose]) => whose === owner);
      for (const [send] of theirs) void send(event, data);
      return theirs.length > 0;
    },
    /** Answers with the events of an owner, until they leave. `opened` is called when none is missed any more. */
    follow: (context: Context, owner: string, opened: () => ResultAsync<unknown, unknown>): Response =>
      streamSSE(context, async (stream) => {
        const page: Page = (event, data) => stream.writeSSE({ event, data: JSON.stringify(data) });
        const left = new Promise<void>((resolve) => stream.onAbort(resolve));
        pages.set(page, owner);
        // Also sends the headers, for which the page waits.
        await page("open", {});
        await opened();
        await left;
        pages.delete(page);
      }),
  };
}
