/** The lifecycle table has no such transition in the current status. */
export interface IllegalTransition {
  readonly type: "illegal-transition";
  readonly entity: "avatar" | "order";
  readonly from: string;
  readonly transition: string;
}

/** There is no such avatar, or it belongs to another owner: the answer is the same. */
export interface AvatarNotFound {
  readonly type: "avatar-not-found";
  readonly avatarId: string;
}

/** There is no such photo, or it belongs to another owner: the answer is the same. */
export interface PhotoNotFound {
  readonly type: "photo-not-found";
  readonly photoId: string;
}

/** There is no such order; it may have been erased with its avatar. */
export interface OrderNotFound {
  readonly type: "order-not-found";
  readonly orderId: string;
}

/** This avatar has a training under way. */
export interface TrainingActive {
  readonly type: "training-active";
  readonly trainingId: string;
}
