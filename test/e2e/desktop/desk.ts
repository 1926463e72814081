import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, expect } from 'vitest';
import type { Answer, Bridge } from '../../../contract/bridge.ts';
import { type Desktop, launch } from '../../electron/launch.ts';
import { type Machine, newMachine } from '../../integration/cli/machine.ts';

declare global {
  interface Window {
    readonly varvel?: Bridge;
  }
}

/** Limits are for a busy machine; what is promised (a second) is measured where it is promised. */
export const soon = { timeout: 15_000, interval: 25 };

/** The window's address as its page has it; see test/electron/README.md. */
export const startAddress = process.env.VARVEL_TEST_ELECTRON ? 'varvel://app/' : 'https://app.varvel.test/';

export interface DeskOptions {
  args?: string[];
  env?: Record<string, string>;
  /** Whether the person's panel shows tray icons. */
  tray?: boolean;
}

export interface Desk {
  machine: () => Machine;
  open(options?: DeskOptions): Desktop;
}

/** A person's machine, and the desktop program on it; what a test has opened is closed after it. */
export function newDesk(options: { signedIn?: string[] } = {}): Desk {
  // before newMachine's, which takes the folder away
  const opened: Desktop[] = [];
  const machine = newMachine({ vault: 'file', ...options });
  afterEach(async () => {
    for (const desktop of opened.splice(0)) await desktop[Symbol.asyncDispose]();
  });
  return {
    machine,
    open({ args = [], env = {}, tray = true } = {}) {
      const { root, env: own } = machine();
      const path = [fakeBus(root, tray), own.PATH].join(delimiter);
      const desktop = launch({ args, env: { ...own, SHELL: '/bin/bash', ...env, PATH: path } });
      opened.push(desktop);
      return desktop;
    },
  };
}

/** A `gdbus` that says whether somebody shows tray icons. */
function fakeBus(root: string, tray: boolean): string {
  const folder = join(root, tray ? 'with-tray' : 'without-tray');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'gdbus');
  writeFileSync(path, `#!/bin/sh\necho '(${tray},)'\n`);
  chmodSync(path, 0o755);
  return folder;
}

/** Calls the bridge as the page's own code does. */
export async function call(desktop: Desktop, method: string, input: unknown): Promise<Answer> {
  const page = await desktop.page();
  return page.evaluate(
    async (given: { method: string; input: unknown }) => {
      if (!window.varvel) throw new Error('There is no bridge.');
      return window.varvel.call(given.method, given.input);
    },
    { method, input },
  );
}

/** The labels in the tray's menu, with a check before the current profile. */
export const trayLabels = async (desktop: Desktop): Promise<string[]> =>
  (await desktop.do.trayMenu())
    .filter(({ type }) => type !== 'separator')
    .map(({ label, checked }) => (checked ? `✓ ${label}` : label));

/** A key and a profile of it. */
export async function makeProfile({ varvel }: Machine, name: string, account = 'ada'): Promise<string> {
  const { code, stdout, stderr } = await varvel(
    'keys',
    'create',
    `${name}-key`,
    '--account',
    account,
    '--profile',
    name,
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout.trim();
}
