/** The kinds of jobs of the core. Hosts and channels may add their own. */
export const jobKinds = {
  inspectPhoto: "photo.inspect",
  submitTraining: "training.submit",
  pollTraining: "training.poll",
  finishTraining: "training.finish",
  /** `webhook.process:<source>` for a channel's deliveries, see `deliveryJob`. */
  processDelivery: "webhook.process",
  sendNotification: "notify.send",
  discardBlobs: "blobs.discard",
  guardBlob: "blobs.guard",
  settleCredits: "credits.settle",
  eraseTraining: "training.erase",
  sweep: "sweep",
} as const;
