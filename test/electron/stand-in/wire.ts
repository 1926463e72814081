/**
 * Values as they cross between processes, written as JSON: what structured clone carries of them, and its refusals. A
 * plain function, so that its text can be put into a page as well (see page-scripts.ts): nothing outside is used.
 */
export function createWire() {
  type Functions = { give(value: (...args: unknown[]) => unknown): string; take(id: string): unknown };

  function pack(value: unknown, functions: Functions | null): unknown {
    if (value === undefined) return { $: 'undefined' };
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number')
      return Number.isFinite(value) ? value : { $: 'number', text: String(value) };
    if (typeof value === 'bigint') return { $: 'bigint', text: String(value) };
    if (typeof value === 'function') {
      if (!functions) throw new Error('An object could not be cloned.');
      return { $: 'function', id: functions.give((...args) => Reflect.apply(value, undefined, args)) };
    }
    if (typeof value !== 'object') throw new Error('An object could not be cloned.');
    if (value instanceof Date) return { $: 'date', at: value.getTime() };
    if (value instanceof Error) return { $: 'error', name: value.name, message: value.message };
    if (Array.isArray(value)) return value.map((item) => pack(item, functions));
    if (value instanceof Promise) throw new Error('An object could not be cloned.');
    const entries = Object.entries(value).map(([name, item]) => [name, pack(item, functions)]);
    return { $: 'object', entries };
  }

  function unpack(packed: unknown, functions: Functions | null): unknown {
    if (packed === null || typeof packed !== 'object') return packed;
    if (Array.isArray(packed)) return packed.map((item) => unpack(item, functions));
    const read = (name: string): unknown => Reflect.get(packed, name);
    switch (read('$')) {
      case 'number':
        return Number(read('text'));
      case 'bigint':
        return BigInt(String(read('text')));
      case 'function':
        return functions?.take(String(read('id')));
      case 'date':
        return new Date(Number(read('at')));
      case 'error':
        return new Error(String(read('message')));
      case 'object': {
        const entries = read('entries');
        const object: Record<string, unknown> = {};
        if (!Array.isArray(entries)) return object;
        for (const [name, item] of entries) {
          const own = {
            value: unpack(item, functions),
            enumerable: true,
            writable: true,
            configurable: true,
          };
          Object.defineProperty(object, String(name), own);
        }
        return object;
      }
      default:
        return undefined;
    }
  }

  return {
    write: (value: unknown, functions: Functions | null = null): string =>
      JSON.stringify(pack(value, functions)),
    read: (text: string, functions: Functions | null = null): unknown => unpack(JSON.parse(text), functions),
  };
}
