import type { TestedKey } from '../../../core/keys/key-test.ts';
import { lockLine } from '../../../core/lock-doctor/explain.ts';
import { patternOfVerdict } from '../../../core/lock-doctor/name-lock.ts';
import { VarvelError } from '../../../core/model/error.ts';
import { verdictHint, verdictWord } from '../../../core/model/fal/verdict.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { type Context, defineCommand } from '../../framework/command.ts';
import { exitCode } from '../../framework/exit-code.ts';
import { hintWords } from '../../framework/hint-words.ts';
import { accountOption, profileOption } from '../../framework/name-options.ts';
import type { CommandOutput } from '../../framework/output/output.ts';
import { count, idStart, money, verdictStyle } from '../../framework/words.ts';
import { keyTarget, type Target, usedBy } from './key-target.ts';

/** A verdict as a row: of one key, for one profile or none. */
interface Row extends TestedKey {
  profile: string | null;
  pictureUrl: string | null;
}

export const command = defineCommand({
  summary: 'Check whether keys work, for free',
  details:
    'Checks that the key is valid, its scope, its account, and that the account is not locked. This is free. The default is the active profile’s key; --all tests every key here. --generate also generates one picture and shows its price first.',
  examples: [
    'varvel keys test staging',
    'varvel keys test --all --json',
    'varvel keys test staging --generate',
  ],
  options: {
    account: accountOption('the key’s account; with --all, test all of its keys here'),
    profile: profileOption('the profile whose key to test'),
    all: { type: 'boolean', describe: 'test every key whose secret is here' },
    generate: { type: 'boolean', describe: 'generate a picture with the key; this costs money' },
    prompt: { type: 'string', value: 'TEXT', describe: 'what the picture shows' },
  },
  positionals: [{ name: 'KEY|PROFILE', optional: true, rest: true, completes: 'keys and profiles' }],
  async run(context, values, words) {
    const { output, open } = context;
    const { account } = values;
    const names = [...words, ...(values.profile === undefined ? [] : [values.profile])];
    if (values.generate && names.length > 1) {
      throw new VarvelError('usage', '--generate takes one key.', 'Name one key or profile.');
    }
    if (values.all && (names.length > 0 || values.generate)) {
      throw new VarvelError(
        'usage',
        '--all can’t be combined with a name or --generate.',
        'Use one of them.',
      );
    }
    const varvel = await open();
    const targets = values.all
      ? all(varvel, account)
      : await mapNames(names, (name) => keyTarget(varvel, context, { name, account }));
    const [first] = targets;
    const rows =
      values.generate && first
        ? [await generated(varvel, context, first, values.prompt ?? 'a falcon wearing an engraved ring')]
        : await tested(varvel, context, targets);
    show(rows, output);
    const failed = rows.filter(({ verdict }) => verdict.kind !== 'valid');
    if (failed.length === 0) return 0;
    if (!output.json) {
      for (const row of failed) output.hint(hintWords(verdictHint(row.verdict, row.key.id)));
      hintAtLocks(failed, output);
    }
    return exitCode(
      failed.every(({ verdict }) => verdict.kind === 'unreachable') ? 'unreachable' : 'refused',
    );
  },
});

/** All keys, by profile and then by name; those that no profile uses come last. */
const all = (varvel: Varvel, account: string | undefined): Target[] => {
  const nameOf = ({ key }: Target) => key.alias ?? key.id;
  return varvel.keys
    .all(account)
    .map((key) => usedBy(varvel, key))
    .sort(
      (a, b) =>
        Number(a.profile === null) - Number(b.profile === null) ||
        (a.profile ?? '').localeCompare(b.profile ?? '') ||
        nameOf(a).localeCompare(nameOf(b)),
    );
};

/** What each name means; without a name, the active profile's key. */
async function mapNames(names: string[], find: (name?: string) => Promise<Target>): Promise<Target[]> {
  if (names.length === 0) return [await find()];
  const targets: Target[] = [];
  for (const name of new Set(names)) targets.push(await find(name));
  return targets;
}

