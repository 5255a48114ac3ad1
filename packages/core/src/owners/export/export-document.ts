import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Avatar } from "../../avatars/avatar.ts";
import type { PicturePlan } from "../../images/image-order.ts";
import type { Picture } from "../../images/picture.ts";
import { outcomeIn, type Order } from "../../orders/order.ts";
import type { Photo } from "../../photos/photo.ts";
import type { Ports } from "../../ports/ports.ts";
import type { StorageFailure } from "../../ports/storage-errors.ts";
import { trainingKind } from "../../trainings/training-kind.ts";
import { isTraining, type Training } from "../../trainings/training.ts";
import type { Timestamp } from "../../values/timestamp.ts";
import { withoutUndefined } from "../../values/without-undefined.ts";
import type { OwnerSettings } from "../owner.ts";

/** `likeness.json` in an export. Fields are only added; `version` grows when one changes its meaning. */
export interface ExportDocument {
  readonly schema: "likeness-export";
  readonly version: 1;
  readonly exportedAt: Timestamp;
  readonly owner: string;
  /** Absent when nothing is stored about the person themselves. */
  readonly settings?: OwnerSettings | undefined;
  readonly lastSeenAt?: Timestamp | undefined;
  readonly consents: readonly ExportedConsent[];
  readonly avatars: readonly ExportedAvatar[];
  /** Newest first. */
  readonly pictures: readonly ExportedPicture[];
}

export interface ExportedConsent {
  readonly version: string;
  readonly textHash: string;
  readonly locale: string;
  readonly givenAt: Timestamp;
  readonly withdrawnAt?: Timestamp | undefined;
}

/** A file of the zip, if `file` is there. Its hex SHA-256 and its length. */
export interface ExportedFile {
  readonly file?: string | undefined;
  readonly sha256?: string | undefined;
  readonly bytes?: number | undefined;
}

export interface ExportedAvatar {
  readonly id: string;
  readonly name: string;
  readonly kind: Avatar["kind"];
  readonly gender: Avatar["gender"];
  readonly main: boolean;
  readonly status: Avatar["state"]["status"];
  readonly createdAt: Timestamp;
  /** In the order of their arrival. The files are the training copies: nothing else is kept of a photo. */
  readonly photos: readonly ExportedPhoto[];
  /** Newest first. */
  readonly trainings: readonly ExportedTraining[];
}

export interface ExportedPhoto extends ExportedFile {
  readonly number: number;
  readonly status: Photo["state"]["status"];
  readonly receivedAt: Timestamp;
}

export interface ExportedTraining {
  readonly id: string;
  readonly status: Order["state"]["status"];
  readonly createdAt: Timestamp;
  readonly trigger: string;
  readonly preset: string;
  readonly model: readonly ExportedModelFile[];
}

export interface ExportedModelFile extends ExportedFile {
  /** `weights` or `config`. */
  readonly name: string;
  /** At the provider, where it may have been deleted. */
  readonly url: string;
}

export interface ExportedPicture extends ExportedFile {
  readonly id: string;
  readonly avatarId: string;
  /** What it was made from. */
  readonly plan: PicturePlan;
  readonly favourite: boolean;
  readonly width: number;
  readonly height: number;
  readonly createdAt: Timestamp;
}

/** Pictures that are read at a time. */
const page = 100;

/** Reads everything that is stored about an owner, without bytes. */
export const exportDocument = (
  { store, clock }: Pick<Ports, "store" | "clock">,
  actor: string,
): ResultAsync<ExportDocument, StorageFailure> =>
  safeTry(async function* () {
    const owner = yield* store.owners.find(actor);
    const { id: _id, version: _version, exported: _exported, lastSeenAt, ...settings } = owner ?? {};
    const consents = yield* store.consents.listByOwner(actor);
    const avatars: ExportedAvatar[] = [];
    for (const avatar of yield* store.avatars.listByOwner(actor)) {
      const photos = yield* store.photos.listByAvatar(avatar.id);
      const trainings = (yield* store.orders.listByAvatar(avatar.id, trainingKind.name)).filter(isTraining);
      avatars.push(avatarOf(avatar, photos, trainings));
    }
    const pictures: ExportedPicture[] = [];
    for (let olderThan: string | undefined; ;) {
      const some = yield* store.pictures.list({ ownerId: actor }, { limit: page, olderThan });
      pictures.push(...some.map(pictureOf));
      if (some.length < page) break;
      olderThan = some.at(-1)?.id;
    }
    const document: ExportDocument = {
      schema: "likeness-export",
      version: 1,
      exportedAt: clock.now(),
      owner: actor,
      ...(owner && { settings, lastSeenAt }),
      consents: consents.map(({ version, textHash, locale, givenAt, withdrawnAt }) => ({
        version,
        textHash,
        locale,
        givenAt,
        ...withoutUndefined({ withdrawnAt }),
      })),
      avatars,
      pictures,
    };
    return ok(document);
  });

const avatarOf = (avatar: Avatar, photos: readonly Photo[], trainings: readonly Training[]): ExportedAvatar => ({
  id: avatar.id,
  name: avatar.name,
  kind: avatar.kind,
  gender: avatar.gender,
  main: avatar.main,
  status: avatar.state.status,
  createdAt: avatar.createdAt,
  photos: photos.map((photo) => photoOf(avatar, photo)),
  trainings: trainings.map((training) => trainingOf(avatar, training)),
});

const photoOf = ({ id }: Avatar, { number, state, createdAt }: Photo): ExportedPhoto => ({
  number,
  status: state.status,
  receivedAt: createdAt,
  ...(state.status === "accepted" && {
    file: `avatars/${id}/photos/photo_${String(number).padStart(3, "0")}.jpg`,
    sha256: state.blobKey,
    bytes: state.facts.bytes,
  }),
});

const trainingOf = (avatar: Avatar, { id, state, createdAt, snapshot }: Training): ExportedTraining => ({
  id,
  status: state.status,
  createdAt,
  trigger: snapshot.trigger,
  preset: snapshot.preset,
  model: Object.entries(outcomeIn(state) ?? {}).flatMap(([name, file]) =>
    file
      ? {
          name,
          url: file.url,
          ...(file.blobKey !== undefined && {
            file: `avatars/${avatar.id}/models/${id}/${name}${name === "weights" ? ".safetensors" : ".json"}`,
            sha256: file.blobKey,
            ...withoutUndefined({ bytes: file.bytes }),
          }),
        }
      : [],
  ),
});

const extensions = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" } as const satisfies Record<
  Picture["contentType"],
  string
>;

const pictureOf = (picture: Picture): ExportedPicture => ({
  id: picture.id,
  avatarId: picture.avatarId,
  plan: picture.plan,
  favourite: picture.favourite,
  width: picture.width,
  height: picture.height,
  createdAt: picture.createdAt,
  file: `pictures/${picture.id}.${extensions[picture.contentType]}`,
  sha256: picture.blobKey,
  bytes: picture.bytes,
});
