const code = "SHARED_COMMIT_UNDONE";

/** Somebody's writes were rolled back although nothing was wrong with them, because they shared a commit with others. */
export const commitUndone = (cause?: unknown): Error =>
  Object.assign(new Error("a commit that was shared with others was undone", { cause }), { code });

export const isCommitUndone = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && cause.code === code;
