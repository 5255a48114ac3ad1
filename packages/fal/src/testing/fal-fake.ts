import { systemClock, type Clock } from "@likeness/core";
import { timers } from "@likeness/fake-server/timers";
import { activities } from "./wire/activities.ts";
import { behaviours } from "./queue/behaviours.ts";
import { control, type FalFakeControl } from "./control/control.ts";
import { controlPrefix, controlRoutes } from "./control/control-routes.ts";
import { courier } from "./webhooks/courier.ts";
import type { FalFakeSnapshot } from "./fal-fake-snapshot.ts";
import { faults } from "./wire/faults.ts";
import { fileStore } from "./storage/file-store.ts";
import { keyring } from "./webhooks/keyring.ts";
import { originsFor, type Origins } from "./wire/origins.ts";
import { erasingRoutes } from "./platform/erasing-routes.ts";
import { platformRoutes, type PlatformSwitches } from "./platform/platform-routes.ts";
import { queueRoutes } from "./queue/queue-routes.ts";
import { router, type FalFakeRequest } from "./wire/router.ts";
import { runs } from "./queue/runs.ts";
import { storageRoutes } from "./storage/storage-routes.ts";
import { submitRoute } from "./queue/submit-route.ts";
import { webhooks } from "./webhooks/webhooks.ts";

export interface FalFakeOptions {
  /** The only key that is accepted; others get 401. Default `fake-id:fake-secret`. */
  readonly key?: string | undefined;
  /** The account that webhooks are signed for. Default `fal-fake-user`. */
  readonly userId?: string | undefined;
  readonly clock?: Clock | undefined;
  /** Default 1. */
  readonly queueSeconds?: number | undefined;
  /** Default 3. */
  readonly trainingSeconds?: number | undefined;
  /** How long a picture takes. Default: as long as a training, at most 2. */
  readonly imageSeconds?: number | undefined;
  /** Delivers webhooks. Default: the global fetch. */
  readonly deliver?: typeof fetch | undefined;
  /** Continues from this snapshot, at the same port or another; what was due meanwhile happens at once. */
  readonly snapshot?: FalFakeSnapshot | undefined;
}

export interface FalFake {
  /** All of fal as one handler: queue, storage, files, key set, platform, and the control under `/_control/`. */
  fetch(request: Request): Promise<Response>;
  readonly control: FalFakeControl;
  /** Everything that came in except control, in order. */
  readonly requests: readonly FalFakeRequest[];
  /** May be called at any time, also after `close`. */
  snapshot(): FalFakeSnapshot;
  /**
   * Sets the fake's own origin. A fake with a snapshot continues only after that, because its webhooks hold its own
   * URLs. `serveFalFake` calls it; otherwise the first request sets it.
   */
  servedAt(url: string): void;
  /** Stops timers and webhooks and deletes the uploads. Afterwards every request is a network error. */
  close(): Promise<void>;
}

/**
 * A local fal: unmodified clients talk to it in fal's wire format. It trains nothing, draws pictures by code, costs nothing
 * and sends requests only to the webhook URLs it is given, loopback ones included. Uploads are in temporary files until `close`; on Linux
 * these have no name, so that they disappear with a killed process; elsewhere the next fake deletes them.
 *
 * @example
 * const fake = falFake();
 * const server = await serveFalFake(fake);
 * fake.control.next({ outcome: "error" });
 */
export function falFake(options: FalFakeOptions = {}): FalFake {
  const { key = "fake-id:fake-secret", userId = "fal-fake-user", clock = systemClock } = options;
  const { queueSeconds = 1, trainingSeconds = 3, imageSeconds, deliver = (...call) => fetch(...call) } = options;
  // A copy, because it is modified below.
  const kept = structuredClone(options.snapshot);

  const time = timers(clock);
  const news = activities();
  const keys = keyring(kept?.keys);
  const files = fileStore(kept, time.now);
  const carrier = courier(time, deliver, news.publish);
  const announcer = webhooks({ timers: time, keys, userId, courier: carrier, kept: kept?.webhooks });
  const jobs = runs(time, files, announcer, kept?.requests);
  const manners = behaviours({ queueSeconds, trainingSeconds, imageSeconds }, kept?.behaviours);
  const troubles = faults(kept?.faults);
  const switches: PlatformSwitches = kept?.switches ?? { jwks: "up", history: "finished" };
  const requests: FalFakeRequest[] = [];

  let isResumed = false;
  const resume = (origins: Origins): void => {
    if (isResumed) return;
    isResumed = true;
    announcer.resume((body) => files.relocate(body, origins.files));
    jobs.resume(origins);
  };

  const handle = router({
    routes: [
      // Last, because the first match counts and an endpoint id can be almost any path.
      ...erasingRoutes(jobs, files),
      ...platformRoutes(jobs, keys, time, switches),
      ...storageRoutes(files, time.now),
      ...queueRoutes(jobs, time),
      submitRoute(jobs, manners, time),
    ],
    key,
    faults: troubles,
    record: (request) => requests.push(request),
    publish: news.publish,
    now: time.now,
  });
  const steering = control({
    behaviours: manners,
    faults: troubles,
    switches,
    keys,
    runs: jobs,
    files,
    webhooks: announcer,
    courier: carrier,
    timers: time,
    activities: news,
    userId,
  });
  const handleControl = controlRoutes(steering, requests);

  return {
    fetch: async (request) => {
      if (time.closing.aborted) return Response.error();
      const url = new URL(request.url);
      resume(originsFor(url));
      return url.pathname.startsWith(controlPrefix) ? handleControl(request) : handle(request);
    },
    control: steering,
    requests,
    snapshot: () =>
      structuredClone({
        ...files.snapshot(),
        requests: jobs.snapshot(),
        webhooks: announcer.snapshot(),
        keys: keys.snapshot(),
        behaviours: manners.snapshot(),
        faults: troubles.snapshot(),
        switches,
      }),
    servedAt: (url) => resume(originsFor(new URL(url))),
    close: async () => {
      time.close();
      await carrier.idle();
      await files.close();
    },
  };
}
