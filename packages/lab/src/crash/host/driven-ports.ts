import type {
  BlobStore,
  Credits,
  JobQueue,
  Notifier,
  OutcomeSource,
  PictureInspector,
  Provider,
  Purchases,
  Store,
} from "@likeness/core";

/** The ports whose calls are kill points. */
export interface DrivenPorts {
  readonly store: Store;
  readonly queue: JobQueue;
  readonly provider: Provider;
  readonly outcomes: OutcomeSource;
  readonly pictures: PictureInspector;
  readonly blobs: BlobStore;
  readonly credits: Credits;
  readonly notifier: Notifier;
  readonly purchases: Purchases;
}
