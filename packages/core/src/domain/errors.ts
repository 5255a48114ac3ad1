/** The lifecycle table has no such transition in the present status. */
export interface IllegalTransition {
  readonly type: "illegal-transition";
  readonly entity: "avatar" | "training";
  readonly from: string;
  readonly transition: string;
}

/** There is no such avatar, or it belongs to someone else: the answer is the same. */
export interface AvatarNotFound {
  readonly type: "avatar-not-found";
  readonly avatarId: string;
}

/** There is no such photo, or it belongs to someone else: the answer is the same. */
export interface PhotoNotFound {
  readonly type: "photo-not-found";
  readonly photoId: string;
}

/** A training of this avatar is under way. */
export interface TrainingActive {
  readonly type: "training-active";
  readonly trainingId: string;
}
