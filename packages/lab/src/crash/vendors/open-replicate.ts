import {
  replicateFake,
  serveReplicateFake,
  signReplicateWebhook,
  type ReplicateFake,
  type ReplicateFakeBehaviour,
} from "@likeness/replicate/testing";
import { account } from "../host/protocol.ts";
import { replicateBehaviours } from "./replicate-behaviours.ts";
import { replicateTroubles } from "./replicate-troubles.ts";
import { withFaults } from "./with-faults.ts";
import { answerTo, orderInAddress, wronglyAnswered, type Fate, type MadePictures, type Vendor } from "./vendor.ts";

const fates = {
  flagged: { outcome: "flagged" },
  black: { outcome: "black" },
  "input-gone": { outcome: "input-gone" },
} as const satisfies Record<Fate, ReplicateFakeBehaviour>;

export interface ReplicateVendor extends Vendor {
  readonly fake: ReplicateFake;
}

export async function openReplicate(): Promise<ReplicateVendor> {
  const fake = replicateFake({ token: account.key });
  const faulty = withFaults(fake.fetch);
  const served = await serveReplicateFake({ ...fake, fetch: faulty.fetch });
  return {
    name: "replicate",
    fake,
    url: served.url,
    paid: {
      posts: (orderId) =>
        fake.requests.filter(({ webhook, status }) => status !== 429 && orderInAddress(webhook) === orderId).length,
      taken: (orderId) => fake.runs().some(({ webhook }) => orderInAddress(webhook) === orderId),
    },
    pictures: picturesOf(fake),
    always: (behaviour, pace) => fake.control.always({ ...pace, ...replicateBehaviours[behaviour] }),
    next: (fate) => fake.control.next(fates[fate]),
    troubles: replicateTroubles(fake, faulty.fault),
    awaitsWebhooks: () => fake.waitingWebhooks() > 0,
    acceptedForgeries: () => forge(fake),
    close: async () => {
      fake.close();
      await served.close();
    },
  };
}

/** A flagged picture is not made: its run fails. */
const picturesOf =
  ({ runs }: ReplicateFake): MadePictures =>
  () =>
    new Map(
      runs().flatMap(({ kind, webhook, status, outcome }) => {
        const orderId = orderInAddress(webhook);
        const isMade = kind === "prediction" && status === "succeeded";
        return orderId && isMade ? [[orderId, outcome === "black" ? "blocked" : "fine"] as const] : [];
      }),
    );

/** The required answers to forged webhooks. */
const answers = { unsigned: 401, "bad-signature": 401, "altered-body": 401, stale: 401, "bad-token": 404 } as const;

async function forge(fake: ReplicateFake): Promise<string[]> {
  const [run] = fake.runs();
  if (run?.webhook === undefined) return [];
  const authorization = `Bearer ${account.key}`;
  // Not over HTTP, where it may fail on purpose.
  const asked = await fake.fetch(
    new Request("http://replicate/v1/webhooks/default/secret", { headers: { authorization } }),
  );
  const { key }: { readonly key: string } = await asked.json();
  const body = JSON.stringify({ id: run.id, status: "failed", error: "forged" });
  const now = Math.floor(Date.now() / 1_000);
  const signed = (timestamp = now, secret = key) =>
    signReplicateWebhook({ secrets: [secret], id: "msg_forged", timestamp, body });
  const post = (headers: Record<string, string>, sent = body, address = run.webhook ?? "") =>
    answerTo(() =>
      fetch(address, { method: "POST", headers, body: sent }).then(
        ({ status }) => status,
        () => "unreachable",
      ),
    );
  return wronglyAnswered(answers, {
    unsigned: await post({}),
    "bad-signature": await post(signed(now, `whsec_${btoa("another secret of some length")}`)),
    "altered-body": await post(signed(), body.replace("failed", "succeeded")),
    stale: await post(signed(now - 301)),
    "bad-token": await post(signed(), body, run.webhook.replace(/token=[^&]*/, "token=forged")),
  });
}
