import { modelIn, requestOf, type Avatar, type Notification, type Photo, type Training } from "@likeness/core";

/** A line of the log. Ids, statuses and codes: no names, texts, files or URLs. */
export interface Change {
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

interface Row {
  readonly state: { readonly status: string };
}

/** The log line about a changed row; none when its status has not changed. */
export type Describe<R extends Row> = (row: R, before: R | undefined) => Change | undefined;

const whenMoved =
  <R extends Row>(describe: (row: R, before: R | undefined) => Change | undefined): Describe<R> =>
  (row, before) =>
    row.state.status === before?.state.status ? undefined : describe(row, before);

export const avatarChange = whenMoved<Avatar>(({ id: avatarId, kind, state }, before) => ({
  message: before ? `avatar -> ${state.status}` : "avatar created",
  fields: {
    avatarId,
    ...(before ? {} : { kind }),
    ...("trainingId" in state && { trainingId: state.trainingId }),
    ...("reason" in state && { reason: state.reason }),
  },
}));

export const photoChange = whenMoved<Photo>(({ id: photoId, avatarId, number, state }) => {
  if (state.status === "pending") return undefined;
  const code = state.status === "rejected" ? { code: state.rejection.code } : {};
  return { message: `photo ${state.status}`, fields: { photoId, avatarId, number, ...code } };
});

const trainingMoved = whenMoved<Training>((training) => {
  const { id: trainingId, avatarId, state } = training;
  const requestId = requestOf(training)?.requestId;
  const fields = {
    trainingId,
    avatarId,
    ...(requestId !== undefined && { requestId }),
    ...("reason" in state && { reason: state.reason }),
  };
  return { message: `training -> ${state.status}`, fields };
});

/** Also logs changes for an operator without a new status: a late result, and a model that is not copied. */
export const trainingChange: Describe<Training> = (training, before) =>
  trainingMoved(training, before) ??
  (hasLateModel(training) && !hasLateModel(before) ? lateResult(training) : undefined) ??
  (isUncopied(training) && !isUncopied(before) ? uncopied(training) : undefined);

const hasLateModel = (training: Training | undefined): boolean =>
  training !== undefined && "lateModel" in training.state && training.state.lateModel !== undefined;

const lateResult = ({ id: trainingId, avatarId }: Training): Change => ({
  message: "a late result is kept",
  fields: { trainingId, avatarId, adopt: `npm run adopt -- ${trainingId}` },
});

function isUncopied(training: Training | undefined): boolean {
  const model = training && modelIn(training.state);
  return model?.weights.givenUp === true || model?.config?.givenUp === true;
}

const uncopied = ({ id: trainingId, avatarId }: Training): Change => ({
  message: "a model is not copied",
  fields: { trainingId, avatarId, copy: `npm run copy -- ${trainingId}` },
});

export const messageChange = whenMoved<Notification>(
  ({ id: notificationId, avatarId, trainingId, content, state }) => ({
    message: `message -> ${state.status}`,
    fields: { notificationId, avatarId, trainingId, template: content.template },
  }),
);
