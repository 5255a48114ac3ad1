import { serveFetch, type Served } from "@likeness/fake-server";

export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Receiver extends Served {
  readonly received: readonly ReceivedWebhook[];
  /** Status codes of the next answers; 200 when they are used up. */
  readonly answers: number[];
}

/** Takes webhooks as an application would. */
export async function receiver(): Promise<Receiver> {
  const received: ReceivedWebhook[] = [];
  const answers: number[] = [];
  const served = await serveFetch(async (request) => {
    const { pathname, search } = new URL(request.url);
    const body = Buffer.from(await request.arrayBuffer());
    received.push({ path: `${pathname}${search}`, headers: Object.fromEntries(request.headers), body });
    const status = answers.shift() ?? 200;
    return new Response(null, { status, headers: status === 302 ? { location: "/elsewhere" } : {} });
  });
  return { ...served, received, answers };
}
