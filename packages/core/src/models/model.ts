import type { Policy } from "../policy.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";

/** A file that the provider made. `url` may expire; `blobKey` is our own copy, named by its hex SHA-256. */
export interface ModelFile {
  readonly url: string;
  readonly bytes?: number | undefined;
  readonly contentType?: string | undefined;
  readonly blobKey?: string | undefined;
  /** We have no copy, and no job tries to make one any more. */
  readonly givenUp?: true | undefined;
}

/** The result of a training: LoRA weights and the configuration they were trained with. */
export interface Model {
  readonly weights: ModelFile;
  readonly config?: ModelFile | undefined;
  /** How many seconds the training ran, as measured by the provider; absent when the provider did not say. */
  readonly trainedSeconds?: number | undefined;
}

/** The file format of weights. Unless it is `any`, weights are checked before a copy is stored. */
export type WeightsFormat = "safetensors" | "any";

/** Whether the model is in our own blob store: complete, not yet, or given up. */
export type ModelCopy = "stored" | "under-way" | "given-up";

const files = ({ weights, config }: Model): ModelFile[] => (config ? [weights, config] : [weights]);

/** The state of our copy of a model. */
export function copyOf(model: Model): ModelCopy {
  if (files(model).every(({ blobKey }) => blobKey !== undefined)) return "stored";
  return model.weights.givenUp ? "given-up" : "under-way";
}

/** Whether copying some file of a model was given up. */
export const isGivenUp = (model: Model): boolean => files(model).some(({ givenUp }) => givenUp === true);

/** The same model, with every file that is not in our own blob store marked to be copied again. */
export const tryAgain = ({ weights, config, ...rest }: Model): Model => ({
  ...rest,
  weights: toBeTried(weights),
  ...(config && { config: toBeTried(config) }),
});

const toBeTried = ({ givenUp: _before, ...file }: ModelFile): ModelFile => file;

/** The blob keys of the files that were copied. */
export const modelBlobKeys = (model: Model): string[] => files(model).flatMap(({ blobKey }) => blobKey ?? []);

/** When copying a model is given up, from when it began. */
export const copyDeadline = ({ copyDeadlineSeconds }: Policy, since: Timestamp): Timestamp =>
  addSeconds(since, copyDeadlineSeconds);
