import { S3ServiceException } from "@aws-sdk/client-s3";

/** The status code of the server's refusal; `undefined` for errors that did not come from the server. */
export const httpStatusOf = (cause: unknown): number | undefined =>
  S3ServiceException.isInstance(cause) ? cause.$metadata.httpStatusCode : undefined;

/** Whether the object is missing, and not the whole bucket, which is a 404 as well. */
export const isMissingObject = (cause: unknown): boolean =>
  S3ServiceException.isInstance(cause) && httpStatusOf(cause) === 404 && cause.name !== "NoSuchBucket";
