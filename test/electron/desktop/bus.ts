import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { person } from '../person.ts';

const run = promisify(execFile);

/** A D-Bus value as busctl writes it, with variants taken out of their wrapping. */
export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };

/** An object on a bus, and the interface that it is asked by. */
export interface BusObject {
  name: string;
  path: string;
  interface: string;
}

/** The bus itself. */
export const busItself: BusObject = {
  name: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/** What a panel that shows tray icons is known by. */
export const trayWatcher: BusObject = {
  name: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
  interface: 'org.kde.StatusNotifierWatcher',
};

const Reply = z.object({ data: z.optional(z.unknown()) });

/** A session bus, asked as any program on it could. */
export interface Bus {
  /** Calls a method. @returns its results @throws Error with the bus's words */
  call(on: BusObject, method: string, ...args: string[]): Promise<Value[]>;
  /** Tells something, and waits for no answer. */
  tell(on: BusObject, method: string, ...args: string[]): Promise<void>;
  /** Reads a property. */
  read(on: BusObject, property: string): Promise<Value>;
}

/** @param address of the bus */
export function createBus(address: string): Bus {
  async function busctl(...args: string[]): Promise<unknown> {
    const { stdout } = await run('busctl', [`--address=${address}`, '--json=short', ...args], {
      ...person,
      maxBuffer: 64 * 1024 * 1024,
      timeout: 60_000,
    });
    return stdout === '' ? {} : JSON.parse(stdout);
  }
  return {
    async call({ name, path, interface: face }, method, ...args) {
      const data = plain(Reply.parse(await busctl('call', '--', name, path, face, method, ...args)).data);
      return Array.isArray(data) ? data : [];
    },
    async tell({ name, path, interface: face }, method, ...args) {
      await busctl('call', '--expect-reply=no', '--', name, path, face, method, ...args);
    },
    async read({ name, path, interface: face }, property) {
      return plain(Reply.parse(await busctl('get-property', name, path, face, property)).data);
    },
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Takes variants, `{type, data}`, out of their wrapping. */
export function plain(value: unknown): Value {
  if (Array.isArray(value)) return value.map(plain);
  if (isObject(value)) {
    const names = Object.keys(value);
    if (names.length === 2 && typeof value.type === 'string' && 'data' in value) return plain(value.data);
    return Object.fromEntries(names.map((name) => [name, plain(value[name])]));
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
