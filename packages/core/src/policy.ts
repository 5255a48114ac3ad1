import { withoutUndefined, type Some } from "./values/without-undefined.ts";

/** Times and limits that a host may choose. Seconds unless the name says otherwise. */
export interface Policy {
  /** Interval between two polls of a running order in its first 30 minutes … */
  readonly pollSeconds: number;
  /** … and the longest interval after that, as the intervals grow. */
  readonly pollMaxSeconds: number;
  /** Timeout of the one POST. An order that is `submitting` for more than twice this becomes `unknown`. */
  readonly submitTimeoutSeconds: number;
  readonly sweepSeconds: number;
  /** How long preparing an order may take before the sweeper enqueues its job again, in case the job was lost. */
  readonly prepareSeconds: number;
  /** When a submission that the provider keeps deferring is given up, counted from when the order was placed. */
  readonly requestDeadlineSeconds: number;
  /** When an unconfirmed submission is given up, counted from its POST. */
  readonly unknownDeadlineSeconds: number;
  /** When an accepted training is given up, counted from its acceptance. */
  readonly trainingDeadlineSeconds: number;
  /** Interval between two polls of an image order. */
  readonly imagePollSeconds: number;
  /** When an image order is given up, counted from its placing. */
  readonly imageDeadlineSeconds: number;
  /** How long a picture that cannot be read is fetched again, counted from the end of its order … */
  readonly imageCopySeconds: number;
  /** … and how long one whose bytes are no picture. */
  readonly imageWrongSeconds: number;
  /** How long the ready message waits for the first pictures of the avatar. */
  readonly firstLookWaitSeconds: number;
  /** Orders that an owner may have under way, of any kind; a set of pictures is one; not seconds. */
  readonly maxParallelOrders: number;
  /** Orders that an owner may place from midnight to midnight UTC; not seconds. */
  readonly maxOrdersPerDay: number;
  /** A reservation of credits is released after this, if its order is not stored. */
  readonly reservationSeconds: number;
  /** How long the message about a success waits for the copy of the outcome's files. */
  readonly copyWaitSeconds: number;
  /**
   * When copying a file of an outcome is given up, counted from the end of the order. While our own blob store fails,
   * it is not given up.
   */
  readonly copyDeadlineSeconds: number;
  /** How long the provider is asked to erase its data of an erased order; after that an operator has to act. */
  readonly erasureDeadlineSeconds: number;
  /** How old stored bytes are when it is first checked that a row names them; the next checks take twice as long. */
  readonly guardSeconds: number;
  /** How long a delivery that cannot be verified or applied is retried. */
  readonly deliveryDeadlineSeconds: number;
  /**
   * How long an attempt to send a message may take; if its process died meanwhile, the next one begins after this. Has
   * to be longer than the notifier ever takes, or a message may be sent twice.
   */
  readonly notifyAttemptSeconds: number;
  /** A message is given up when the waits between its attempts add up to more than this. */
  readonly notifyDeadlineSeconds: number;
  /** Settled deliveries are deleted after this. */
  readonly inboxRetentionSeconds: number;
  /** A submitted photo that cannot be fetched from its source is given up after this. */
  readonly photoDeadlineSeconds: number;
  /** Photos are removed when their avatar has had its model for this long; 0: never. */
  readonly photoRetentionSeconds: number;
  /** Everything of an owner is erased this long after their last sign of life; 0: never … */
  readonly ownerRetentionSeconds: number;
  /** … and they are told this long before. */
  readonly retentionNoticeSeconds: number;
  /** Purchases that were never paid are deleted after this, which is longer than the week in which they can be paid. */
  readonly unpaidPurchaseSeconds: number;
  /** Shortest time between two exports of an owner, because each reads everything; 0: none. */
  readonly exportIntervalSeconds: number;
  /** For how long the cause of an alarm has to be gone before it is over. */
  readonly alarmCalmSeconds: number;
  /** Avatars per owner, not seconds. */
  readonly avatarsPerOwner: number;
  /** Photos kept per avatar, rejected ones included; not seconds. */
  readonly photosPerAvatar: number;
  /** Two photos whose fingerprints differ in at most this many of 64 bits are the same picture. */
  readonly nearDuplicateDistance: number;
}

export const defaultPolicy: Policy = {
  pollSeconds: 10,
  pollMaxSeconds: 300,
  submitTimeoutSeconds: 25,
  sweepSeconds: 60,
  prepareSeconds: 600,
  requestDeadlineSeconds: 3_600,
  unknownDeadlineSeconds: 3_600,
  trainingDeadlineSeconds: 86_400,
  imagePollSeconds: 3,
  imageDeadlineSeconds: 900,
  imageCopySeconds: 150,
  imageWrongSeconds: 60,
  firstLookWaitSeconds: 90,
  maxParallelOrders: 2,
  maxOrdersPerDay: 20,
  reservationSeconds: 3_600,
  copyWaitSeconds: 60,
  copyDeadlineSeconds: 86_400,
  erasureDeadlineSeconds: 604_800,
  guardSeconds: 30,
  deliveryDeadlineSeconds: 86_400,
  notifyAttemptSeconds: 60,
  notifyDeadlineSeconds: 172_800,
  inboxRetentionSeconds: 7_776_000,
  photoDeadlineSeconds: 3_600,
  photoRetentionSeconds: 2_592_000,
  ownerRetentionSeconds: 94_608_000,
  retentionNoticeSeconds: 2_592_000,
  unpaidPurchaseSeconds: 2_592_000,
  exportIntervalSeconds: 3_600,
  alarmCalmSeconds: 900,
  avatarsPerOwner: 50,
  photosPerAvatar: 200,
  nearDuplicateDistance: 6,
};

/**
 * The defaults, overridden by what the host chose. Throws for an invalid number, which is a mistake in the host's code.
 */
export function checkPolicy(chosen: Some<Policy> = {}): Policy {
  const policy: Policy = { ...defaultPolicy, ...withoutUndefined(chosen) };
  for (const [name, value] of Object.entries(policy))
    if (!Number.isFinite(value) || value < 0 || (value === 0 && !mayBeZero.has(name)))
      throw new RangeError(`the policy's ${name} must be a positive number, not ${String(value)}`);
  if (policy.trainingDeadlineSeconds <= 2 * policy.submitTimeoutSeconds)
    throw new RangeError("the policy's trainingDeadlineSeconds must exceed twice its submitTimeoutSeconds");
  if (policy.imageDeadlineSeconds <= 2 * policy.submitTimeoutSeconds)
    throw new RangeError("the policy's imageDeadlineSeconds must exceed twice its submitTimeoutSeconds");
  if (policy.unpaidPurchaseSeconds <= longestInvoiceSeconds)
    throw new RangeError("the policy's unpaidPurchaseSeconds must exceed the week in which an invoice can be paid");
  return policy;
}

/** How long a shop lets an invoice be paid. A payment that finds no purchase is nobody's. */
const longestInvoiceSeconds = 7 * 86_400;

const mayBeZero: ReadonlySet<string> = new Set<keyof Policy>([
  "copyWaitSeconds",
  "firstLookWaitSeconds",
  "nearDuplicateDistance",
  "photoRetentionSeconds",
  "ownerRetentionSeconds",
  "exportIntervalSeconds",
]);
