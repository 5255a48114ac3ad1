import { defaultPolicy, type Ports } from "@likeness/core";
import { recordingLog, type RecordingLog } from "../clock/recording-log.ts";
import { sequentialIds } from "../clock/sequential-ids.ts";
import { testClock, type TestClock } from "../clock/test-clock.ts";
import { someProfiles } from "../fixtures/profile.ts";
import { fakeModelSource, type FakeModelSource } from "./fake-model-source.ts";
import { fakePhotoInspector, type FakePhotoInspector } from "./fake-photo-inspector.ts";
import { fakePhotoSource, type FakePhotoSource } from "./fake-photo-source.ts";
import { fakeTrainingProvider, type FakeTrainingProvider } from "./fake-training-provider.ts";
import { fakeWebhookAddress } from "./fake-webhook-address.ts";
import { fakeWebhookReceiver, type FakeWebhookReceiver } from "./fake-webhook-receiver.ts";
import { memoryBlobStore, type MemoryBlobStore } from "./memory-blob-store.ts";
import { recordingCredits, type RecordingCredits } from "./recording-credits.ts";
import { recordingNotifier, type RecordingNotifier } from "./recording-notifier.ts";
import { memoryStore, type MemoryStore } from "./storage/memory-store.ts";

/** A complete set of ports, and the fakes behind them to look into. */
export interface TestPorts {
  readonly ports: Ports;
  readonly clock: TestClock;
  readonly log: RecordingLog;
  /** The store, the queue and what is behind both. */
  readonly storage: MemoryStore;
  readonly blobs: MemoryBlobStore;
  readonly inspector: FakePhotoInspector;
  readonly photoSource: FakePhotoSource;
  readonly provider: FakeTrainingProvider;
  readonly models: FakeModelSource;
  readonly receiver: FakeWebhookReceiver;
  readonly notifier: RecordingNotifier;
  readonly credits: RecordingCredits;
}

/**
 * Everything in memory, by a clock the test owns. `overrides` replace single ports; their fakes then stay unused.
 *
 * @example
 * const { ports, clock, provider } = testPorts({ profiles: someProfiles({ minimum: 2, maximum: 3 }) });
 */
export function testPorts(overrides: Partial<Ports> = {}): TestPorts {
  const clock = testClock();
  const log = recordingLog();
  const storage = memoryStore({ clock });
  const fakes = {
    blobs: memoryBlobStore(),
    inspector: fakePhotoInspector(),
    photoSource: fakePhotoSource(),
    provider: fakeTrainingProvider(),
    models: fakeModelSource(),
    notifier: recordingNotifier(),
    credits: recordingCredits(),
  };
  const receiver = fakeWebhookReceiver();
  const ports: Ports = {
    ...fakes,
    clock,
    log,
    ids: sequentialIds(),
    store: storage.store,
    queue: storage.queue,
    random: () => 0.5,
    webhooks: { receiver, address: fakeWebhookAddress() },
    profiles: someProfiles(),
    policy: defaultPolicy,
    ...overrides,
  };
  return { ports, clock, log, storage, receiver, ...fakes };
}
