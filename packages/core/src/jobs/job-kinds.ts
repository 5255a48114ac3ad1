/** The kinds of jobs of the core. Hosts and channels may add their own. */
export const jobKinds = {
  inspectPhoto: "photo.inspect",
  submitOrder: "order.submit",
  pollOrder: "order.poll",
  finishOrder: "order.finish",
  /** `webhook.process:<source>` for a channel's deliveries, see `deliveryJob`. */
  processDelivery: "webhook.process",
  sendNotification: "notify.send",
  discardBlobs: "blobs.discard",
  guardBlob: "blobs.guard",
  settleCredits: "credits.settle",
  eraseOrder: "order.erase",
  stopWork: "owner.stop",
  /** Carries on the erasure of an owner. */
  eraseOwner: "owner.erase",
  sweep: "sweep",
} as const;

export type CoreKind = (typeof jobKinds)[keyof typeof jobKinds];
