import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editsFor } from '../../../../core/find/edits.ts';
import { createScanner } from '../../../../core/find/scanner.ts';
import type { RemovalWay } from '../../../../core/model/machine/key-copy.ts';
import { bytesOfText, textOfBytes } from '../../../../core/patch/bytes.ts';
import { takeBack } from '../../../../core/patch/splice.ts';
import { newKey, writings } from './forms.ts';

const key = newKey();
const whole = `${key.id}:${key.secret}`;
const scanner = createScanner([key]);

/** A file's text after a removal. */
function removedFrom(path: string, text: string, way: RemovalWay) {
  const bytes = bytesOfText(text);
  return editsFor(path, text, scanner.scan(bytes, bytes.length), way);
}

test('scrubbing leaves no copy in any form and every other byte, and is undone byte for byte', () => {
  const copy = fc
    .constantFrom(...Object.values(writings))
    .map(({ write }) => textOfBytes(Buffer.from(write(whole))));
  const other = fc.uint8Array({ maxLength: 40 }).map(textOfBytes);
  fc.assert(
    fc.property(fc.array(fc.tuple(other, copy), { minLength: 1, maxLength: 6 }), other, (parts, last) => {
      const text = parts.map(([before, each]) => `${before}\n${each}\n`).join('') + last;
      const edits = removedFrom('a.txt', text, 'scrub');
      expect(edits.left).toBe(0);
      const bytes = bytesOfText(edits.text);
      expect(scanner.scan(bytes, bytes.length)).toEqual([]);
      for (const [before] of parts) expect(edits.text).toContain(before);
      expect(takeBack(edits.text, edits.splices, 'in_place')).toBe(text);
    }),
    { numRuns: 200 },
  );
});

test('keys whose lines were swapped since get their own secrets back', () => {
  const [one, two] = [newKey(), newKey()];
  const both = createScanner([one, two]);
  const lines = [one, two].map(({ id, secret }, index) => `KEY_${index}=${id}:${secret}\n`);
  const bytes = bytesOfText(lines.join(''));
  const edits = editsFor('.env', lines.join(''), both.scan(bytes, bytes.length), 'scrub');
  const swapped = edits.text
    .split(/(?<=\n)/)
    .toReversed()
    .join('');
  expect(takeBack(swapped, edits.splices, 'anywhere')).toBe(lines.toReversed().join(''));
});

