import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWindowFiles, withBridge } from '../../../web/window-files.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'varvel-window-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function place(files: Record<string, string>): { renderer: string; web: string } {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { renderer: join(root, 'renderer'), web: join(root, 'web') };
}

describe('the window’s files', () => {
  it('are those of the built window and no others', () => {
    const files = readWindowFiles(
      place({
        'renderer/index.html': '<head><script src="a.js"></script></head>',
        'renderer/assets/a.js': '1',
        'renderer/assets/a.css': '',
        'renderer/assets/a.js.map': '{}',
        'renderer/notes.txt': '',
        'web/web-bridge.js': '2',
        'secret.js': '3',
      }),
    );
    expect([...files.keys()].sort()).toEqual(['/', '/assets/a.css', '/assets/a.js', '/web-bridge.js']);
    expect(files.get('/')?.bytes.toString()).toContain('<script src="/web-bridge.js"></script>\n<script src');
  });

  it('that aren’t built are an error with words', () => {
    const thrown = (): unknown => readWindowFiles({ renderer: join(root, 'no'), web: root });
    expect(thrown).toThrow('The window’s files are missing');
    expect(() => readWindowFiles(place({ 'renderer/a.js': '', 'web/web-bridge.js': '' }))).toThrow(
      'files are missing',
    );
  });
});

it('the bridge stands before every script of the page', () => {
  expect(withBridge('<head><SCRIPT type=module src=a></SCRIPT></head>')).toMatch(
    /^<head><script src="\/web-bridge/,
  );
  expect(withBridge('<head></head><body></body>')).toMatch(
    /^<head><script src="\/web-bridge.js"><\/script>\n<\/head>/,
  );
  expect(withBridge('<p>')).toMatch(/^<script/);
});
