/** The kinds of jobs of the core. Hosts and faces may add their own beside them. */
export const jobKinds = {
  inspectPhoto: "photo.inspect",
  submitTraining: "training.submit",
  pollTraining: "training.poll",
  finishTraining: "training.finish",
  processDelivery: "webhook.process",
  sendNotification: "notify.send",
  discardBlobs: "blobs.discard",
  settleCredits: "credits.settle",
  sweep: "sweep",
} as const;
