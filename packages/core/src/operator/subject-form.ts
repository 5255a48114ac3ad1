import type { AuditSubject } from "./audit-entry.ts";

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** https://www.rfc-editor.org/rfc/rfc9562 §5.7 */
const uuidV7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** An id of somebody else's making: bounded, on one line, and not of the form of an owner's, e.g. `telegram:42`. */
const foreign = /^(?![\w.-]+:)[\x21-\x7e]{1,256}$/;

const forms: Readonly<Partial<Record<AuditSubject["type"], RegExp>>> = {
  order: uuid,
  delivery: uuid,
  message: uuid,
  photo: uuid,
  picture: uuid,
  erasure: uuidV7,
  job: foreign,
  payment: foreign,
};

/**
 * Whether an id can be one of a row. An entry with any other one would keep what was mistyped, e.g. the id of a person, whom
 * nothing could erase from it.
 */
export const isSubjectId = ({ type, id }: AuditSubject): boolean => forms[type]?.test(id) ?? true;
