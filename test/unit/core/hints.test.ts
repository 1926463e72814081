import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { hintWords as inTerminal, withHint } from '../../../cli/framework/hint-words.ts';
import { hint as wireHint } from '../../../contract/hint.ts';
import { VarvelError } from '../../../core/model/error.ts';
import { type VerdictKind, verdictHint } from '../../../core/model/fal/verdict.ts';
import {
  type Hint,
  type HintAction,
  keyActions,
  listActions,
  plainActions,
  profileActions,
} from '../../../core/model/hint.ts';
import { hintWords as inTray } from '../../../main/app/hint-words.ts';
import { hintWords as inWindow } from '../../../renderer/format/hint-words.ts';
import { hintButton } from '../../../renderer/stores/window/hint-button.ts';
import { initialView, useView } from '../../../renderer/stores/window/view.ts';

const root = join(import.meta.dirname, '../../..');

/** A command of the command line, or an option of one. */
const command =
  /\bvarvel (login|logout|whoami|keys|profiles|switch|vault|falcli|env|pin|unpin|export|accounts|doctor|sandbox|web|which|run)\b|(^|[\s`])--[a-z]/;

/** One with a subject each, by its action: an action more is refused by the compiler until it stands here. */
const withSubject: { [Action in Exclude<HintAction, Plain>]: Hint & { action: Action } } = {
  list_accounts: { action: 'list_accounts', nearest: 'ada', ended: ['ada@example.com'] },
  sign_in: { action: 'sign_in', connection: 'github' },
  choose_flow: { action: 'choose_flow', flows: ['device'] },
  set_key_of_account: { action: 'set_key_of_account', profile: 'studio', account: 'ada' },
  create_admin_key: { action: 'create_admin_key', account: { id: 'a', nickname: 'ada' } },
  change_environment: { action: 'change_environment', environment: 'sandbox' },
  use_shell: { action: 'use_shell', shell: 'pwsh' },
  use_format: { action: 'use_format', format: 'json' },
  advice: { action: 'advice', text: 'Check the URL.' },
};

type Plain =
  | (typeof plainActions)[number]
  | (typeof profileActions)[number]
  | (typeof keyActions)[number]
  | (typeof listActions)[number];

const all: Hint[] = [
  ...plainActions.map((action) => ({ action })),
  ...profileActions.map((action) => ({ action, profile: 'studio' })),
  ...keyActions.map((action) => ({ action, keyId: 'key-1' })),
  ...listActions.map((action) => ({ action, nearest: 'studio' })),
  ...Object.values(withSubject),
];

describe.each(all.map((hint) => ({ hint, action: hint.action })))(
  'what to do: $action',
  ({ hint, action }) => {
    test('is said on each face, and comes over the bridge as it is', () => {
      for (const words of [inTerminal(hint), inWindow(hint), inTray(hint)]) {
        if (action === 'none') expect(words).toBe('');
        else expect(words).toMatch(/^[\S][^\n]*[.?]$/u);
      }
      expect(z.parse(wireHint, hint)).toEqual(hint);
    });

    test('names no command in the window and the tray, but one to be typed in a terminal', () => {
      for (const words of [inWindow(hint), inTray(hint)]) {
        if (!words.includes('in a terminal') && action !== 'set_environment')
          expect(words).not.toMatch(command);
      }
    });
  },
);

test('a hint names what it is about', () => {
  expect(inTerminal({ action: 'sign_in', connection: 'github' })).toContain(
    'varvel login --connection github',
  );
  expect(inTerminal({ action: 'sign_in', connection: null })).toContain('`varvel login`');
  expect(inTerminal({ action: 'set_key', profile: 'studio' })).toContain(
    'varvel profiles set studio key=KEY',
  );
  expect(inTerminal({ action: 'forget_key', keyId: 'key-1' })).toContain('varvel keys forget key-1');
  expect(inTerminal({ action: 'list_profiles', nearest: 'studio' })).toContain('Did you mean “studio”?');
  expect(inTerminal({ action: 'list_profiles', nearest: null })).not.toContain('mean');
  expect(inWindow({ action: 'list_keys', nearest: 'pictures' })).toContain('Did you mean “pictures”?');
  expect(inTray({ action: 'set_key', profile: 'studio' })).toContain('studio');
  expect(withHint('It is wrong.', { action: 'none' })).toBe('It is wrong.');
});

test('every kind of verdict but a valid one says what to do on each face', () => {
  const kinds: Record<VerdictKind, true> = {
    valid: true,
    invalid: true,
    locked: true,
    forbidden: true,
    rate_limited: true,
    server_error: true,
    unreachable: true,
  };
  for (const kind of Object.keys(kinds).filter((name): name is VerdictKind => name in kinds)) {
    const hint = verdictHint({ kind, message: '' }, 'key-1');
    for (const words of [inTerminal(hint), inWindow(hint), inTray(hint)]) {
      expect(words === '').toBe(kind === 'valid');
    }
  }
});

describe('a button in the window', () => {
  const pressed = (hint: Hint, accountId: string | null = null) => {
    useView.setState(initialView);
    hintButton(hint, { accountId })?.run();
    return useView.getState();
  };

  test('opens where the hint can be followed', () => {
    expect(pressed({ action: 'sign_in', connection: null }).overlay).toEqual({ kind: 'sign_in' });
    expect(pressed({ action: 'unlock_vault' })).toMatchObject({ screen: 'settings', part: 'vault' });
    expect(pressed({ action: 'set_key', profile: 'studio' })).toMatchObject({ profile: 'studio' });
    expect(pressed({ action: 'forget_key', keyId: 'key-1' }).overlay).toEqual({
      kind: 'forget',
      keyId: 'key-1',
    });
    expect(pressed({ action: 'choose_profile' }).overlay).toEqual({ kind: 'switcher' });
    expect(pressed({ action: 'change_environment', environment: 'sandbox' }).overlay).toEqual({
      kind: 'environment',
      name: 'sandbox',
    });
  });

  test('for a new key begins with the account of the old one', () => {
    const overlay = { kind: 'create_key', accountId: 'a' };
    expect(pressed({ action: 'replace_key', keyId: 'key-1' }, 'a').overlay).toEqual(overlay);
    expect(pressed(withSubject.create_admin_key).overlay).toEqual({ ...overlay, scope: 'ADMIN' });
  });

  test('is not offered for advice', () => {
    expect(hintButton({ action: 'advice', text: 'Check the URL.' })).toBeNull();
    expect(hintButton({ action: 'none' })).toBeNull();
  });
});

/** Where commands are named, though no face words it, because it is no hint or one that one face alone shows. */
const exceptions: [file: RegExp, why: string][] = [
  [/^core\/which\/|^host\/which-here|^core\/profiles\/pin-warnings/, 'says what to do in a shell'],
  [/^core\/snippets\//, 'is code, and the command that runs it'],
  [/^core\/exports\/formats\/docker/, 'is the other program’s own'],
  [/^platform\/vault\/(agent\/agent-server|keychain-error)/, 'names the system’s programs, or who starts it'],
];

/** The properties whose texts are for a terminal: what a shell evaluates, which programs read a format. */
const forTerminals = ['takeUp', 'unset', 'readers'];

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

test('the core names no command of the command line: what to do is data', () => {
  const naming = files
    .filter((file) => !exceptions.some(([exception]) => exception.test(file)))
    .flatMap((file) =>
      textsOf(file)
        .filter(({ text, property }) => !forTerminals.includes(property ?? '') && command.test(text))
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

test('an error takes an action, or a sentence for every face', () => {
  expect(new VarvelError('invalid', 'It is wrong.', 'Fix it.').hint).toEqual({
    action: 'advice',
    text: 'Fix it.',
  });
  expect(new VarvelError('invalid', 'It is wrong.', '').hint).toEqual({ action: 'none' });
  const error = new VarvelError('vault_locked', 'It is locked.', { action: 'unlock_vault' });
  expect(error.hint).toEqual({ action: 'unlock_vault' });
});
