import type { FalFake, FalFakeBehaviour } from "@likeness/fal/testing";
import {
  replicateFake,
  serveReplicateFake,
  type ReplicateFake,
  type ReplicateFakeBehaviour,
  type ReplicateFakeRequest,
} from "@likeness/replicate/testing";
import { onTestFinished } from "vitest";

export const providerNames = ["fal", "replicate"] as const;

export type ProviderName = (typeof providerNames)[number];

/** How a paid request may go: refused, taken without an answer, or with no end of its own. */
type Trouble = "refused" | "lost answer" | "endless";

/** The provider of the bot's orders, as a fake that behaves the same whichever it is. */
export interface JourneyProvider {
  /** What the bot needs to use it. */
  readonly environment: NodeJS.ProcessEnv;
  /** How many paid requests came, each of which costs money. */
  orders(): number;
  /** From now on, how long it takes for an order. */
  takes(seconds: number): void;
  /** The next paid request goes like this. */
  next(trouble: Trouble): void;
  /** Ends what has no end of its own, with success. */
  finish(): Promise<void>;
  wasAskedToCancel(): boolean;
  /** Of what it stores of people. */
  addresses(): string[];
}

const atFal = {
  refused: { submit: { status: 422 } },
  "lost answer": { submit: "drop-after-accepting" },
  endless: { outcome: "never" },
} as const satisfies Record<Trouble, FalFakeBehaviour>;

const atReplicate = {
  refused: { submit: { status: 422 } },
  "lost answer": { submit: "drop-after-accepting" },
  endless: { outcome: "never" },
} as const satisfies Record<Trouble, ReplicateFakeBehaviour>;

/** fal, which every stage has. */
export const falOf = ({ control, requests }: FalFake): JourneyProvider => ({
  environment: {},
  orders: () => requests.filter(({ method, path }) => method === "POST" && path.startsWith("/fal-ai/")).length,
  takes: (seconds) => control.always({ trainingSeconds: seconds, imageSeconds: seconds }),
  next: (trouble) => void control.next(atFal[trouble]),
  finish: async () => {
    for (const { requestId } of control.accepted()) await control.finish(requestId);
  },
  wasAskedToCancel: () => requests.some(({ path }) => path.endsWith("/cancel")),
  addresses: () => requests.map(({ path }) => path).filter((path) => path.startsWith("/files/")),
});

interface Replicate extends JourneyProvider {
  readonly fake: ReplicateFake;
}

/** Replicate, which ends with the test. The bot still knows fal, as its former provider. */
export async function openReplicate(runSeconds: number): Promise<Replicate> {
  const fake = replicateFake({ queueSeconds: 0, runSeconds });
  const { control, requests, runs } = fake;
  const { url, close } = await serveReplicateFake(fake);
  onTestFinished(async () => {
    fake.close();
    await close();
  });
  const isPaid = ({ method, path }: ReplicateFakeRequest): boolean =>
    method === "POST" && /\/(?:trainings|predictions)$/.test(path);
  return {
    fake,
    environment: {
      PROVIDER: "replicate",
      REPLICATE_API_TOKEN: "r8_fake",
      REPLICATE_DESTINATION: "acme/likeness",
      REPLICATE_API_URL: url,
      REPLICATE_FILES_URL: url,
    },
    orders: () => requests.filter(isPaid).length,
    takes: (seconds) => control.always({ runSeconds: seconds }),
    next: (trouble) => control.next(atReplicate[trouble]),
    finish: async () => {
      for (const { id } of runs()) await control.move(id, "succeeded");
    },
    wasAskedToCancel: () => requests.some(({ path }) => path.endsWith("/cancel")),
    addresses: () => requests.map(({ path }) => path).filter((path) => path.startsWith("/_delivery/")),
  };
}
