import { jobKinds, needNames, type JobHandler } from "@likeness/core";
import { valueOf } from "@likeness/testing";
import { avatarsPerOwner, ownerOf, trainingIds } from "./avatar-rows.ts";
import { drafter, type FilledDatabase } from "./filled-database.ts";
import { signedDelivery } from "./webhook-fixture.ts";

/** Prepares the n-th operation of its kind, and returns the function to measure. */
type Prepare = (database: FilledDatabase, number: number) => Promise<() => Promise<unknown>>;

/** A number of the database's, spread over all of them by the golden ratio. */
const spread = (number: number, size: number): number => Math.floor(((number * 0.618) % 1) * size);

/** What people, the provider and the sweeper wait for. */
const ofPeople = {
  "a webhook is stored": async ({ likeness }, number) => {
    const { url, headers, body } = await signedDelivery(1_000_000_000 + number);
    const [orderId = "", token = ""] = ["order", "token"].map((name) => url.searchParams.get(name) ?? "");
    return async () => {
      const admission = await valueOf(likeness.webhooks.admit({ orderId, token }));
      await valueOf(likeness.webhooks.receive({ admission, headers, body }));
    };
  },
  "a training starts": async ({ likeness, drafts }, number) => {
    const avatarId = drafts[number] ?? "";
    return () => valueOf(likeness.trainings.start({ actor: drafter, avatarId }));
  },
  "the avatars of an owner are listed": async ({ likeness, size }, number) => {
    const actor = ownerOf(spread(number, size / avatarsPerOwner));
    return () => valueOf(likeness.avatars.list({ actor }));
  },
  "a press in the chat is answered": async ({ chat: { person, handle } }) => {
    person.says("/avatars");
    await handle();
    const [[button] = []] = person.chat().at(-1)?.buttons ?? [];
    if (!button) throw new Error("the list of avatars has no button");
    person.presses({ text: button.text });
    return handle;
  },
  "the sweeper looks at everything": async ({ likeness }) => {
    const sweep: JobHandler | undefined = likeness.handlers[jobKinds.sweep];
    if (!sweep) throw new Error("the core has no sweeper");
    const { signal } = new AbortController();
    const job = { kind: jobKinds.sweep, key: "sweep", payload: null, attempt: 1, signal };
    return () => valueOf(sweep(job));
  },
} satisfies Record<string, Prepare>;

/** What operators wait for. */
const ofOperators = {
  "the operator inspects":
    async ({ likeness }) =>
    () =>
      valueOf(likeness.operator.inspect()),
  ...Object.fromEntries(
    needNames.map((need): [string, Prepare] => [
      `the operator lists: ${need}`,
      async ({ likeness }) =>
        () =>
          valueOf(likeness.operator.list({ need })),
    ]),
  ),
  "the operator reads about an order": async ({ likeness, size }, number) => {
    const orderId = trainingIds.of(spread(number, size));
    return () => valueOf(likeness.operator.order({ orderId }));
  },
  "the operator reads statistics":
    async ({ likeness }) =>
    () =>
      valueOf(likeness.operator.statistics()),
  "the operator reads what was done":
    async ({ likeness }) =>
    () =>
      valueOf(likeness.operator.actions()),
} satisfies Record<string, Prepare>;

export const growthOperations: Readonly<Record<string, Prepare>> = { ...ofPeople, ...ofOperators };
