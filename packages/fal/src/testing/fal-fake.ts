import { systemClock, type Clock } from "@likeness/core";
import { activities } from "./wire/activities.ts";
import { behaviours } from "./queue/behaviours.ts";
import { control, type FalFakeControl } from "./control/control.ts";
import { controlPrefix, controlRoutes } from "./control/control-routes.ts";
import { courier } from "./webhooks/courier.ts";
import { faults } from "./wire/faults.ts";
import { fileStore } from "./storage/file-store.ts";
import { keyring } from "./webhooks/keyring.ts";
import { platformRoutes, type PlatformSwitches } from "./platform/platform-routes.ts";
import { queueRoutes } from "./queue/queue-routes.ts";
import { router, type FalFakeRequest } from "./wire/router.ts";
import { runs } from "./queue/runs.ts";
import { storageRoutes } from "./storage/storage-routes.ts";
import { submitRoute } from "./queue/submit-route.ts";
import { timers } from "./queue/timers.ts";
import { webhooks } from "./webhooks/webhooks.ts";

export interface FalFakeOptions {
  /** The only key that is accepted; others get 401. Default `fake-id:fake-secret`. */
  readonly key?: string;
  /** The account that webhooks are signed for. Default `fal-fake-user`. */
  readonly userId?: string;
  readonly clock?: Clock;
  /** Default 1. */
  readonly queueSeconds?: number;
  /** Default 3. */
  readonly trainingSeconds?: number;
  /** Delivers webhooks. Default: the global fetch. */
  readonly deliver?: typeof fetch;
}

export interface FalFake {
  /** All of fal as one handler: queue, storage, files, key set, platform, and the control under `/_control/`. */
  fetch(request: Request): Promise<Response>;
  readonly control: FalFakeControl;
  /** Everything that came in except control, in order. */
  readonly requests: readonly FalFakeRequest[];
  /** Ends timers and webhooks under way and deletes what was uploaded. Afterwards every request is a network error. */
  close(): Promise<void>;
}

/**
 * A fal of your own: unmodified clients talk to it by fal's wire format. It trains nothing, costs nothing and reaches
 * out to nobody but the webhook URLs it is given, loopback ones included. Uploads lie in a temporary folder until `close`.
 *
 * @example
 * const fake = falFake();
 * const server = await serveFalFake(fake);
 * fake.control.next({ outcome: "error" });
 */
export function falFake(options: FalFakeOptions = {}): FalFake {
  const { key = "fake-id:fake-secret", userId = "fal-fake-user", clock = systemClock } = options;
  const { queueSeconds = 1, trainingSeconds = 3, deliver = (...call) => fetch(...call) } = options;

  const time = timers(clock);
  const keys = keyring();
  const files = fileStore();
  const news = activities();
  const carrier = courier(time, deliver, news.publish);
  const announcer = webhooks({ timers: time, keys, userId, courier: carrier });
  const jobs = runs(time, files, announcer);
  const manners = behaviours({ queueSeconds, trainingSeconds });
  const troubles = faults();
  const switches: PlatformSwitches = { jwks: "up", history: "finished" };
  const requests: FalFakeRequest[] = [];

  const handle = router({
    routes: [
      // The first match counts, and an endpoint id could be almost any path: those come last.
      ...platformRoutes(jobs, keys, time, switches),
      ...storageRoutes(files),
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
      return new URL(request.url).pathname.startsWith(controlPrefix) ? handleControl(request) : handle(request);
    },
    control: steering,
    requests,
    close: async () => {
      time.close();
      await carrier.idle();
      await files.close();
    },
  };
}
