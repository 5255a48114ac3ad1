/** A file that the provider made. `url` may expire; `blobKey` is our own copy, named by its hex SHA-256. */
export interface ModelFile {
  readonly url: string;
  readonly bytes?: number;
  readonly contentType?: string;
  readonly blobKey?: string;
}

/** The result of a training: LoRA weights and the configuration they were trained with. */
export interface Model {
  readonly weights: ModelFile;
  readonly config?: ModelFile;
}

/** The files of a model, each under the name it has there. */
export const modelFiles = (model: Model): readonly (readonly [keyof Model, ModelFile])[] =>
  model.config
    ? [
        ["weights", model.weights],
        ["config", model.config],
      ]
    : [["weights", model.weights]];

/** Whether every file of the model is in our own blob store. */
export const isCopied = (model: Model): boolean => modelFiles(model).every(([, file]) => file.blobKey !== undefined);

/** The keys of those files that are in our own blob store. */
export const modelBlobKeys = (model: Model): string[] => modelFiles(model).flatMap(([, { blobKey }]) => blobKey ?? []);
