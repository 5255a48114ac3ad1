/** The five-character error code of PostgreSQL. https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const sqlState = (cause: unknown): string | undefined => {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
};
