import type { CellReport, OrderCell } from "./cell.ts";
import { openStage, timesAfter } from "./stage/stage.ts";
import { chatOf } from "./host/chat-of.ts";
import { observe, type Observation } from "./stage/observe.ts";
import { untilIdle } from "./stage/until-idle.ts";
import type { EngineServer } from "./engines/engine.ts";
import { engines } from "./engines/engines.ts";
import type { Order } from "./host/protocol.ts";
import type { OrderKindName } from "./kinds.ts";
import { notAsExpected, notLeftAsExpected } from "./expected-of-cell.ts";
import { cutOff, judge, type Expectation } from "./invariants.ts";
import { messageHeldSeconds } from "./kill-points.ts";
import { between, pick, seededRandom } from "./random.ts";
import { vendors } from "./vendors/vendors.ts";

const owner = "telegram:4242";

/** What has to be there when an order was placed. */
const aTraining = () => ({ owners: [owner] });
const aSet = ({ key }: Order) => ({ owners: [], sets: [{ owner, key }] });

const ordered = {
  training: aTraining,
  image: aSet,
  variation: aSet,
  upscale: aSet,
  "first-look": aTraining,
  "gone-link": aSet,
} as const satisfies Record<OrderKindName, (order: Order) => Pick<Expectation, "owners" | "sets">>;

/** Kills the process of an order once, starts another one, and checks the final state. */
export async function runOrderCell(cell: OrderCell, server: EngineServer, signal: AbortSignal): Promise<CellReport> {
  const started = performance.now();
  const vendor = await vendors[cell.vendor]();
  const stage = await openStage(cell.engine, server, vendor, timesAfter(engines[cell.engine].releasedSeconds));
  try {
    const random = seededRandom(cell.seed);
    const runSeconds = between(random, 0.1, 0.8);
    vendor.always(cell.behaviour, { queueSeconds: between(random, 0, 0.3), runSeconds });
    // Of two pictures, so that one reaches the points of what is fetched.
    if (cell.kind === "image" && random() < 0.5) vendor.next(pick(random, ["flagged", "black"]));
    if (cell.kind === "gone-link") vendor.next("input-gone");
    const firstLook = cell.kind === "first-look";
    stage.telegram.control.person(chatOf(owner)).says("/start");

    const mostSeconds = 100 + messageHeldSeconds + 5 * engines[cell.engine].recoverySeconds;
    const order = { kind: cell.kind, owner, key: "the-order" };
    const expected: Expectation = { ...ordered[cell.kind](order), doublesAllowed: 0 };
    const idle = (until: AbortSignal) => untilIdle(stage, expected, { seconds: mostSeconds, signal: until });

    const first = stage.start({ killAt: cell.point, firstLook });
    await first.ready;
    await first.order(order);
    const death = new AbortController();
    const survived = await Promise.race([
      first.ended.then(() => death.abort()),
      idle(AbortSignal.any([signal, death.signal])),
    ]);
    if (survived) return await report(0, survived);

    const atDeath = await observe(stage);
    await stage.watched.releaseSoon();
    const unexpected = notLeftAsExpected(cell, atDeath);
    const second = stage.start({ firstLook });
    await second.ready;
    // The owner got no answer, so the order is repeated.
    await second.order(order);
    return await report((await first.ended) === "SIGKILL" ? 1 : 0, await idle(signal), atDeath, unexpected);

    /** `left`: by the process that was killed; absent where none was. */
    async function report(
      kills: number,
      seen: Observation,
      left?: Observation,
      problems: readonly string[] = [],
    ): Promise<CellReport> {
      const verdict = judge(seen, { ...expected, doublesAllowed: left ? cutOff(left) : 0 });
      const more = [...problems, ...notAsExpected(cell, kills, seen), ...(await vendor.acceptedForgeries())];
      const broken = [...verdict.broken, ...more];
      const written = broken.length > 0 ? stage.written() : "";
      return { ...verdict, broken, cell, kills, seconds: (performance.now() - started) / 1_000, written };
    }
  } finally {
    await stage.close();
  }
}
