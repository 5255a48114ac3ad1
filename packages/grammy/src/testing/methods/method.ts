import type { World } from "../state/world.ts";
import type { LongPoll } from "../updates/long-poll.ts";
import type { WebhookCourier } from "../updates/webhook-courier.ts";
import type { Paying } from "../person/pays.ts";
import type { Waiting } from "../person/presses.ts";
import type { BotCall, MethodResult } from "../wire/calls.ts";

/** The context of a method. */
export interface MethodContext extends World {
  readonly poll: LongPoll;
  readonly courier: WebhookCourier;
  readonly waiting: Waiting;
  readonly paying: Paying;
}

/** One method of the Bot API. */
export type Method = (context: MethodContext, call: BotCall) => MethodResult | Promise<MethodResult>;
