/** The login of the tests: a bearer token is the name of its person. */
export function ownerOf({ headers }: Request): string | undefined {
  const [, name] = /^Bearer (\w+)$/.exec(headers.get("authorization") ?? "") ?? [];
  return name && `web:${name}`;
}
