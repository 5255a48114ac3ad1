import type { TelegramControl } from "./telegram-control.ts";

/** The events from now on, of one person or of all, as server-sent events. */
export function eventStream(
  { subscribe }: Pick<TelegramControl, "subscribe">,
  person: string | null,
  ends: readonly AbortSignal[],
): Response {
  const end = AbortSignal.any([...ends]);
  const encoder = new TextEncoder();
  let stop = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      // Sent at once, so that the listener knows that it is connected.
      controller.enqueue(encoder.encode(": connected\n\n"));
      const unsubscribe = subscribe((event) => {
        if (person !== null && event.chatId !== undefined && String(event.chatId) !== person) return;
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
      });
      const close = (): void => {
        stop();
        controller.close();
      };
      stop = () => {
        unsubscribe();
        end.removeEventListener("abort", close);
      };
      end.addEventListener("abort", close);
    },
    cancel: () => stop(),
  });
  return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
}
