import { pino } from "pino";
import { shutdownOnSignals } from "../shutdown.ts";

/** A program that ends in a given way, and prints what it does. */
const [way = ""] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const shutdown = shutdownOnSignals(pino({ level: "silent" }), (line) => line.replaceAll("hush", "(secret)"));
shutdown.signal.addEventListener("abort", () => say("the end begins"));
shutdown.defer("first", async () => say("first"));
shutdown.defer("second", async () => {
  if (way === "stuck") await new Promise(() => undefined);
  if (way === "failing") throw new Error("on purpose");
  if (way === "complaining") void Promise.reject(new Error("interrupted"));
  say("second");
});
setInterval(() => undefined, 60_000);
if (way === "crashing") void Promise.reject(new Error("hush,\n  nobody caught me"));
say("up");
