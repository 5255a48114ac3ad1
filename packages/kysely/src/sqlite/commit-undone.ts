const code = "SHARED_COMMIT_UNDONE";

/** Writes were rolled back because other writes in the same shared commit failed. They can be repeated. */
export const commitUndone = (cause?: unknown): Error =>
  Object.assign(new Error("a commit that was shared with others was undone", { cause }), { code });

export const isCommitUndone = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && cause.code === code;
