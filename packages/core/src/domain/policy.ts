/** Times and limits that a host may choose. Seconds unless the name says otherwise. */
export interface Policy {
  /** A running training is looked at this often in its first 30 minutes … */
  readonly pollSeconds: number;
  /** … then more and more rarely, up to this. */
  readonly pollMaxSeconds: number;
  /** How long the one POST may take. A `submitting` older than twice this is `unknown`. */
  readonly submitTimeoutSeconds: number;
  readonly sweepSeconds: number;
  /** A submission that the provider keeps deferring is given up after this, from the start of the training. */
  readonly requestDeadlineSeconds: number;
  /** An unconfirmed submission is given up after this, from its POST. */
  readonly unknownDeadlineSeconds: number;
  /** An accepted training is given up after this, from its acceptance. */
  readonly trainingDeadlineSeconds: number;
  /** How long the ready message waits for the copy of the model. */
  readonly copyWaitSeconds: number;
  /** A file of a model that cannot be copied is given up after this, from the end of the training; own blobs that fail do not count. */
  readonly copyDeadlineSeconds: number;
  /** How long the provider is asked to erase what it keeps of an erased training; then it is an operator's business. */
  readonly erasureDeadlineSeconds: number;
  /** How long a delivery that cannot be verified or applied is tried. */
  readonly deliveryDeadlineSeconds: number;
  /** A message is given up when the waits between its attempts come to more than this. */
  readonly notifyDeadlineSeconds: number;
  /** Settled deliveries are deleted after this. */
  readonly inboxRetentionSeconds: number;
  /** A submitted photo whose source does not hand it over is given up after this. */
  readonly photoDeadlineSeconds: number;
  /** Avatars per owner, not seconds. */
  readonly avatarsPerOwner: number;
  /** Photos kept per avatar, rejected ones included; not seconds. */
  readonly photosPerAvatar: number;
  /** Two photos whose fingerprints differ in at most so many of 64 bits are the same picture. */
  readonly nearDuplicateDistance: number;
}

export const defaultPolicy: Policy = {
  pollSeconds: 10,
  pollMaxSeconds: 300,
  submitTimeoutSeconds: 25,
  sweepSeconds: 60,
  requestDeadlineSeconds: 3_600,
  unknownDeadlineSeconds: 3_600,
  trainingDeadlineSeconds: 86_400,
  copyWaitSeconds: 60,
  copyDeadlineSeconds: 86_400,
  erasureDeadlineSeconds: 604_800,
  deliveryDeadlineSeconds: 86_400,
  notifyDeadlineSeconds: 172_800,
  inboxRetentionSeconds: 7_776_000,
  photoDeadlineSeconds: 3_600,
  avatarsPerOwner: 50,
  photosPerAvatar: 200,
  nearDuplicateDistance: 6,
};
