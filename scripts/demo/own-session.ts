import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Stage } from './stage.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Variables of the user's session that a program on the screen needs. */
const screenNames = [
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_CURRENT_DESKTOP',
  'XDG_SESSION_TYPE',
  'XDG_DATA_DIRS',
];

/**
 * Lets programs in the demo's home open pages in the user's browser: replaces `xdg-open` and $BROWSER with a
 * program that first restores the user's home and session. Not needed on macOS and Windows.
 */
export function ownBrowser({ folder, env }: Stage, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const hasBrowser = Boolean(own.BROWSER || own.DISPLAY || own.WAYLAND_DISPLAY);
  if (process.platform !== 'linux' || !hasBrowser) return {};
  const bin = join(folder, 'bin');
  const path = join(bin, 'xdg-open');
  mkdirSync(bin, { mode: 0o700 });
  const names = [...new Set([...Object.keys(own), ...Object.keys(env), 'BROWSER'])].filter(
    (name) => own[name] !== env[name] && /^[A-Za-z_]\w*$/.test(name),
  );
  const back = names.map((name) => {
    // a browser doesn't need these, and they may be secrets
    const value = /^(FAL|VARVEL|npm)_/.test(name) ? undefined : own[name];
    return value === undefined ? `unset ${name}` : `export ${name}=${quoted(value)}`;
  });
  const opener = `exec ${quoted(process.execPath)} ${quoted(join(import.meta.dirname, 'open-page.ts'))} "$1"`;
  writeFileSync(path, `${['#!/bin/sh', ...back, opener].join('\n')}\n`);
  chmodSync(path, 0o700);
  return { BROWSER: path, PATH: [bin, env.PATH].join(delimiter) };
}

/**
 * The user's screen, for Electron in the demo's home.
 * @param bus also the user's D-Bus, which has the tray
 */
export function ownScreen(own: NodeJS.ProcessEnv, bus: boolean): NodeJS.ProcessEnv {
  if (process.platform !== 'linux') return {};
  const names = bus ? [...screenNames, 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR'] : screenNames;
  const env = Object.fromEntries(names.flatMap((name) => (own[name] ? [[name, own[name]]] : [])));
  // both are relative to a folder that differs in the demo
  const { WAYLAND_DISPLAY: wayland, XDG_RUNTIME_DIR: runtime } = own;
  if (wayland && runtime && !isAbsolute(wayland)) env.WAYLAND_DISPLAY = join(runtime, wayland);
  const authority = join(own.HOME ?? '', '.Xauthority');
  if (!env.XAUTHORITY && existsSync(authority)) env.XAUTHORITY = authority;
  return env;
}
