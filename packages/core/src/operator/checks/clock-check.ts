import { found, type Check, type Found } from "../../ports/check.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Network } from "../../ports/network.ts";

export interface ClockCheckOptions {
  readonly clock: Pick<Clock, "now">;
  readonly network: Pick<Network, "fetch">;
  /** Addresses of others whose answers, of any status, have a `Date`. */
  readonly urls: readonly string[];
}

/** Signed webhooks that seem older or newer than this, in seconds, are refused. */
const tolerance = 300;
const suspicious = 60;

const setIt = "set the clock, and let it follow a time server, e.g. by timedatectl set-ntp true";

const nobodyTells = found.skipped("nobody tells the time");

/** Compares our clock with those of others. If one of them agrees, ours is right. */
export const clockCheck = ({ clock, network, urls }: ClockCheckOptions): Check => ({
  name: "clock",
  late: nobodyTells,
  look: async (signal) => {
    const ask = async (url: string): Promise<number[]> => {
      try {
        const { headers, body } = await network.fetch(url, { method: "HEAD", redirect: "manual", signal });
        void body?.cancel().catch(() => undefined);
        const theirs = Date.parse(headers.get("date") ?? "");
        return Number.isNaN(theirs) ? [] : [(Date.parse(clock.now()) - theirs) / 1_000];
      } catch {
        return [];
      }
    };
    const skews = (await Promise.all(urls.map(ask))).flat();
    return [skews.length === 0 ? nobodyTells : judge(smallest(skews))];
  },
});

const smallest = (skews: readonly number[]): number =>
  skews.reduce((best, skew) => (Math.abs(skew) < Math.abs(best) ? skew : best));

function judge(skew: number): Found {
  const seconds = Math.round(Math.abs(skew));
  const said = `this clock is ${seconds} s ${skew < 0 ? "slow" : "fast"}`;
  if (seconds > tolerance) return found.broken(`${said}, so signed webhooks are refused`, setIt);
  return seconds > suspicious ? found.warning(said, setIt) : found.ok("this clock is right");
}
