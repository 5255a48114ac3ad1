/** Whether it is a hex SHA-256 as `put` returns it. */
export const isBlobKey = (key: string): boolean => /^[0-9a-f]{64}$/.test(key);
