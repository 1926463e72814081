// In the place of fpm, which electron-builder downloads: takes what it is given and makes the package with dpkg-deb.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    s: { type: 'string', short: 's' },
    t: { type: 'string', short: 't' },
    d: { type: 'string', short: 'd', multiple: true },
    ...Object.fromEntries(
      [
        'architecture',
        'after-install',
        'after-remove',
        'deb-compression',
        'deb-priority',
        'deb-recommends',
        'deb-upstream-changelog',
        'description',
        'license',
        'maintainer',
        'name',
        'package',
        'url',
        'vendor',
        'version',
      ].map((name) => [name, { type: 'string' as const }]),
    ),
  },
});
const text = (name: string): string => String(values[name] ?? '');
const folder = mkdtempSync(join(tmpdir(), 'fpm-'));
try {
  for (const part of positionals) {
    const at = part.indexOf('=/');
    const to = join(folder, part.slice(at + 1));
    mkdirSync(dirname(to), { recursive: true });
    const from = part.slice(0, at);
    cpSync(from, to, { recursive: true });
  }
  const control = join(folder, 'DEBIAN');
  mkdirSync(control);
  const depends = (Array.isArray(values.d) ? values.d : []).join(', ');
  const lines = [
    `Package: ${text('name')}`,
    `Version: ${text('version')}`,
    `Architecture: ${text('architecture')}`,
    `Maintainer: ${text('maintainer')}`,
    `Depends: ${depends}`,
    `Homepage: ${text('url')}`,
    `Description: ${text('description').split('\n')[0]}`,
  ];
  writeFileSync(join(control, 'control'), `${lines.join('\n')}\n`);
  cpSync(text('after-install'), join(control, 'postinst'));
  cpSync(text('after-remove'), join(control, 'postrm'));
  execFileSync('chmod', ['755', join(control, 'postinst'), join(control, 'postrm')]);
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', folder, text('package')], {
    stdio: 'inherit',
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
