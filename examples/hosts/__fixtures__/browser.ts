import { randomUUID } from "node:crypto";
import { drawPhoto } from "./draw-photo.ts";

export interface PageEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A person with the web page open: asks the host as they do, and keeps the events that come. */
export function browser(base: string, name: string) {
  const headers = { authorization: `Bearer ${name}` };
  const ask = async (method: string, path: string, body?: Uint8Array, press: string = randomUUID()) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { ...headers, "idempotency-key": press },
      ...(body && { body: new Uint8Array(body) }),
    });
    const answer = (await response.json()) as { readonly id?: string; readonly error?: string };
    return { status: response.status, ...answer };
  };
  const made = async (path: string, body?: Uint8Array): Promise<string> => {
    const { id, ...refused } = await ask("POST", path, body);
    if (id === undefined) throw new Error(`${path}: ${JSON.stringify(refused)}`);
    return id;
  };
  return {
    ask,
    made,
    file: (path: string) => fetch(`${base}${path}`, { headers }),
    /** An avatar with enough photos. */
    draft: async (photos = [1, 2]): Promise<string> => {
      const avatarId = await made("/avatars/Ada");
      for (const photo of photos) await made(`/avatars/${avatarId}/photos`, await drawPhoto(photo));
      return avatarId;
    },
    /** Opens the page: what comes until it is closed is added to the list. */
    opens: async () => {
      const closing = new AbortController();
      const { body } = await fetch(`${base}/events`, { headers, signal: closing.signal });
      if (!body) throw new Error("there are no events");
      const events: PageEvent[] = [];
      const reading = read(body, events).catch(() => undefined);
      return {
        events,
        close: async () => {
          closing.abort();
          await reading;
        },
      };
    },
  };
}

async function read(body: ReadableStream<Uint8Array>, events: PageEvent[]): Promise<void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    const blocks = (text + decoder.decode(chunk, { stream: true })).split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
      events.push({ event: field("event"), data: JSON.parse(field("data")) as PageEvent["data"] });
    }
  }
}
