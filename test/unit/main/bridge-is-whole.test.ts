import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { events } from '../../../contract/events.ts';
import { methods } from '../../../contract/methods.ts';

const root = join(import.meta.dirname, '../../..');

/** The text of every source file in a folder. */
function texts(folder: string): string {
  const path = join(root, folder);
  if (!existsSync(path)) return '';
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

const handlers = texts('bridge/handlers');
const callers = texts('renderer') + texts('main');
const names = Object.keys(methods);

test('every method has a schema for what goes in and one for what comes out', () => {
  expect(names.length).toBeGreaterThan(30);
  for (const [name, { input, output }] of Object.entries(methods)) {
    expect({ name, input: typeof input.parse, output: typeof output.parse }).toEqual({
      name,
      input: 'function',
      output: 'function',
    });
  }
});

test('every method has one handler, and no handler has no method', () => {
  const handled = [...handlers.matchAll(/^ {4}'([a-z]+\.[A-Za-z]+)':/gm)].map(([, name]) => name);
  expect(handled.toSorted()).toEqual(names.toSorted());
});

test('every method is called by the window, the tray or the menu', () => {
  const uncalled = names.filter((name) => !callers.includes(`'${name}'`));
  expect(uncalled).toEqual([]);
});

test('every event is sent by somebody and heard by the window', () => {
  const senders = texts('bridge') + texts('main');
  for (const name of Object.keys(events)) {
    const sent = new RegExp(`(emit|sendEvent)\\([^)]*?'${name}'`).test(senders);
    const heard = new RegExp(`\\bon\\(\\s*'${name}'`).test(texts('renderer'));
    expect({ name, sent, heard }).toEqual({ name, sent: true, heard: true });
  }
});
