/** A file that the provider made. `url` may expire; `blobKey` is our own copy, named by its hex SHA-256. */
export interface ModelFile {
  readonly url: string;
  readonly bytes?: number | undefined;
  readonly contentType?: string | undefined;
  readonly blobKey?: string | undefined;
  /** There is no copy of our own and none is tried any more. */
  readonly givenUp?: true | undefined;
}

/** The result of a training: LoRA weights and the configuration they were trained with. */
export interface Model {
  readonly weights: ModelFile;
  readonly config?: ModelFile | undefined;
  /** How many seconds the training ran, as the provider timed it; absent unless the provider has said so. */
  readonly trainedSeconds?: number | undefined;
}

/** How the bytes of weights are laid out. Those of another format than `any` are checked before a copy is kept. */
export type WeightsFormat = "safetensors" | "any";

/** Whether the model is in our own blobs: all of it, not yet, or its weights never will be. */
export type ModelCopy = "stored" | "under-way" | "given-up";

const files = ({ weights, config }: Model): ModelFile[] => (config ? [weights, config] : [weights]);

/** How far the copy of a model is. */
export function copyOf(model: Model): ModelCopy {
  if (files(model).every(({ blobKey }) => blobKey !== undefined)) return "stored";
  return model.weights.givenUp ? "given-up" : "under-way";
}

/** Whether some file of a model is not tried any more. */
export const isGivenUp = (model: Model): boolean => files(model).some(({ givenUp }) => givenUp === true);

/** The same model, with every file to be tried that is not in our own blobs. */
export const tryAgain = ({ weights, config, ...rest }: Model): Model => ({
  ...rest,
  weights: toBeTried(weights),
  ...(config && { config: toBeTried(config) }),
});

const toBeTried = ({ givenUp: _before, ...file }: ModelFile): ModelFile => file;

/** The keys of those files that are in our own blob store. */
export const modelBlobKeys = (model: Model): string[] => files(model).flatMap(({ blobKey }) => blobKey ?? []);
