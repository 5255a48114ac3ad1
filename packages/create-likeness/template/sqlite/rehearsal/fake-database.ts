/** SQLite needs no server, so a rehearsal has a real one, in its own folder. */
export const fakeDatabase = async () => ({ settings: {}, close: async (): Promise<void> => undefined });
