import type { FileRecord, FileTrouble } from "../state/telegram-snapshot.ts";
import type { World } from "../state/world.ts";
import { refused } from "./bot-api.ts";
import { contentOf } from "./file-content.ts";
import { refuse } from "./refusal.ts";

/** `GET /file/bot<token>/<path>`, for as long as `getFile` promised. */
export function downloads(world: World): (path: string) => Response {
  const { state, timers, events } = world;
  return (path) => {
    const file = Object.values(state.files).find((one) => one.path?.name === path && one.path.until > timers.now());
    const response = file && file.trouble !== "missing" ? serve(world, file) : refused(refuse(404).error);
    events.emit({ type: "download", path, status: response.status });
    return response;
  };
}

type Content = Uint8Array<ArrayBuffer>;

const serve = (world: World, file: FileRecord): Response => {
  const content = contentOf(world, file);
  const trouble = file.trouble === "missing" ? undefined : file.trouble;
  return trouble ? bodies[trouble](content, world) : new Response(content, { headers: headers(content.length) });
};

const headers = (length?: number): Record<string, string> => ({
  "content-type": "application/octet-stream",
  ...(length === undefined ? {} : { "content-length": String(length) }),
});

const bodies = {
  truncated: (content) => {
    // Closes the connection before the stated length is sent.
    const half = content.subarray(0, Math.floor(content.length / 2));
    return new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(half),
        pull: (controller) => controller.error(new Error("The connection was closed")),
      }),
      { headers: headers(content.length) },
    );
  },
  slow: (content, { timers }) => {
    let position = 0;
    let stop = (): void => undefined;
    const body = new ReadableStream<Content>({
      pull: (controller) =>
        new Promise((resolve) => {
          stop = timers.after(1000, () => {
            controller.enqueue(content.slice(position, position + slowBytes));
            position += slowBytes;
            if (position >= content.length) controller.close();
            resolve();
          });
        }),
      cancel: () => stop(),
    });
    return new Response(body, { headers: headers(content.length) });
  },
  oversized: (content) => {
    let sent = 0;
    const body = new ReadableStream<Content>({
      start: (controller) => controller.enqueue(content),
      pull: (controller) => {
        controller.enqueue(new Uint8Array(chunkBytes));
        sent += chunkBytes;
        if (sent > oversizedBytes) controller.close();
      },
    });
    return new Response(body, { headers: headers() });
  },
} as const satisfies Record<Exclude<FileTrouble, "missing">, (content: Content, world: World) => Response>;

/** A second of a slow download. */
const slowBytes = 1024;

const chunkBytes = 64 * 1024;

/** The length of an `oversized` download: above the size limit, and not stated. */
const oversizedBytes = 25 * 1024 * 1024;
