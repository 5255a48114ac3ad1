import type { Cell, CellReport } from "../cell.ts";
import type { EngineServer } from "../engines/engine.ts";
import { chatOf } from "../host/chat-of.ts";
import { judge, type Expectation } from "../invariants.ts";
import { doublingPayments, messageHeldSeconds } from "../kill-points.ts";
import { between, seededRandom } from "../random.ts";
import type { Stage } from "../stage/stage.ts";
import { untilIdle } from "../stage/until-idle.ts";
import { paymentProblems, paymentsOf, toldOf } from "./payment-problems.ts";
import { untilThere } from "./revived-host.ts";
import { withKilledHost } from "./with-killed-host.ts";

const owner = "telegram:4242";
const key = "the-order";

/** A person buys as much as two pictures cost, gets one of them, and then the money back; a process is killed once. */
export const runPaymentCell = (cell: Cell, server: EngineServer, signal: AbortSignal): Promise<CellReport> =>
  withKilledHost(cell, server, signal, async ({ stage, start, until }) => {
    const { control } = stage.vendor.fake;
    const imageSeconds = between(seededRandom(cell.seed), 0.1, 0.5);
    control.always({ queueSeconds: 0, imageSeconds });
    control.next({ queueSeconds: 0, imageSeconds, picture: "flagged" });
    const host = start();
    await host.ready;
    const chargeId = await bought(stage, until);
    await untilThere(
      "the payment is told",
      async () => (await paymentsOf(stage)).find(({ told }) => told === 1),
      until,
    );
    await host.act({ kind: "image", owner, key });
    const expected: Expectation = { owners: [], sets: [{ owner, key }], doublesAllowed: 0 };
    await untilIdle(stage, expected, until);
    await host.act({ kind: "refund", owner, key: chargeId });
    const isOver = ({ state, told }: { readonly state: string; readonly told: number }) =>
      state === "refunded" && told === 1;
    await untilThere("the refund is told", async () => (await paymentsOf(stage)).find(isOver), until);
    const left = await untilIdle(stage, expected, { ...until, seconds: until.seconds + messageHeldSeconds });
    const told = toldOf(stage, owner);
    const doubledMessages = Math.max(0, told.booked - 1) + Math.max(0, told.refunded - 1);
    const doubledAllowed = doublingPayments.includes(cell.point) ? 1 : 0;
    const verdict = judge(left, expected);
    return {
      ...verdict,
      doubledMessages: verdict.doubledMessages + doubledMessages,
      lostMessages: verdict.lostMessages + [told.booked, told.refunded].filter((count) => count === 0).length,
      broken: [
        ...verdict.broken,
        ...(await paymentProblems(stage, owner)),
        ...(doubledMessages > doubledAllowed ? [`${doubledMessages} messages doubled`] : []),
      ],
    };
  });

type Until = Parameters<typeof untilThere>[2];

/** Opens the shop, and pays as often as it takes until it is paid. Returns the id of the charge. */
async function bought({ telegram }: Stage, until: Until): Promise<string> {
  const person = telegram.control.person(chatOf(owner), { languageCode: "en" });
  const buttons = () => person.chat().flatMap((message) => message.buttons.flat());
  person.says("/buy");
  const text = await untilThere(
    "something is sold",
    () => buttons().find((each) => each.text.startsWith("20 credits"))?.text,
    until,
  );
  person.presses({ text });
  await untilThere("there is an invoice", () => person.chat().find(({ invoice }) => invoice), until);
  for (;;) {
    const outcome = await person.pays().outcome;
    if (outcome.type === "paid") return outcome.chargeId;
    // Nobody has answered in time.
    if (outcome.type !== "timeout") throw new Error(`a payment ended with ${outcome.type}`);
  }
}
