export { recordingLog } from "./clock/recording-log.ts";
export type { LogEntry, RecordingLog } from "./clock/recording-log.ts";
export { sequentialIds } from "./clock/sequential-ids.ts";
export { stoppableClock } from "./clock/stoppable-clock.ts";
export type { StoppableClock } from "./clock/stoppable-clock.ts";
export { testClock, testStart } from "./clock/test-clock.ts";
export type { TestClock } from "./clock/test-clock.ts";

export { anAvatar } from "./fixtures/avatar.ts";
export { aGeneration } from "./fixtures/generation.ts";
export { anInboxDelivery } from "./fixtures/inbox-delivery.ts";
export { aJob } from "./fixtures/job.ts";
export { aModel } from "./fixtures/model.ts";
export { aNotification } from "./fixtures/notification.ts";
export { acceptedPhotos, anAcceptedPhoto, aPhoto, somePhotoFacts } from "./fixtures/photo.ts";
export { aProfile, someProfiles } from "./fixtures/profile.ts";
export { aSession } from "./fixtures/session.ts";
export { aManifest, aProviderRequest, aSnapshot, aTraining } from "./fixtures/training.ts";
export type { SnapshotOptions } from "./fixtures/training.ts";

export { memoryStore } from "./fakes/storage/memory-store.ts";
export type { MemoryStore, MemoryStoreOptions } from "./fakes/storage/memory-store.ts";
export type { MemoryJobQueue } from "./fakes/storage/memory-job-queue.ts";
export type { StoredJob } from "./fakes/storage/tables.ts";

export { describeJobQueue } from "./contracts/job-queue/describe-job-queue.ts";
export type { CreateJobQueue, JobQueueOptions, JobQueueSubject } from "./contracts/job-queue/subject.ts";
export { describeStore } from "./contracts/store/describe-store.ts";

export { valueOf } from "./results/value-of.ts";
