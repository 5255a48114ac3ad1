/**
 * What happens instead of, or before, the answer. `drop` closes the connection without running the call;
 * `apply-then-drop` runs it and loses the answer; `html` answers with a page, as a proxy does.
 */
export type TelegramFaultAnswer =
  | {
      readonly error_code: number;
      readonly description?: string | undefined;
      /** Seconds, for 429. */
      readonly retry_after?: number | undefined;
      readonly html?: boolean | undefined;
    }
  | { readonly delayMs: number }
  | "drop"
  | "apply-then-drop";

export interface TelegramFault {
  /** One or several; default: every method. */
  readonly method?: string | readonly string[] | undefined;
  /** Default: every chat, and calls that concern none. */
  readonly chatId?: number | undefined;
  /** Default: once. */
  readonly times?: number | undefined;
  readonly untilCleared?: boolean | undefined;
  readonly answer: TelegramFaultAnswer;
}

export interface Faults {
  add(fault: TelegramFault): void;
  clear(): void;
  take(method: string, chatId: number | undefined): TelegramFaultAnswer | undefined;
}

export function faults(): Faults {
  let waiting: { readonly fault: TelegramFault; left: number }[] = [];
  return {
    add: (fault) => waiting.push({ fault, left: fault.untilCleared ? Infinity : (fault.times ?? 1) }),
    clear: () => void (waiting = []),
    take: (method, chatId) => {
      const found = waiting.find(({ fault }) => concerns(fault, method, chatId));
      if (!found) return undefined;
      found.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return found.fault.answer;
    },
  };
}

function concerns({ method, chatId }: TelegramFault, called: string, chat: number | undefined): boolean {
  const methods = method === undefined ? undefined : [method].flat();
  const meant = methods?.some((name) => name.toLowerCase() === called.toLowerCase()) ?? true;
  return meant && (chatId === undefined || chatId === chat);
}
