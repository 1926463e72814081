import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { VarvelError } from '../../../core/model/error.ts';

const root = join(import.meta.dirname, '../../..');

/** A command of the command line, or an option of one. */
const command =
  /\bvarvel (login|logout|whoami|keys|profiles|switch|vault|falcli|env|pin|unpin|export|accounts|doctor|sandbox|web|which|run)\b|(^|[\s`])--[a-z]/;

/** Where commands are named and the window doesn't show it, or means the terminal. */
const exceptions: [file: RegExp, why: string][] = [
  [/^core\/which\/|^core\/profiles\/pin-warnings/, 'says what to do in a shell'],
  [/^core\/profiles\/effective/, 'chooses for a process of the command line'],
  [/^core\/keys\/key-test/, 'a verdict, for which the window has its own words'],
  [/^(core\/model|host)\/environment/, 'is said before there is a window'],
  [/^core\/exports\/render/, 'is of varvel env alone'],
  [/^core\/exports\/formats\/docker/, 'is the other program’s own'],
  [
    /^platform\/vault\/(passphrase|prompt|unlock|agent-server|keychain-error)/,
    'asks on a terminal, or names the system’s programs',
  ],
];

/** The properties whose texts are for a terminal: a hint, what a shell evaluates, which programs read a format. */
const forTerminals = ['terminal', 'takeUp', 'unset', 'readers'];

/** The texts of a source file, with the name of the property that each is the value of. */
function textsOf(path: string): { text: string; property: string | null }[] {
  const source = ts.createSourceFile(
    path,
    readFileSync(join(root, path), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: { text: string; property: string | null }[] = [];
  const visit = (node: ts.Node, property: string | null): void => {
    if (
      ts.isStringLiteral(node) ||
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateExpression(node)
    ) {
      found.push({ text: node.getText(source).replaceAll('\\`', '`'), property });
    }
    const named = ts.isPropertyAssignment(node) ? node.name.getText(source) : property;
    ts.forEachChild(node, (child) => visit(child, named));
  };
  visit(source, null);
  return found;
}

const files = ['core', 'platform', 'host', 'bridge'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
);

test('what reaches the window names no command of the command line', () => {
  const naming = files
    .filter((file) => !exceptions.some(([exception]) => exception.test(file)))
    .flatMap((file) =>
      textsOf(file)
        .filter(({ text, property }) => !forTerminals.includes(property ?? '') && command.test(text))
        // what stands in the window's words on purpose says where
        .filter(({ text }) => !text.includes('in a terminal'))
        .map(({ text }) => `${file}: ${text}`),
    );
  expect(naming).toEqual([]);
});

test('each exception is needed', () => {
  for (const [exception] of exceptions) {
    const naming = files
      .filter((file) => exception.test(file))
      .flatMap(textsOf)
      .filter(({ text }) => command.test(text));
    expect(naming, String(exception)).not.toEqual([]);
  }
});

test('an error has one hint for both, or one for each', () => {
  const both = new VarvelError('invalid', 'It is wrong.', 'Mend it.');
  expect([both.hint, both.windowHint]).toEqual(['Mend it.', 'Mend it.']);
  const each = new VarvelError('invalid', 'It is wrong.', {
    terminal: '`varvel mend`',
    window: 'Press Mend.',
  });
  expect([each.hint, each.windowHint]).toEqual(['`varvel mend`', 'Press Mend.']);
});
