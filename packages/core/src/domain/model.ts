/** A file that the provider made. `url` may expire; `blobKey` is our own copy, named by its hex SHA-256. */
export interface ModelFile {
  readonly url: string;
  readonly bytes?: number | undefined;
  readonly contentType?: string | undefined;
  readonly blobKey?: string | undefined;
}

/** The result of a training: LoRA weights and the configuration they were trained with. */
export interface Model {
  readonly weights: ModelFile;
  readonly config?: ModelFile | undefined;
}

/** The keys of those files that are in our own blob store. */
export const modelBlobKeys = ({ weights, config }: Model): string[] =>
  [weights, config].flatMap((file) => file?.blobKey ?? []);
