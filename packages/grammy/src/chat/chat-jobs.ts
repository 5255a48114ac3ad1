/** The jobs of the chat, beside the core's. Like those, each job only makes its handler look at a row. */
export const chatJobs = {
  /** Handles a stored update; key: id of the delivery. */
  update: "webhook.process:telegram",
  /** Shows how a burst of photos fares; key: id of the chat, and of the topic in it. */
  status: "telegram.status",
  /** Shows how far a training is; key: id of the training. */
  progress: "telegram.progress",
  /** Shows how a set of pictures is drawn; key: id of the set and of the follower. */
  drawing: "telegram.drawing",
  /** Sends a person all their data; key: id of the chat, and of the topic in it. */
  export: "telegram.export",
  /** Says what Telegram did not take; key: id of the chat and a digest of the message. */
  say: "telegram.say",
} as const;
