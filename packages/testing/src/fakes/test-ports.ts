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

/** Other ports in place of the fakes. `undefined` leaves a port out that need not be there, and the fake of any other. */
export type PortOverrides = { readonly [Name in keyof Ports]?: Ports[Name] | undefined };

/** What is behind each port that has something to look into. */
interface Fakes {
  readonly clock: TestClock;
  readonly log: RecordingLog;
  readonly blobs: MemoryBlobStore;
  readonly inspector: FakePhotoInspector;
  readonly photoSource: FakePhotoSource;
  readonly provider: FakeTrainingProvider;
  readonly models: FakeModelSource;
  readonly notifier: RecordingNotifier;
  readonly credits: RecordingCredits;
}

/** A complete set of ports, and what is behind them to look into: the fakes, and what was given in place of them. */
export type TestPorts<Overrides extends PortOverrides = object> = {
  readonly [Name in keyof Fakes]: Behind<Overrides, Name, Fakes[Name]>;
} & {
  readonly ports: Ports;
  /** The store, the queue and what is behind both, while they are in memory. */
  readonly storage: MemoryStore;
  readonly receiver: Behind<Receivers<Overrides>, "webhooks", FakeWebhookReceiver>;
};

/** Where it is not known whether a port is given, it is one of both. */
type Behind<Overrides, Name extends keyof Ports, Fake> = Name extends keyof Overrides
  ? Present<Overrides[Name], Ports[Name], Fake> | (object extends Pick<Overrides, Name> ? Fake : never)
  : Fake;

type Present<Given, Port, Fake> = undefined extends Port ? Given : Given extends undefined ? Fake : Given;

type Receivers<Overrides> = { [Name in keyof Overrides]: ReceiverOf<Overrides[Name]> };

type ReceiverOf<Intake> = Intake extends { readonly receiver: infer Receiver } ? Receiver : undefined;

/**
 * Everything in memory, by a clock the test owns. `overrides` replace single ports: what is given is what comes out, and
 * the fakes of the others go by its clock.
 *
 * @example
 * const { ports, clock, provider } = testPorts({ profiles: someProfiles({ minimum: 2, maximum: 3 }) });
 */
export function testPorts<Overrides extends PortOverrides = object>(overrides?: Overrides): TestPorts<Overrides>;
export function testPorts(overrides: PortOverrides = {}): TestPorts<PortOverrides> {
  const { clock = testClock() } = overrides;
  const storage = memoryStore({ clock });
  const behind = {
    clock,
    log: overrides.log ?? recordingLog(),
    blobs: overrides.blobs ?? memoryBlobStore(),
    inspector: overrides.inspector ?? fakePhotoInspector(),
    provider: overrides.provider ?? fakeTrainingProvider(),
    models: overrides.models ?? fakeModelSource(),
    notifier: overrides.notifier ?? recordingNotifier(),
    credits: overrides.credits ?? recordingCredits(),
    photoSource: "photoSource" in overrides ? overrides.photoSource : fakePhotoSource(),
  };
  const webhooks =
    "webhooks" in overrides ? overrides.webhooks : { receiver: fakeWebhookReceiver(), address: fakeWebhookAddress() };
  const ports: Ports = {
    ...behind,
    webhooks,
    store: overrides.store ?? storage.store,
    queue: overrides.queue ?? storage.queue,
    ids: overrides.ids ?? sequentialIds(),
    random: overrides.random ?? (() => 0.5),
    profiles: overrides.profiles ?? someProfiles(),
    policy: overrides.policy ?? defaultPolicy,
  };
  return { ...behind, ports, storage, receiver: webhooks?.receiver };
}
