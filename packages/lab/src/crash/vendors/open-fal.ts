import {
  falFake,
  serveFalFake,
  type FalFake,
  type FalFakeBehaviour,
  type FalFakeOptions,
  type FalFakePicture,
  type FalForgery,
} from "@likeness/fal/testing";
import { account } from "../host/protocol.ts";
import { falBehaviours } from "./fal-behaviours.ts";
import { falTroubles } from "./fal-troubles.ts";
import { answerTo, orderInAddress, wronglyAnswered, type Fate, type Made, type MadePictures } from "./vendor.ts";
import type { PaidRequests, Vendor } from "./vendor.ts";

const fates = {
  flagged: { picture: "flagged" },
  black: { picture: "black" },
  "input-gone": { outcome: "input-gone" },
} as const satisfies Record<Fate, FalFakeBehaviour>;

export interface FalVendor extends Vendor {
  readonly fake: FalFake;
}

export async function openFal(options: FalFakeOptions = {}): Promise<FalVendor> {
  const fake = falFake({ ...account, ...options });
  const served = await serveFalFake(fake);
  return {
    name: "fal",
    fake,
    url: served.url,
    paid: paidAt(fake),
    pictures: picturesOf(fake),
    always: (behaviour, { queueSeconds, runSeconds }) =>
      fake.control.always({
        queueSeconds,
        trainingSeconds: runSeconds,
        imageSeconds: runSeconds,
        ...falBehaviours[behaviour],
      }),
    next: (fate) => fake.control.next(fates[fate]),
    troubles: falTroubles(fake),
    awaitsWebhooks: () => fake.snapshot().webhooks.waiting.length > 0,
    acceptedForgeries: () => forge(fake),
    close: async () => {
      await fake.close();
      await served.close();
    },
  };
}

/** The required answers to forged webhooks. */
const answers = {
  unsigned: 401,
  "bad-signature": 401,
  "altered-body": 401,
  stale: 401,
  "bad-token": 404,
} as const satisfies Partial<Record<FalForgery, number>>;

async function forge({ control }: FalFake): Promise<string[]> {
  const [request] = control.accepted();
  if (!request) return [];
  const given: Record<string, unknown> = {};
  for (const kind of Object.keys(answers) as (keyof typeof answers)[])
    given[kind] = await answerTo(() => control.forge(request.requestId, kind));
  return wronglyAnswered(answers, given);
}

const madeBy = {
  drawn: "fine",
  unflagged: "fine",
  flagged: "blocked",
  black: "blocked",
  empty: "broken",
  html: "broken",
  truncated: "broken",
  huge: "broken",
  bomb: "broken",
} as const satisfies Record<FalFakePicture, Made>;

/** Reads the fake's snapshot, because fal itself does not tell what is black. */
const picturesOf =
  (fal: FalFake): MadePictures =>
  () =>
    new Map(
      fal.snapshot().requests.flatMap(({ webhookUrl, behaviour, state }) => {
        const orderId = orderInAddress(webhookUrl);
        const isMade = state.status === "finished" && state.answer.status === 200;
        return orderId && isMade ? [[orderId, madeBy[behaviour.picture]] as const] : [];
      }),
    );

function paidAt(fal: FalFake): PaidRequests {
  /**
   * Bodies of requests that were certainly not accepted. Each body is unique to its order, as it names the archive or a seed.
   */
  const refused: string[] = [];
  fal.control.subscribe((activity) => {
    if (activity.type === "request" && isSubmit(activity) && activity.status === 429)
      refused.push(JSON.stringify(activity.body));
  });
  return {
    posts: (orderId) => {
      const sent = fal.requests.filter(
        (request) => isSubmit(request) && orderInAddress(request.query.fal_webhook) === orderId,
      );
      const bodies = new Set(sent.map(({ body }) => JSON.stringify(body)));
      return sent.length - refused.filter((body) => bodies.has(body)).length;
    },
    taken: (orderId) => fal.control.accepted().some(({ webhookUrl }) => orderInAddress(webhookUrl) === orderId),
  };
}

const isSubmit = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === "POST" && path.startsWith("/fal-ai/");
