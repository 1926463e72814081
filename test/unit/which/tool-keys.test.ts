import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { otherTools, type ToolName } from '../../../core/model/machine/other-tools.ts';
import { toolKeys } from '../../../core/which/tool-keys.ts';
import { createToolFiles } from '../../../platform/places/tool-files.ts';
import { temporaryFolder } from '../../integration/platform/temporary-folder.ts';

const found = (tool: ToolName, text: string) => toolKeys([{ tool, path: '/f', text }]);
const inCursor = (server: unknown) => found('cursor', JSON.stringify({ mcpServers: { 'fal-ai': server } }));

describe('a key in another tool’s file', () => {
  test('is found in each client’s own format, with the server that gets it', () => {
    const key = 'id-1:secret';
    const env = { command: 'npx', env: { FAL_KEY: key } };
    const header = { url: 'https://mcp.fal.ai/mcp', headers: { Authorization: `Bearer ${key}` } };
    const expected = (tool: string, server: string) => ({ tool, path: '/f', server, keyId: 'id-1' });
    expect(inCursor(env)).toEqual([expected('Cursor', 'fal-ai')]);
    expect(inCursor(header)).toEqual([expected('Cursor', 'fal-ai')]);
    expect(
      found(
        'windsurf',
        JSON.stringify({ mcpServers: { fal: { ...header, url: undefined, serverUrl: header.url } } }),
      ),
    ).toEqual([expected('Windsurf', 'fal')]);
    expect(
      found(
        'claudeCode',
        JSON.stringify({ mcpServers: { one: header }, projects: { '/shop': { mcpServers: { two: env } } } }),
      ),
    ).toEqual([expected('Claude Code', 'one'), expected('Claude Code', 'two')]);
    expect(
      found(
        'vsCode',
        `{\n  // mine: "https://x"\n  "servers": { "fal": { "env": { "FAL_KEY": "${key}", }, /* , } */ }, },\n}`,
      ),
    ).toEqual([expected('VS Code', 'fal')]);
    expect(
      found(
        'codex',
        `[mcp_servers.a]\nurl = "${header.url}"\nhttp_headers = { authorization = "Key ${key}" }\n[mcp_servers.b.env]\nFAL_KEY = "${key}"\n`,
      ),
    ).toEqual([expected('Codex', 'a'), expected('Codex', 'b')]);
  });

  test('is looked for once in a file that is made to be read again and again', () => {
    for (const part of ['/* ', '"\\', '"\\"', '// "/*', ', ,\n'])
      expect(found('cursor', `{"mcpServers":${part.repeat(1_000_000)}`)).toEqual([]);
  });

  test('is none when it refers to a variable, is a placeholder, or goes to somebody else', () => {
    const references = ['FAL_KEY', 'env:FAL_KEY', 'input:fal'].map((name) => `$\{${name}}`);
    for (const value of [...references, '$FAL_KEY', 'YOUR_FAL_KEY', ''])
      expect(inCursor({ env: { FAL_KEY: value } })).toEqual([]);
    const headers = { Authorization: 'Bearer id:secret' };
    for (const url of [
      'https://mcp.example.com',
      'https://fal.ai.example.com/mcp',
      'https://notfal.ai/mcp',
      'x',
    ])
      expect(inCursor({ url, headers })).toEqual([]);
    expect(inCursor({ env: { OTHER: 'id:secret' } })).toEqual([]);
  });

  test('is none in a file that isn’t what it should be, and no such file stops anything', () => {
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"mcpServers":[1,null]}',
      '{"mcpServers":{"a":null,"b":"c"}}',
    ])
      for (const tool of ['cursor', 'codex', 'genmedia'] as const) expect(found(tool, text)).toEqual([]);
    expect(found('cursor', '{"__proto__":{"mcpServers":{"a":{"env":{"FAL_KEY":"a:b"}}}}}')).toEqual([]);
  });

  test('of genmedia is encrypted, so only that it is there is known', () => {
    expect(found('genmedia', '{"apiKey":"aXY=:dGFn:Y2lwaGVy"}')).toEqual([
      { tool: 'genmedia', path: '/f', server: null, keyId: null },
    ]);
    expect(found('genmedia', '{"outputFormat":"json"}')).toEqual([]);
  });
});

test.each([
  ['linux', '.config', false],
  ['darwin', 'Library/Application Support', true],
  ['win32', 'AppData/Roaming', true],
] as const)('on %s only the documented files are read', async (platform, config, hasDesktop) => {
  using root = temporaryFolder();
  const home = join(root.path, 'home');
  const folder = join(root.path, 'shop');
  const paths = [
    '.genmedia/config.json',
    '.claude.json',
    `${config}/Claude/claude_desktop_config.json`,
    '.cursor/mcp.json',
    '.codeium/windsurf/mcp_config.json',
    `${config}/Code/User/mcp.json`,
    '.codex/config.toml',
    '.claude/settings.json',
  ].map((path) => join(home, path));
  const inProject = ['.mcp.json', '.cursor/mcp.json', '.vscode/mcp.json', '.codex/config.toml'].map((path) =>
    join(folder, path),
  );
  for (const path of [...paths, ...inProject]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '{}');
  }
  const files = await createToolFiles({ HOME: home }, platform).read(folder);
  const expected = [...paths, ...inProject].filter(
    (path) => !path.endsWith('settings.json') && (hasDesktop || !path.includes('claude_desktop')),
  );
  expect(files.map(({ path }) => path).sort()).toEqual(expected.sort());
  // one that is too large, or no file, is left alone
  writeFileSync(join(home, '.cursor/mcp.json'), ' '.repeat(9 * 1024 * 1024));
  const fewer = await createToolFiles({ HOME: home }, platform).read(folder);
  expect(fewer).toHaveLength(files.length - 1);
});

test('each tool names the documentation of its files', () => {
  for (const { docs } of Object.values(otherTools)) expect(docs).toMatch(/^https:\/\//);
});
