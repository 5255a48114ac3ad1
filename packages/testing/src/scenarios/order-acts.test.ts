import {
  createLikeness,
  orderActs,
  type AvatarState,
  type Likeness,
  type Order,
  type OrderAct,
  type Store,
} from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import { expect, it } from "vitest";
import { testPorts } from "../fakes/test-ports.ts";
import { aCopiedModel, aLateTraining } from "../fixtures/late-training.ts";
import { operatedOrders } from "../fixtures/operated-orders.ts";
import { storeWithAvatar } from "../fixtures/store-with-avatar.ts";
import { aTraining } from "../fixtures/training.ts";
import { valueOf } from "../results/value-of.ts";

const operator = "olga";

/** What a command answers where it has done its act. */
const dones = {
  look: ["answered", "missing", "not-asked"],
  cancel: ["cancelled"],
  adopt: ["adopted"],
  "copy-again": ["begun"],
  dismiss: ["dismissed"],
} as const satisfies Record<OrderAct, readonly string[]>;

const perform = ({ operator: commands }: Likeness, act: OrderAct, id: string) => {
  const performs: Readonly<Record<OrderAct, () => ResultAsync<{ readonly type: string }, { readonly type: string }>>> =
    {
      look: () => commands.look({ operator, orderId: id }),
      cancel: () => commands.cancel({ operator, orderId: id }),
      adopt: () => commands.adopt({ operator, trainingId: id }),
      "copy-again": () => commands.copyAgain({ operator, orderId: id }),
      dismiss: () => commands.dismiss({ operator, subject: { type: "order", id } }),
    };
  return performs[act]().match(
    ({ type }) => type,
    ({ type }) => type,
  );
};

async function deployed(order: Order, around?: (store: Store) => Promise<AvatarState>) {
  const { ports } = testPorts();
  const state = await around?.(ports.store);
  await storeWithAvatar(ports.store, order, state && { state });
  return createLikeness(ports);
}

const actsOf = async ({ operator: commands }: Likeness, orderId: string) =>
  (await valueOf(commands.order({ orderId }))).acts;

/** Whether a list of what needs a person has it: what is in none needs no dismissal. */
async function isListed({ operator: commands }: Likeness, orderId: string): Promise<boolean> {
  const { needs } = await valueOf(commands.inspect());
  return [...needs.late.items, ...needs.uncopied.items].some(({ id }) => id === orderId);
}

async function expectToldAsDone(order: Order, around?: (store: Store) => Promise<AvatarState>): Promise<OrderAct[]> {
  const done: OrderAct[] = [];
  for (const act of orderActs) {
    const likeness = await deployed(order, around);
    const isWanted = act !== "dismiss" || (await isListed(likeness, order.id));
    const answer = await perform(likeness, act, order.id);
    if (isWanted && (dones[act] as readonly string[]).includes(answer)) done.push(act);
  }
  expect(await actsOf(await deployed(order, around), order.id)).toStrictEqual(done);
  return done;
}

it.each(operatedOrders())("the story tells the acts that are done about $name, and no other", async ({ order }) => {
  await expectToldAsDone(order);
});

const late = aLateTraining();
/** The avatar has the model of another training. */
const readyWith =
  (createdAt: string) =>
  async (store: Store): Promise<AvatarState> => {
    const { id: trainingId } = await storeWithAvatar(store, aTraining("succeeded", { createdAt }));
    return { status: "ready", trainingId };
  };

it.each<[string, (store: Store) => Promise<AvatarState>, OrderAct[]]>([
  ["has that result", async () => ({ status: "ready", trainingId: late.id }), []],
  ["is trained again", async () => ({ status: "training", trainingId: "another" }), ["dismiss"]],
  ["has a later model", readyWith("2026-11-24T00:00:00.000Z"), []],
  ["has an earlier model", readyWith("2026-11-20T00:00:00.000Z"), ["adopt", "dismiss"]],
])("a late result is offered by what the avatar is: it %s", async (_, around, expected) => {
  expect(await expectToldAsDone(late, around)).toStrictEqual(expected);
});

it("what was adopted, cancelled or dismissed is not offered again", async () => {
  for (const act of ["adopt", "dismiss"] as const) {
    const likeness = await deployed(late);
    await perform(likeness, act, late.id);
    expect([act, (await actsOf(likeness, late.id)).includes(act)]).toStrictEqual([act, false]);
  }
  const submitted = aTraining("submitted");
  const likeness = await deployed(submitted);
  await perform(likeness, "cancel", submitted.id);
  expect(await actsOf(likeness, submitted.id)).toStrictEqual([]);
});

it("what was dismissed and then copied again is offered as if it had not been dismissed", async () => {
  const lateOutcome = { weights: { ...aCopiedModel().weights, blobKey: undefined, givenUp: true } } as const;
  const gone = aLateTraining({ lateOutcome });
  const likeness = await deployed(gone);
  expect(await actsOf(likeness, gone.id)).toStrictEqual(["copy-again", "dismiss"]);
  await perform(likeness, "dismiss", gone.id);
  expect(await actsOf(likeness, gone.id)).toStrictEqual(["copy-again"]);
  await perform(likeness, "copy-again", gone.id);
  expect(await actsOf(likeness, gone.id)).toStrictEqual(["adopt", "dismiss"]);
});
