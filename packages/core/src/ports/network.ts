/** The network as this host sees it; the core opens no connection of its own. Used by checks only. */
export interface Network {
  /** The Web's `fetch`. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** All IP addresses of a host name; rejects where there is none. */
  readonly addressesOf: (host: string) => Promise<readonly string[]>;
}
