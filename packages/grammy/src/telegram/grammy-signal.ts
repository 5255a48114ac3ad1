import type { Api } from "grammy";

type GrammySignal = NonNullable<Parameters<Api["getMe"]>[0]>;

/** grammY types the signals of the `abort-controller` package; the platform's own work just as well. */
export const grammySignal = (signal: AbortSignal): GrammySignal => signal as unknown as GrammySignal;
