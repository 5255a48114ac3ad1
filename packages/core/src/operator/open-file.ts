import { err, errAsync, ok, safeTry, type ResultAsync } from "neverthrow";
import type { PhotoNotFound } from "../errors.ts";
import type { PictureNotFound } from "../images/own-picture.ts";
import type { BlobFailure, BlobNotFound } from "../ports/blob-store.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { audited, type AuditedAct, type AuditPorts, type ByOperator } from "./audited.ts";
import { storeUnavailable } from "./needs.ts";
import type { OperatorUnavailable } from "./operator-errors.ts";

/** The bytes of somebody's photo or picture. */
export interface OpenedFile {
  readonly type: "opened";
  readonly contentType: string;
  readonly bytes: number;
  readonly stream: ReadableStream<Uint8Array>;
}

type OpenError = OperatorUnavailable | BlobNotFound | BlobFailure | StorageFailure;

export type OpenPhotoError = PhotoNotFound | OpenError;
export type OperatorOpensPictureError = PictureNotFound | OpenError;

type OpenPorts = AuditPorts & Pick<Ports, "blobs">;

/** Nobody looks at somebody's file without an entry that says so. */
const openAudited = <E extends { readonly type: string }>(
  ports: OpenPorts,
  act: AuditedAct<E | OpenError>,
  find: () => ResultAsync<Pick<OpenedFile, "contentType" | "bytes"> & { readonly blobKey: string }, E>,
): ResultAsync<OpenedFile, E | OpenError> =>
  ports.store.operator
    ? audited<OpenedFile, E | OpenError>(
        ports,
        act,
        () =>
          safeTry(async function* () {
            const { blobKey, ...facts } = yield* find();
            return ports.blobs.get(blobKey).map((stream) => ({ type: "opened", ...facts, stream }) as const);
          }),
        ({ type }) => type,
      )
    : errAsync(storeUnavailable);

/** The training copy of a photo that was accepted. */
export const openPhoto = (
  ports: OpenPorts,
  { operator, photoId: id }: ByOperator & { readonly photoId: string },
): ResultAsync<OpenedFile, OpenPhotoError> =>
  openAudited<PhotoNotFound | StorageFailure>(
    ports,
    {
      operator,
      action: "open-photo",
      subject: { type: "photo", id },
      missing: { type: "photo-not-found", photoId: id },
    },
    () =>
      ports.store.photos
        .find(id)
        .andThen((photo) =>
          photo?.state.status === "accepted"
            ? ok({ contentType: "image/jpeg", bytes: photo.state.facts.bytes, blobKey: photo.state.blobKey })
            : err({ type: "photo-not-found", photoId: id } as const),
        ),
  );

/** A picture that its owner has. */
export const openAnyPicture = (
  ports: OpenPorts,
  { operator, pictureId: id }: ByOperator & { readonly pictureId: string },
): ResultAsync<OpenedFile, OperatorOpensPictureError> =>
  openAudited<PictureNotFound | StorageFailure>(
    ports,
    {
      operator,
      action: "open-picture",
      subject: { type: "picture", id },
      missing: { type: "picture-not-found", pictureId: id },
    },
    () =>
      ports.store.pictures
        .find(id)
        .andThen((picture) => (picture ? ok(picture) : err({ type: "picture-not-found", pictureId: id } as const)))
        .map(({ contentType, bytes, blobKey }) => ({ contentType, bytes, blobKey })),
  );
