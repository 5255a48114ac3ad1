/** The database answers but cannot write. Unlike an outage, this seldom ends without an operator. */
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