describe('a reference in place of a key', () => {
  test.each([
    ['.env', `A=1\r\nFAL_KEY=${whole}\r\nB=2`, 'A=1\r\nB=2'],
    ['.env.local', `export FAL_KEY='${whole}' # mine\n`, ''],
    ['prod.env', `FAL_KEY_SECRET=${key.secret}\nX=1\n`, 'X=1\n'],
    ['.zshrc', `export FAL_KEY="${whole}"; \nls\n`, 'ls\n'],
    ['.bash_history', `FAL_KEY=${whole} node a.js\n`, `FAL_KEY=\${FAL_KEY} node a.js\n`],
    ['a.sh', `curl -H "Authorization: Key ${whole}"\n`, `curl -H "Authorization: Key \${FAL_KEY}"\n`],
    ['a.sh', `curl -H 'Authorization: Key ${whole}'\n`, `curl -H 'Authorization: Key '"\${FAL_KEY}"''\n`],
    ['config.fish', `set -gx FAL_KEY ${whole}\n`, ''],
    ['fish_history', `- cmd: echo "${whole}"\n`, '- cmd: echo "$FAL_KEY"\n'],
    ['x/docker-compose.yml', `  FAL_KEY: ${whole}\n`, `  FAL_KEY: \${FAL_KEY}\n`],
    ['x/.github/workflows/ci.yml', `  FAL_KEY: ${whole}\n`, `  FAL_KEY: \${{ secrets.FAL_KEY }}\n`],
    ['x/.vscode/mcp.json', `{"FAL_KEY":"${whole}"}`, `{"FAL_KEY":"\${env:FAL_KEY}"}`],
    ['.bashrc', `f() {\n  ls\n  export FAL_KEY=${whole}\n}\n`, 'f() {\n  ls\n:\n}\n'],
    ['a.sh', `if [ 1 ]; then # x\n# y\n\nFAL_KEY=${whole}\nfi\n`, 'if [ 1 ]; then # x\n# y\n\n:\nfi\n'],
    [
      'a.sh',
      `{\r\n# x\r\nFAL_KEY=${whole}\r\nls; }\r\n(\r\nFAL_KEY=${whole}\r\n# y\r\n)\r\n`,
      '{\r\n# x\r\n:\r\nls; }\r\n(\r\n:\r\n# y\r\n)\r\n',
    ],
    ['a.py', `import os\nkey = "${whole}"\n`, 'import os\nkey = os.environ["FAL_KEY"]\n'],
    [
      'a.py',
      `import os\na = "b"\nkey = "${whole}",\n"c"\n`,
      'import os\na = "b"\nkey = os.environ["FAL_KEY"],\n"c"\n',
    ],
    ['a.sh', `cat <<E\nx\nE\nFAL_KEY=${whole}\n`, 'cat <<E\nx\nE\n'],
    ['a.tsx', `const key = '${whole}';\n`, 'const key = process.env.FAL_KEY;\n'],
  ])('%s', (path, before, wanted) => {
    const edits = removedFrom(path, before, 'replace');
    expect(edits.text).toBe(wanted);
    expect(takeBack(edits.text, edits.splices, 'in_place')).toBe(before);
  });

  test.each([
    ['another variable in a .env file, whose readers replace none', '.env', `OTHER=${whole}\n`],
    ['a line with more than the variable', '.env', `FAL_KEY=${whole},x\n`],
    ['a line of a shell whose quotes go on in the next', 'a.sh', `echo "it's ${whole}\n`],
    ['Python without os', 'a.py', `key = "${whole}"\n`],
    ['what sets the variable itself', 'a.py', `import os\nos.environ["FAL_KEY"] = "${whole}"\n`],
    ['a line that goes on from the one before', 'a.sh', `export A=1 \\\n  FAL_KEY=${whole}\necho\n`],
    ['one that goes on over comments', 'a.sh', `ls && # list\n# mine\n\nFAL_KEY=${whole}\necho\n`],
    ['a string after another', 'a.py', `import os\nt = "x" "${whole}"\n`],
    ['a string before another', 'a.py', `import os\nt = "${whole}" f"x"\n`],
    ['a string that goes on in the next line', 'a.py', `import os\nt = ("${whole}"\n  "more")\n`],
    ['a string that goes on from the line before', 'a.py', `import os\nt = ("more"\n  "${whole}")\n`],
    ['a line of a longer string', 'a.py', `import os\ns = """\n"${whole}"\n"""\n`],
    ['a line of a template', 'a.ts', `const a = \`\nx = "${whole}"\n\`;\n`],
    ['a type', 'a.ts', `export type T = "${whole}";\n`],
    ['a here-document for another program', 'a.sh', `python - <<'PY'\nkey = "${whole}"\nPY\n`],
    ['a here-document that writes a file', 'a.sh', `cat > .env <<-EOF\nFAL_KEY=${whole}\n\tEOF\n`],
    ['an array', 'a.sh', `all=(\nFAL_KEY=${whole}\n)\n`],
    ['bytes of Python', 'a.py', `import os\nkey = b"${whole}"\n`],
    ['a triple quote', 'a.py', `import os\nkey = """${whole}"""\n`],
    ['a string in a string', 'a.py', `import os\nbody = '{"key": "${whole}"}'\n`],
    ['an attribute of JSX', 'a.tsx', `<Fal credentials="${whole}" />\n`],
    ['a property’s name', 'a.ts', `const names = { "${whole}": 1 };\n`],
    ['a longer string', 'a.ts', `const header = 'Key ${whole}';\n`],
    ['the secret half alone', 'a.sh', `echo ${key.secret}\n`],
    ['base64', 'compose.yaml', `key: ${Buffer.from(whole).toString('base64')}\n`],
    ['a kind of file without references', 'notes.md', `${whole}\n`],
  ])('is not made up for %s', (_, path, text) => {
    expect(removedFrom(path, text, 'replace')).toMatchObject({ text, left: 1, splices: [] });
  });
});
