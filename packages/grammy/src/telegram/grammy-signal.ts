import type { Api } from "grammy";

type GrammySignal = NonNullable<Parameters<Api["getMe"]>[0]>;

/** grammY's types require signals of the `abort-controller` package, but the platform's own work too. */
export const grammySignal = (signal: AbortSignal): GrammySignal => signal as unknown as GrammySignal;