/** Names the pattern of each lock that was met; keys with the same one are refused together. */
function hintAtLocks(failed: Row[], output: CommandOutput): void {
  const locked = failed.filter(({ verdict }) => verdict.kind === 'locked');
  const byMessage = Map.groupBy(locked, ({ verdict, key }) => `${key.account?.id} ${verdict.message}`);
  for (const [first] of byMessage.values()) {
    if (!first) continue;
    const { key, profile, verdict } = first;
    const name = profile ?? key.alias ?? key.id;
    output.hint(
      `${name}: ${lockLine(patternOfVerdict(verdict.message))}. ${hintWords({ action: 'find_out_why', keyId: key.id })}`,
    );
  }
}

async function tested(
  varvel: Varvel,
  { output, signal }: Context,
  chosen: Pick<Target, 'key' | 'profile'>[],
): Promise<Row[]> {
  if (chosen.length === 0) {
    throw new VarvelError(
      'not_found',
      'No keys to test.',
      'Create one with `varvel keys create ALIAS`, or add one with `varvel keys add`.',
    );
  }
  output.progress(`Testing ${count(chosen.length, 'key')}…`);
  const results = await varvel.keyTest.several(
    chosen.map(({ key }) => key),
    (_, done) => output.progress(`Tested ${done} of ${chosen.length}…`),
    signal,
  );
  return results.map((result, index) => ({
    ...result,
    profile: chosen[index]?.profile ?? null,
    pictureUrl: null,
  }));
}

async function generated(
  varvel: Varvel,
  context: Context,
  { key, profile }: Pick<Target, 'key' | 'profile'>,
  prompt: string,
): Promise<Row> {
  const { output, signal } = context;
  output.progress('Getting the price…');
  const [probe] = await tested(varvel, context, [{ key, profile }]);
  // a key that fails the free test would only fail again, and the free test says more about a lock
  if (probe && probe.verdict.kind !== 'valid') return probe;
  const price = await varvel.keyTest.price(key, signal);
  output.note(price ? `Price: ${money(price.amount, price.currency)} per ${price.unit}.` : 'Price: unknown.');
  output.progress('Generating a picture…');
  return { ...(await varvel.keyTest.generate(key, prompt, signal)), profile };
}

function show(rows: Row[], output: CommandOutput): void {
  if (output.json) {
    output.document({
      results: rows.map(({ key, profile, verdict, pictureUrl }) => ({
        key: key.id,
        profile,
        verdict: verdict.kind,
        scope: verdict.scope ?? key.scope,
        account: verdict.account?.nickname ?? key.account?.nickname ?? null,
        latency_ms: verdict.latencyMs,
        message: verdict.message,
        next: hintWords(verdictHint(verdict, key.id)),
        ...(pictureUrl !== null && { image_url: pictureUrl }),
      })),
    });
    return;
  }
  output.table(
    [
      {
        title: 'VERDICT',
        text: ({ verdict }) => verdictWord(verdict.kind),
        style: ({ verdict }) => verdictStyle(verdict),
      },
      { title: 'PROFILE', text: ({ profile }) => profile ?? '–', style: () => 'bold' },
      {
        title: 'KEY',
        text: ({ key }) => key.alias ?? key.id,
        short: ({ key }) => key.alias ?? idStart(key.id),
      },
      { title: 'SCOPE', text: ({ verdict, key }) => verdict.scope ?? key.scope ?? '?' },
      {
        title: 'ACCOUNT',
        text: ({ verdict, key }) => verdict.account?.nickname ?? key.account?.nickname ?? '?',
      },
      {
        title: 'TIME',
        text: ({ verdict }) => (verdict.latencyMs === null ? '–' : `${verdict.latencyMs} ms`),
        align: 'right',
      },
      { title: 'MESSAGE', text: ({ verdict }) => verdict.message, style: () => 'dim' },
    ],
    rows,
  );
  for (const { pictureUrl } of rows) if (pictureUrl !== null) output.line(pictureUrl);
}
