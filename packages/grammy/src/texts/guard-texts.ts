import type { TooManyOrders } from "@likeness/core";
import type { Text } from "./text.ts";

/** Why nothing is ordered now, and when it is possible again. */
export interface GuardTexts {
  /** `seconds`: until orders are taken again, once the day is over; with `at-once`, as soon as one has ended. */
  readonly "toast.too-many": (
    given: Pick<TooManyOrders, "limit" | "maximum"> & { readonly seconds?: number | undefined },
  ) => string;
  /** The deployment takes no more orders today, from anybody. */
  readonly "toast.spend-cap": (given: { readonly seconds: number }) => string;
  /** Nothing new is ordered at present; it is not known until when, so what was chosen has to stay. */
  readonly "toast.paid-work-off": () => string;
  /** The bot is for other people. */
  readonly "not-allowed": () => Text;
}
