/** How an operator gets in. */
export type OperatorAccess =
  /**
   * The host's own login: the name of the operator who sends a request, for the entries about actions; `undefined` or a
   * blank one: nobody who may. It has to know people by something that no other page can send for them.
   */
  | ((request: Request) => string | undefined | Promise<string | undefined>)
  /** A secret of at least 32 bytes that operators share: the page asks for it, and for a name. */
  | { readonly token: string };
