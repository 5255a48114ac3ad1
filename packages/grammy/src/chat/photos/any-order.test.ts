import { photoBytes } from "@likeness/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Burst } from "../../conversation/conversation.ts";
import { chatStage, type ChatStage } from "./__fixtures__/chat-stage.ts";
import { seen, statusOf } from "./__fixtures__/seen.ts";
import { messageOf } from "./incoming-photo.ts";

const limits = { minimum: 3, maximum: 6 };

/** Something that happens in the chat. */
type ChatStep =
  | { readonly type: "album"; readonly good: readonly boolean[]; readonly held: boolean; readonly times: number }
  | { readonly type: "released" | "undo" | "429" | "lost" }
  | { readonly type: "later"; readonly seconds: number };

const step: fc.Arbitrary<ChatStep> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("album" as const),
      good: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
      held: fc.boolean(),
      times: fc.integer({ min: 1, max: 2 }),
    }),
  },
  fc.record({ type: fc.constantFrom("released", "undo", "429", "lost") }),
  { weight: 2, arbitrary: fc.record({ type: fc.constant("later" as const), seconds: fc.constantFrom(0.5, 2, 4, 9) }) },
);

async function take(stage: ChatStage, avatarId: string, what: ChatStep): Promise<void> {
  const { ada, held, fake } = stage;
  switch (what.type) {
    case "album": {
      const items = what.good.map((good) => ({
        bytes: photoBytes(good ? {} : { reject: { code: "truncated" } }),
      }));
      const sent = ada.sendsAlbum(items);
      if (what.held) for (const { fileId } of sent) held.add(fileId);
      return void (await stage.handle(what.times));
    }
    case "released":
      return held.clear();
    case "undo":
      // From no message that is there: one without the button would become the question.
      ada.forges(`v1:undo:${avatarId}`, 1);
      return void (await stage.handle());
    case "429":
      return fake.control.fault({
        method: ["sendMessage", "editMessageText", "deleteMessage"],
        answer: { error_code: 429, retry_after: 3 },
      });
    case "lost":
      return fake.control.fault({ method: "editMessageText", answer: "drop" });
    case "later":
      return stage.pass(what.seconds);
  }
}

const toldUpTo = ({ firstNumber, photos }: Burst): number => firstNumber + photos - 1;

/** The photos that the status of a burst tells about by number; about a single one a reply does. */
const toldIn = (burst: Burst): number[] =>
  burst.photos === 1 ? [] : Array.from({ length: burst.photos }, (_, index) => burst.firstNumber + index);

const byNumber = (left: number, right: number): number => left - right;

/** The messages of photos that have a reply which says why they were not taken. */
const answered = (stage: ChatStage): number[] =>
  seen(stage).flatMap(({ said, replyTo }) => (said?.startsWith("This photo") ? (replyTo ?? []) : []));

describe("photos of a chat, in any order", () => {
  it("end with one status that agrees with the rows, by two workers", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const stage = await chatStage({ limits, workers: 2 });
        const id = await stage.collecting();
        await stage.ports.api.sendMessage(stage.ada.id, "Send photos");
        for (const what of steps) await take(stage, id, what);
        stage.held.clear();
        stage.fake.control.clearFaults();
        await stage.pass(60);

        const { photos, avatar } = await stage.overview(id);
        expect(photos.filter(({ state }) => state.status === "pending")).toStrictEqual([]);
        const { burst } = await stage.conversation();
        const statuses = seen(stage).filter(({ said }) => said?.startsWith("Ada\n"));
        expect(statuses).toStrictEqual(burst ? [{ said: await statusOf(stage, id, toldIn(burst)) }] : []);
        expect(burst?.settled ?? true).toBe(true);
        expect(burst ? toldUpTo(burst) : 0).toBe(avatar.photosTaken);

        const rejected = photos.filter(({ state }) => state.status === "rejected");
        const messages = rejected.map(({ reference }) => messageOf(reference) ?? 0);
        expect(answered(stage).toSorted(byNumber)).toStrictEqual(messages.toSorted(byNumber));
      }),
      { numRuns: 25 },
    );
  });
});
