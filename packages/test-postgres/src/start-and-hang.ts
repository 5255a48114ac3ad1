// A program that uses a server until it is killed, for the test of that.
import { startPostgres } from "./start-postgres.ts";

const { url } = await startPostgres();
process.stdout.write(`${url}\n`);
setInterval(() => undefined, 60_000);
