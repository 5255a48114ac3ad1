import { describe, expect, it } from "vitest";
import { failureReasons, type Clock, type NotificationContent, type Notifier } from "@likeness/core";
import { err, ok } from "neverthrow";
import { testClock } from "../clock/test-clock.ts";
import { aNotification } from "../fixtures/notification.ts";
import { awkwardText } from "./store/awkward.ts";

/** How the service answers the next message; `wait` asks to wait, `down` fails or gives no valid answer. */
export type ScriptedReception = "wait" | "unreachable" | "rejected" | "down";

export interface NotifierSubject {
  readonly notifier: Notifier;
  /** Sets the next answer; by default the message arrives. */
  receiveNext(reception: ScriptedReception): void | Promise<void>;
  /** How many messages were sent, with any outcome. */
  received(): number | Promise<number>;
}

const contents: NotificationContent[] = [
  { template: "training-ready" },
  ...(["stored", "under-way", "given-up"] as const).map((model): NotificationContent => ({
    template: "training-ready",
    model,
  })),
  { template: "model-unsaved" },
  { template: "training-unconfirmed" },
  ...failureReasons.map((reason): NotificationContent => ({ template: "training-failed", reason })),
];

/** The contract of a `Notifier`. `create` is called once per test. */
export function describeNotifier(name: string, create: (clock: Clock) => Promise<NotifierSubject>): void {
  describe(`Notifier: ${name}`, () => {
    it.each(contents)("sends %j as one message", async (content) => {
      const { notifier, received } = await create(testClock());
      const result = await notifier.send(aNotification({ content, avatarName: awkwardText }));
      expect(result).toMatchObject({ value: { type: "sent" } });
      expect(await received()).toBe(1);
    });

    it("passes on when to try again, and does not try by itself", async () => {
      const clock = testClock();
      const { notifier, receiveNext, received } = await create(clock);
      await receiveNext("wait");
      const result = await notifier.send(aNotification());
      expect(result).toStrictEqual(ok({ type: "retry-at", at: expect.any(String) }));
      expect(result.isOk() && result.value.type === "retry-at" && result.value.at > clock.now()).toBe(true);
      expect(await received()).toBe(1);
    });

    it("says that the owner cannot be reached", async () => {
      const { notifier, receiveNext, received } = await create(testClock());
      await receiveNext("unreachable");
      expect(await notifier.send(aNotification())).toStrictEqual(ok({ type: "unreachable" }));
      expect(await received()).toBe(1);
    });

    it("says that the message itself was refused, and why", async () => {
      const { notifier, receiveNext, received } = await create(testClock());
      await receiveNext("rejected");
      const detail = expect.stringMatching(/./);
      expect(await notifier.send(aNotification())).toStrictEqual(ok({ type: "rejected", detail }));
      expect(await received()).toBe(1);
    });

    it("fails when the other side does, without sending twice, and works again afterwards", async () => {
      const { notifier, receiveNext, received } = await create(testClock());
      await receiveNext("down");
      const detail = expect.stringMatching(/./);
      expect(await notifier.send(aNotification())).toStrictEqual(err({ type: "notifier-failure", detail }));
      expect(await received()).toBe(1);
      expect(await notifier.send(aNotification())).toMatchObject({ value: { type: "sent" } });
      expect(await received()).toBe(2);
    });
  });
}
