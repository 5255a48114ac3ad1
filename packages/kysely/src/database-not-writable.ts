/** The database answers, but keeps nothing. It is told apart from one that is away, because waiting alone seldom helps. */
export interface DatabaseNotWritable {
  readonly type: "database-not-writable";
  readonly reason: "read-only" | "disk-full";
  readonly detail: string;
}

export const notWritable = (reason: DatabaseNotWritable["reason"], detail: string): DatabaseNotWritable => ({
  type: "database-not-writable",
  reason,
  detail,
});
