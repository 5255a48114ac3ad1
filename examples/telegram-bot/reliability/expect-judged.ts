import { expect, vi } from "vitest";
// @boundaries-ignore the run that kills processes is the whole workspace's
import type { Evidence } from "../../../.config/crash/conductor/evidence.ts";
// @boundaries-ignore the run that kills processes is the whole workspace's
import { engines, type EngineName } from "../../../.config/crash/engines/engines.ts";
// @boundaries-ignore the run that kills processes is the whole workspace's
import { isSettled, judge } from "../../../.config/crash/invariants.ts";

/** What fal and the chat have seen of a training. */
export interface SeenOutside {
  paidRequests(trainingId: string): number;
  arrived(trainingId: string, template: string): number;
}

const expected = { owners: [], doublesAllowed: 0 };

/** `expectHealed` where there is no `Scene`: on a database of `serverOf`, once nothing is going to happen any more. */
export async function expectJudged(engine: EngineName, database: string, seen: SeenOutside): Promise<Evidence> {
  const { db, jobs, close } = engines[engine].watch(database);
  const gather = async (): Promise<Evidence> => {
    const trainings = await db.selectFrom("training").selectAll().execute();
    const history = await db.selectFrom("status_history").selectAll().execute();
    const messages = await db.selectFrom("notification").selectAll().execute();
    const pending = await db.selectFrom("webhook_inbox").select("id").where("settled_at", "is", null).execute();
    return {
      trainings: trainings.map(({ id, owner_id: owner, status, failure_reason: reason }) => ({
        id,
        owner,
        status,
        reason,
        posts: seen.paidRequests(id),
        taken: seen.paidRequests(id) > 0,
        ends: history.filter(
          (change) => change.training_id === id && ["succeeded", "failed", "cancelled"].includes(change.status),
        ).length,
        messages: messages
          .filter((message) => message.training_id === id)
          .map((message) => {
            const { template }: { readonly template: string } = JSON.parse(message.content);
            return { template, status: message.status, arrived: seen.arrived(id, template) };
          }),
      })),
      pendingDeliveries: pending.length,
      jobs: await jobs(),
    };
  };
  try {
    await vi
      .waitUntil(async () => isSettled(await gather(), expected), { timeout: 40_000, interval: 50 })
      .catch(() => {
        // The judge says better what is left.
      });
    const left = await gather();
    expect(judge(left, expected).broken, JSON.stringify(left)).toStrictEqual([]);
    return left;
  } finally {
    await close();
  }
}
