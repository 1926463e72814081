import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A key of somebody else, and what looks like one: nothing of it must be found. */
export const decoy = (): string => `${randomUUID()}:${randomBytes(16).toString('hex')}`;

type Make = (copy: Buffer) => Buffer | Promise<Buffer>;

const around =
  (before: string, after: string): Make =>
  (copy) =>
    Buffer.concat([Buffer.from(before), copy, Buffer.from(after)]);

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

/** A database as browsers and editors keep them. */
async function sqlite(copy: Buffer): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'varvel-find-'));
  const path = join(folder, 'state.vscdb');
  const database = new DatabaseSync(path);
  database.exec('CREATE TABLE items (key TEXT, value BLOB)');
  const insert = database.prepare('INSERT INTO items VALUES (?, ?)');
  insert.run('other', decoy());
  insert.run('key', copy);
  database.close();
  const bytes = await readFile(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

/** A tar archive, which doesn't compress: a header of 512 bytes and the content. */
const tar: Make = (copy) => {
  const header = Buffer.alloc(512);
  header.write('secrets.env');
  header.write(copy.length.toString(8).padStart(11, '0'), 124);
  header.write('ustar', 257);
  return Buffer.concat([header, copy, Buffer.alloc(1024)]);
};

/** Kinds of files that keys are found in, by name, each with a copy of a key in it. */
export const kinds: Record<string, Make> = {
  '.env': around(`# settings\nOTHER=${decoy()}\nFAL_KEY="`, '"\nPORT=3000\n'),
  '.env.production': around('FAL_KEY=', '\r\nNODE_ENV=production\r\n'),
  '.envrc': around('use node\nexport FAL_KEY=', '\n'),
  '.zshrc': around('autoload -U compinit\nexport FAL_KEY=', '\nalias ll="ls -l"\n'),
  '.bash_history': around('ls\ncurl -H "Authorization: Key ', '" https://fal.run/fal-ai/flux\ncd\n'),
  '.zsh_history': around(': 1790000000:0;export FAL_KEY=', '\n: 1790000001:0;ls\n'),
  fish_history: around('- cmd: set -x FAL_KEY ', '\n  when: 1790000000\n'),
  'main.py': around('import os\nfal_key = "', '"\n'),
  'client.ts': around("import { fal } from '@fal-ai/client';\nfal.config({ credentials: '", "' });\n"),
  'config.json': around('{\n  "apiKey": "', `",\n  "other": "${decoy()}"\n}\n`),
  '.mcp.json': around('{"mcpServers":{"fal":{"env":{"FAL_KEY":"', '"}}}}'),
  'notebook.ipynb': around('{"cells":[{"cell_type":"code","source":["key = \\"', '\\"\\n"]}]}'),
  'transcript.jsonl': around(
    `${lines(200, (index) => `{"type":"user","text":"message ${index}"}`)}{"type":"tool","output":"FAL_KEY=`,
    '\\n"}\n',
  ),
  'compose.yaml': around('services:\n  app:\n    environment:\n      FAL_KEY: ', '\n'),
  'deploy.yml': around('      - run: make\n        env:\n          FAL_KEY: ', '\n'),
  'secret.yaml': around('kind: Secret\ndata:\n  key: ', '\n'),
  'config.toml': around('[default]\nkey = "', '"\n'),
  'settings.ini': around('[fal]\nkey = ', '\n'),
  'app.properties': around('fal.key=', '\n'),
  'pom.xml': around('<properties><fal.key>', '</fal.key></properties>'),
  'index.html': around('<script>window.key = "', '"</script>'),
  'data.csv': around(`id,key\n1,${decoy()}\n2,`, `\n3,${decoy()}\n`),
  'README.md': around('# Notes\n\nUse the key `', '` for now.\n'),
  'server.log': around(
    `${lines(500, (index) => `2026-11-27 10:00:00 INFO request ${index} ${randomUUID()}`)}ERROR key=`,
    '\nINFO done\n',
  ),
  Dockerfile: around('FROM node:24\nENV FAL_KEY=', '\n'),
  Makefile: around('run:\n\tFAL_KEY=', ' node main.js\n'),
  'main.tf': around('variable "key" {\n  default = "', '"\n}\n'),
  'dump.sql': around("INSERT INTO keys VALUES (1, '", "');\n"),
  'bundle.min.js': around(
    `${'var a=function(b){return b+1};'.repeat(40_000)}k="`,
    `";${'x();'.repeat(9000)}`,
  ),
  'state.vscdb': sqlite,
  'secrets.tar': tar,
  'core.bin': (copy) => Buffer.concat([randomBytes(70_001), copy, randomBytes(1000)]),
};
