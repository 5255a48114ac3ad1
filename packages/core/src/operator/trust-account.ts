import { errAsync, type ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { findAccount, forgetAccount, replaceAccount, type ProviderAccount } from "../webhooks/provider-account.ts";
import { audited, type AuditPorts, type ByOperator } from "./audited.ts";
import type { InvalidAccount } from "./operator-errors.ts";

export interface TrustAccount {
  /** e.g. `fal` */
  readonly provider: string;
  /** Whose webhooks are ours from now on; absent: it is forgotten, and learned from the next webhook that proves it. */
  readonly account?: string | undefined;
}

export type TrustedAccount =
  | { readonly type: "known"; readonly account: ProviderAccount }
  /** The next webhook that proves it tells. */
  | { readonly type: "not-known-yet" };

/** Reads whose webhooks are ours. */
export const readAccount = (
  { store }: Pick<Ports, "store">,
  { provider }: Pick<TrustAccount, "provider">,
): ResultAsync<TrustedAccount, StorageFailure> =>
  findAccount(store.sessions, provider).map((account) =>
    account ? { type: "known", account } : { type: "not-known-yet" },
  );

/** Says whose webhooks are ours, or that it is to be learned anew. */
export function trustAccount(
  ports: AuditPorts,
  { operator, provider, account }: ByOperator & TrustAccount,
): ResultAsync<TrustedAccount, InvalidAccount | StorageFailure> {
  const { sessions } = ports.store;
  if (account !== undefined && !/^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u.test(account))
    return errAsync({ type: "invalid-account" });
  const change = (): ResultAsync<void, StorageFailure> =>
    account === undefined
      ? forgetAccount(sessions, provider)
      : replaceAccount(sessions, provider, { account, by: "operator", since: ports.clock.now() });
  return audited(
    ports,
    {
      operator,
      action: account === undefined ? "forget-account" : "trust-account",
      subject: { type: "deployment", id: `account:${provider}` },
    },
    () => change().andThen(() => readAccount(ports, { provider })),
    ({ type }) => type,
  );
}
