import {
  coreKinds,
  defaultPacks,
  defaultPolicy,
  defaultScenes,
  iptcMarker,
  type ImagePorts,
  type Ports,
} from "@likeness/core";
import { recordingLog, type RecordingLog } from "../clock/recording-log.ts";
import { sequentialIds } from "../clock/sequential-ids.ts";
import { testClock, type TestClock } from "../clock/test-clock.ts";
import { someRecipes } from "../fixtures/recipes.ts";
import { someProfiles } from "../fixtures/profile.ts";
import { fakeOutcomeSource, type FakeOutcomeSource } from "./fake-outcome-source.ts";
import { fakePictureInspector, type FakePictureInspector } from "./fake-picture-inspector.ts";
import { fakePhotoInspector, type FakePhotoInspector } from "./fake-photo-inspector.ts";
import { fakePhotoSource, type FakePhotoSource } from "./fake-photo-source.ts";
import { fakeProvider, type FakeProvider } from "./fake-provider.ts";
import { fakeWebhookAddress } from "./fake-webhook-address.ts";
import { fakeWebhookReceiver, type FakeWebhookReceiver } from "./fake-webhook-receiver.ts";
import { memoryBlobStore, type MemoryBlobStore } from "./memory-blob-store.ts";
import { recordingCredits, type RecordingCredits } from "./recording-credits.ts";
import { recordingNotifier, type RecordingNotifier } from "./recording-notifier.ts";
import { memoryStore, type MemoryStore } from "./storage/memory-store.ts";

/** Ports instead of the fakes. `undefined` omits an optional port, and keeps the fake of a required one. */
export type PortOverrides = { readonly [Name in keyof Ports]?: Ports[Name] | undefined };

/** The fakes that a test can inspect and control. */
interface Fakes {
  readonly clock: TestClock;
  readonly log: RecordingLog;
  readonly blobs: MemoryBlobStore;
  readonly inspector: FakePhotoInspector;
  readonly photoSource: FakePhotoSource;
  readonly provider: FakeProvider;
  readonly outcomes: FakeOutcomeSource;
  readonly notifier: RecordingNotifier;
  readonly credits: RecordingCredits;
}

/** A complete set of ports, with the fakes, or what was passed instead of them. */
export type TestPorts<Overrides extends PortOverrides = object> = {
  readonly [Name in keyof Fakes]: Behind<Overrides, Name, Fakes[Name]>;
} & {
  readonly ports: Ports;
  /** The inspector of pictures, unless other image ports were passed. */
  readonly pictures: FakePictureInspector;
  /** The memory store, its queue and its jobs, unless another store was passed. */
  readonly storage: MemoryStore;
  readonly receiver: Behind<Receivers<Overrides>, "webhooks", FakeWebhookReceiver>;
};

/** The passed port, or the fake; a union of both where the types do not tell which. */
type Behind<Overrides, Name extends keyof Ports, Fake> = Name extends keyof Overrides
  ? Present<Overrides[Name], Ports[Name], Fake> | (object extends Pick<Overrides, Name> ? Fake : never)
  : Fake;

type Present<Given, Port, Fake> = undefined extends Port ? Given : Given extends undefined ? Fake : Given;

type Receivers<Overrides> = { [Name in keyof Overrides]: ReceiverOf<Overrides[Name]> };

type ReceiverOf<Intake> = Intake extends { readonly receiver: infer Receiver } ? Receiver : undefined;

/**
 * All ports in memory, with a clock that the test controls. `overrides` replace single ports and are returned as they
 * are; the other fakes use their clock, if they include one.
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
    provider: overrides.provider ?? fakeProvider(),
    outcomes: overrides.outcomes ?? fakeOutcomeSource(),
    notifier: overrides.notifier ?? recordingNotifier(),
    credits: overrides.credits ?? recordingCredits(),
    photoSource: "photoSource" in overrides ? overrides.photoSource : fakePhotoSource(),
  };
  const pictures = fakePictureInspector();
  const receiver = fakeWebhookReceiver(behind.provider.name);
  const webhooks = "webhooks" in overrides ? overrides.webhooks : { receiver, address: fakeWebhookAddress() };
  const ports: Ports = {
    ...behind,
    webhooks,
    store: overrides.store ?? storage.store,
    queue: overrides.queue ?? storage.queue,
    alarms: overrides.alarms ?? [],
    ids: overrides.ids ?? sequentialIds(),
    random: overrides.random ?? (() => 0.5),
    profiles: overrides.profiles ?? someProfiles(),
    policy: overrides.policy ?? defaultPolicy,
    consent: overrides.consent ?? "elsewhere",
    kinds: overrides.kinds ?? coreKinds,
    images: "images" in overrides ? overrides.images : imagesWith(pictures),
  };
  return { ...behind, pictures, ports, storage, receiver: webhooks?.receiver };
}

const imagesWith = (inspector: FakePictureInspector): ImagePorts => ({
  recipes: someRecipes(),
  inspector,
  marker: iptcMarker,
  scenes: defaultScenes,
  packs: defaultPacks,
  firstLook: false,
});
