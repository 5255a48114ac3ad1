import { setTimeout as wait } from "node:timers/promises";
import { systemClock, uuidV7 } from "@likeness/core";
import type { Cell, CellReport } from "../cell.ts";
import type { EngineServer } from "../engines/engine.ts";
import { chatOf } from "../host/chat-of.ts";
import { judge, type Expectation } from "../invariants.ts";
import { between, seededRandom } from "../random.ts";
import type { FalVendor } from "../vendors/open-fal.ts";
import { orderInAddress } from "../vendors/vendor.ts";
import type { Stage } from "../stage/stage.ts";
import { untilIdle } from "../stage/until-idle.ts";
import { remainsOf, secretsOf } from "./remains.ts";
import { untilThere } from "./revived-host.ts";
import { withKilledHost } from "./with-killed-host.ts";

/** A number that nothing else has. */
const owner = "telegram:517319974242";

/** Erases a person of whom everything is stored, while a training, pictures and webhooks are under way. */
export const runErasureCell = (cell: Cell, server: EngineServer, signal: AbortSignal): Promise<CellReport> =>
  withKilledHost(cell, server, signal, async ({ stage, start, until }) => {
    const { fake } = stage.vendor;
    const random = seededRandom(cell.seed);
    const pace = {
      queueSeconds: between(random, 0, 0.3),
      trainingSeconds: between(random, 0.3, 3),
      imageSeconds: between(random, 0.1, 2),
    };
    // fal goes on with what it was asked to stop, and reports it.
    fake.control.always({ ...pace, cancel: "ignored" });
    const person = stage.telegram.control.person(chatOf(owner), { languageCode: "en" });
    person.says("/buy");
    const host = start();
    await host.ready;
    await untilThere("the bot has answered", () => person.chat().find(({ from }) => from === "bot"), until);
    person.blocks();
    await host.act({ kind: "belongings", owner, key: "the-order" });
    await wait(between(random, 0, 2_000), undefined, until);
    const secrets = await secretsOf(stage, owner);
    const blank = (await remainsOf(stage, secrets)).length === 0 ? ["nothing of the person was stored before"] : [];
    await host.act({ kind: "erase", owner, key: uuidV7(systemClock).next() });
    const nobody: Expectation = { owners: [], doublesAllowed: 0 };
    await untilErased(stage, until);
    await untilIdle(stage, nobody, until);
    // As late as a webhook may be, and once more.
    for (const { requestId } of fake.control.accepted()) await fake.control.deliverAgain(requestId);
    const left = await untilIdle(stage, nobody, until);
    await untilThere("the kill", () => (host.kills() > 0 ? true : undefined), until).catch(() => undefined);
    // A sweep wipes the file after an erasure, and after what came later.
    const remains = await untilThere(
      "nothing is left",
      async () => ((await remainsOf(stage, secrets)).length === 0 ? [] : undefined),
      { ...until, seconds: 30 },
    ).catch(() => remainsOf(stage, secrets));
    const verdict = judge(left, nobody);
    const doubleSubmits = doubledRequests(stage.vendor);
    return {
      ...verdict,
      doubleSubmits,
      remains: remains.length,
      broken: [
        ...verdict.broken,
        ...blank,
        ...remains,
        ...left.orders.map(({ id, status }) => `the order ${id} is ${status}`),
        ...(doubleSubmits > 0 ? [`${doubleSubmits} paid requests too many`] : []),
        ...(await stage.vendor.acceptedForgeries()),
      ],
    };
  });

const untilErased = ({ watched }: Stage, until: Parameters<typeof untilThere>[2]) =>
  untilThere(
    "the erasure is done",
    () => watched.db.selectFrom("likeness_erasure").select("id").where("status", "=", "done").executeTakeFirst(),
    until,
  );

/** How many requests fal has accepted more than there were orders. */
function doubledRequests({ fake }: FalVendor): number {
  const orders = fake.control.accepted().map(({ webhookUrl }) => orderInAddress(webhookUrl));
  return orders.length - new Set(orders).size;
}
