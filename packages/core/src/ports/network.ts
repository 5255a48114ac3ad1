/** The network as this host sees it; the core opens no connection of its own. Used by checks only. */
export interface Network {
  /** The Web's `fetch`. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** All IP addresses of a host name, as DNS tells them; rejects where there is none. */
  readonly addressesOf: (host: string) => Promise<readonly string[]>;
  /**
   * The IP addresses to which `fetch` connects for a host name. They may be others, because a machine also resolves names
   * by files of its own. Absent: those of DNS.
   */
  readonly addressesHere?: ((host: string) => Promise<readonly string[]>) | undefined;
}
