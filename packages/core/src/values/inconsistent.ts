/** Throws for a state that the lifecycle table rules out, which is a mistake in code. */
export const inconsistent = ({ status }: { readonly status: string }): Error =>
  new Error(`the lifecycle table is wrong about ${status}`);
