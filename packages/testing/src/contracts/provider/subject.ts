import {
  advanceOrder,
  sizes,
  type Clock,
  type ImageSnapshot,
  type Order,
  type Profile,
  type Provider,
  type ProviderRequest,
  type Recipe,
  type Submission,
} from "@likeness/core";
import { anArchive } from "../../fixtures/archive.ts";
import { anImageOrder, anImageSnapshot } from "../../fixtures/image-order.ts";
import { aProviderRequest } from "../../fixtures/provider-request.ts";
import { aSnapshot, aTraining } from "../../fixtures/training.ts";
import { valueOf } from "../../results/value-of.ts";

/**
 * How a submit ends at the provider: `deferred` is a 429, `lost` never arrives although it was sent, and `unconfirmed`
 * is accepted, but its answer does not come back.
 */
export type ScriptedSubmit = "refused" | "deferred" | "lost" | "unconfirmed";

/** Controls the provider behind the adapter. */
export interface ProviderControl {
  answerNextSubmit(answer: ScriptedSubmit): void | Promise<void>;
  /** How many submits were sent, with any outcome. */
  submits(): number | Promise<number>;
  /** Sets the status of a request from now on. */
  move(requestId: string, to: "queued" | "running" | "succeeded" | "failed"): void | Promise<void>;
  /** Lets seconds pass at the provider. Only for one whose `erase` asks to try later after a request has ended. */
  readonly pass?: ((seconds: number) => void | Promise<void>) | undefined;
}

export interface ProviderSubject {
  readonly provider: Provider;
  readonly control: ProviderControl;
  /** A profile for a trainer of the provider. */
  readonly profile: Profile;
  /** What a picture is made with; only for a provider that makes pictures. */
  readonly picture?: PictureSubject | undefined;
  /** The clock of the provider. */
  readonly clock: Clock;
}

/** What the suite asks of a provider where providers differ. */
export interface ProviderTraits {
  /**
   * Whether it reads the photos to prepare an order, e.g. packs or uploads them. Default: true; false where it names
   * addresses of ours. What it prepares then need not tell one order from another.
   */
  readonly readsPhotos?: boolean | undefined;
}

export type CreateProvider = () => Promise<ProviderSubject>;

export interface PictureSubject {
  readonly recipe: Recipe;
  /** Where the provider can read weights; absent: the pictures are made without. */
  readonly weightsUrl?: string | undefined;
}

/** The kinds of order for which the suite can run. */
export type ProviderKind = "training" | "image";

/** A subject whose orders are of one kind. */
export interface KindSubject extends ProviderSubject {
  readonly kind: ProviderKind;
}

export type CreateForKind = () => Promise<KindSubject>;

/** An order that nothing is prepared for yet. */
export function aRequestedOrder({ kind, provider: { name: provider }, profile, picture, clock }: KindSubject): Order {
  const createdAt = clock.now();
  if (kind === "training") return aTraining("requested", { snapshot: aSnapshot({ profile }), provider, createdAt });
  if (!picture) throw new Error("a provider that makes pictures needs `picture` in its subject");
  return anImageOrder("requested", { snapshot: pictureSnapshot(picture), provider, createdAt });
}

/** The seed makes the input of an order differ from all others. */
function pictureSnapshot({ recipe, weightsUrl }: PictureSubject): ImageSnapshot {
  const { endpoint, input, promptField, weightsField, scaleField, sizeField, ratioField, seedField } = recipe;
  const { pictureField, flagsField } = recipe;
  const fields = {
    ...input,
    ...(promptField && { [promptField]: "a person by a window" }),
    ...(weightsField && weightsUrl !== undefined && weightsOf(weightsField, scaleField, weightsUrl)),
    ...(sizeField && { [sizeField]: sizes["1:1"] }),
    ...(ratioField && { [ratioField]: "1:1" }),
    ...(seedField && { [seedField]: seedCounter++ }),
  };
  return anImageSnapshot({ endpoint, input: fields, pictureField, flagsField });
}

const weightsOf = (field: string, scaleField: string | undefined, path: string) =>
  scaleField === undefined ? { [field]: [{ path, scale: 1 }] } : { [field]: path, [scaleField]: 1 };

let seedCounter = 1;

/** The file of the outcome of each kind that is always there. */
export const mainFileOf = { training: "weights", image: "picture" } as const satisfies Record<ProviderKind, string>;

/** An order that is prepared and is about to be submitted. */
export async function preparedOrder(subject: KindSubject): Promise<Submission> {
  const requested = aRequestedOrder(subject);
  const prepared =
    subject.kind === "training" ? await valueOf(subject.provider.prepare(requested, anArchive())) : { input: {} };
  const state = { status: "submitting", prepared, submitStartedAt: subject.clock.now() } as const;
  return { prepared, order: { ...requested, state } };
}

/** An order that the provider has accepted. */
export async function acceptedOrder(subject: KindSubject) {
  const submission = await preparedOrder(subject);
  const request = await valueOf(subject.provider.submit(submission));
  return { request, order: accepted(submission.order, request, subject.clock) };
}

/** An order with a request that the provider does not know. */
export async function strangeOrder(subject: KindSubject): Promise<Order> {
  const { order } = await preparedOrder(subject);
  return accepted(order, { requestId: aProviderRequest().requestId }, subject.clock);
}

export const accepted = (order: Order, request: ProviderRequest, clock: Clock): Order =>
  advanceOrder(order, { type: "accept", request, at: clock.now() }).match(
    (advanced) => advanced,
    (error) => {
      throw new Error(`the lifecycle has no ${error.transition} in ${error.from}`);
    },
  );
