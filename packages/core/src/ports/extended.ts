/**
 * A port with some of its members replaced. The others are called on the port itself, because a port may be a class, with
 * methods on its prototype and private fields.
 */
export function extended<Port extends object>(port: Port, changes: Partial<Port>): Port {
  return new Proxy(
    { ...port, ...changes },
    {
      has: (own, key) => key in own || key in port,
      get: (_, key) => {
        if (Object.hasOwn(changes, key)) return Reflect.get(changes, key);
        const value: unknown = Reflect.get(port, key);
        return typeof value === "function" ? value.bind(port) : value;
      },
    },
  );
}
