/** A state that its lifecycle table rules out: a mistake in code. */
export const inconsistent = ({ status }: { readonly status: string }): Error =>
  new Error(`the lifecycle table is wrong about ${status}`);
