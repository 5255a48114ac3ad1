import { answerWebhook, type AnswerPorts } from "./answer-webhook.ts";

/** The webhook endpoint as a function of web standards. */
export const handleWebhook =
  (ports: AnswerPorts) =>
  async (request: Request): Promise<Response> => {
    const { method, url } = request;
    const { status, headers, body } = await answerWebhook(ports, {
      method,
      url,
      headers: Object.fromEntries(request.headers),
      body: () => bodyOf(request),
    });
    return Response.json(body, { status, headers });
  };

function bodyOf(request: Request): AsyncIterable<Uint8Array> {
  if (request.bodyUsed)
    throw new Error("the body of a webhook was read before: handle webhooks before parsers of bodies");
  return chunksOf(request.body);
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    // Not awaited: a stream whose sender does not end it may never be cancelled.
    void reader.cancel().catch(() => undefined);
  }
}
