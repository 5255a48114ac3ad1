/**
 * A bot without its chat, in a process that may kill itself at a named point. Its parent controls it over IPC; it ends
 * with it.
 */
import { inspect } from "node:util";
import { systemClock as clock, type Log } from "@likeness/core";
import { withKillPoints } from "./with-kill-points.ts";
import { isPeoplePoint, peoplePoints } from "../people/points.ts";
import { atPoint, withProbes } from "../people/with-probes.ts";
import { openHost } from "./open-host.ts";
import { placeOrder } from "./place-order.ts";
import type { Order, HostMessage, HostSettings } from "./protocol.ts";

const settings: HostSettings = JSON.parse(process.argv[2] ?? "{}");

const write =
  (level: string): Log["info"] =>
  (fields, message) =>
    void process.stderr.write(`${process.pid} ${clock.now()} ${level} ${message} ${JSON.stringify(fields)}\n`);
const log: Log = { debug: () => undefined, info: write("info"), warn: write("warn"), error: write("error") };

const die = (): void => {
  process.kill(process.pid, "SIGKILL");
  // Waits for the signal to end the process, so that nothing else happens before.
  for (;;);
};
const point = settings.killAt && isPeoplePoint(settings.killAt) ? peoplePoints[settings.killAt] : undefined;
const probe = point && atPoint(point, die);

const host = await openHost(settings, {
  clock,
  log,
  probe,
  around: (ports) =>
    probe
      ? withProbes(ports, probe)
      : withKillPoints(ports, (reached) => {
          if (reached === settings.killAt) die();
        }),
});

const say = (message: HostMessage): void => void process.send?.(message);

process.on("message", (order: Order) => {
  const { owner, key } = order;
  placeOrder(host, order).then(
    () => say({ type: "ordered", owner, key }),
    (error: unknown) => say({ type: "ordered", owner, key, problem: inspect(error) }),
  );
});
process.on("disconnect", () => process.exit());
say({ type: "ready", port: host.port });
