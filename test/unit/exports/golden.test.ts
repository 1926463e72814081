import { expect, test } from 'vitest';
import { type ExportFormat, render, renderUnset } from '../../../core/exports/render.ts';

/** What each format makes of a value, for the shells and files whose readers aren't here: by their documents. */
const golden: [ExportFormat, string, string][] = [
  // about_Quoting_Rules: a single quote within single quotes is doubled, all else is literal
  ['pwsh', `a:b`, `$env:FAL_KEY = 'a:b'`],
  ['pwsh', `it's "$x" \`n %y% \\`, `$env:FAL_KEY = 'it''s "$x" \`n %y% \\'`],
  ['pwsh', `''`, `$env:FAL_KEY = ''''''`],
  // set /?: the quotes stand around the whole assignment, so that blanks and & | < > ^ ( ) are part of the value
  ['cmd', 'a:b', 'set "FAL_KEY=a:b"'],
  ['cmd', ' a & b | c > d ^ (e) ', 'set "FAL_KEY= a & b | c > d ^ (e) "'],
  // nushell.sh, “Working with strings”
  ['nu', 'a:b', `$env.FAL_KEY = 'a:b'`],
  ['nu', 'a "b" $c (d) \\n', `$env.FAL_KEY = 'a "b" $c (d) \\n'`],
  ['nu', `it's "b" \\n`, `$env.FAL_KEY = "it's \\"b\\" \\\\n"`],
  // docker run --env-file: all after the first equals sign, as it stands
  ['docker', `  'a' "b" #c $d=e \\ `, `FAL_KEY=  'a' "b" #c $d=e \\ `],
  // systemd.exec(5), EnvironmentFile=
  ['systemd', 'a:b', 'FAL_KEY=a:b'],
  ['systemd', 'a $b "c" \\d ', `FAL_KEY='a $b "c" \\d '`],
  ['systemd', `it's $b "c" \\d \`e\``, `FAL_KEY="it's \\$b \\"c\\" \\\\d \\\`e\\\`"`],
];

test.each(golden)('%s holds %j as its documents say', (format, value, line) => {
  expect(render(format, { FAL_KEY: value })).toBe(`${line}\n`);
});

test.each([
  ['pwsh', 'Remove-Item Env:FAL_KEY -ErrorAction SilentlyContinue\n'],
  ['cmd', 'set "FAL_KEY="\n'],
  ['nu', 'hide-env --ignore-errors FAL_KEY\n'],
  ['tcsh', 'unsetenv FAL_KEY;\n'],
] as const)('%s forgets a variable as its documents say', (format, line) => {
  expect(renderUnset(format, ['FAL_KEY'])).toBe(line);
});

test.each(['%', '"', '!', 'a/?', 'x'.repeat(9000)])(
  'cmd refuses what it would read differently: %s',
  (value) => {
    expect(() => render('cmd', { FAL_KEY: `a:${value}` })).toThrow(
      expect.objectContaining({ code: 'invalid', hint: { action: 'use_shell', shell: 'pwsh' } }),
    );
  },
);

/** GitHub's rule: NAME<<DELIMITER, then lines, until a line that is the delimiter. */
function readGithub(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const [, name, delimiter] = lines[at]?.match(/^([^=<]+)<<(.+)$/) ?? [];
    if (name === undefined) continue;
    const end = lines.indexOf(delimiter ?? '', at + 1);
    found[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return found;
}

test('a value in $GITHUB_ENV stands between delimiters that differ each time', () => {
  const variables = { FAL_KEY: 'a:b<<EOF', FAL_KEY_STAGING: 'varvel_', C: '=' };
  const text = render('github', variables);
  expect(readGithub(text)).toEqual(variables);
  expect(text).not.toBe(render('github', variables));
});

test.each(['GITHUB_TOKEN', 'RUNNER_OS', 'NODE_OPTIONS'])('GitHub keeps %s for itself', (name) => {
  expect(() => render('github', { [name]: 'a:b' })).toThrow(expect.objectContaining({ code: 'invalid' }));
});

test.each(['', '1A', 'A-B', 'A B', 'A;rm', 'A=B', 'É', 'a\nb'])('%j is refused as a name', (name) => {
  for (const format of ['sh', 'dotenv', 'json'] as const)
    expect(() => render(format, { [name]: 'a:b' })).toThrow(expect.objectContaining({ code: 'invalid' }));
});

test.each(['a\nb', 'a\0b', 'a\rb', 'é', '\x7f', '\x1b'])(
  'the value %j is refused by every format',
  (value) => {
    for (const format of ['sh', 'fish', 'dotenv', 'docker', 'json', 'github'] as const) {
      expect(() => render(format, { A: value })).toThrow(expect.objectContaining({ code: 'invalid' }));
    }
  },
);
