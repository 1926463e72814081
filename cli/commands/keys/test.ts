import type { TestedKey } from '../../../core/keys/key-test.ts';
import { profileWithoutKey } from '../../../core/keys/missing.ts';
import { hasCode, VarvelError } from '../../../core/model/error.ts';
import type { StoredKey } from '../../../core/model/key.ts';
import { verdictHint, verdictWord } from '../../../core/model/verdict.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { type Context, defineCommand } from '../../framework/command.ts';
import { exitCode } from '../../framework/exit-code.ts';
import { hintWords } from '../../framework/hint-words.ts';
import { accountOption, profileOption } from '../../framework/name-options.ts';
import type { CommandOutput } from '../../framework/output.ts';
import { count, shortId, verdictStyle } from '../../framework/words.ts';
import { chosenProfile } from '../profiles/chosen-profile.ts';

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
  positionals: [{ name: 'KEY|PROFILE', optional: true, completes: 'profiles' }],
  async run(context, values, [word]) {
    const { output, open } = context;
    const wanted = { name: word ?? values.profile, account: values.account };
    if (values.all && (wanted.name !== undefined || values.generate)) {
      throw new VarvelError(
        'usage',
        '--all can’t be combined with a name or --generate.',
        'Use one of them.',
      );
    }
    const varvel = await open();
    const rows = values.generate
      ? [await generated(varvel, context, wanted, values.prompt ?? 'a falcon wearing an engraved ring')]
      : await tested(varvel, context, values.all ? all(varvel, wanted) : [target(varvel, context, wanted)]);
    show(rows, output);
    const failed = rows.filter(({ verdict }) => verdict.kind !== 'valid');
    if (failed.length === 0) return 0;
    if (!output.json)
      for (const row of failed) output.hint(hintWords(verdictHint(row.verdict.kind, row.key.id)));
    return exitCode(
      failed.every(({ verdict }) => verdict.kind === 'unreachable') ? 'unreachable' : 'refused',
    );
  },
});

/** What the arguments name. */
interface Wanted {
  name: string | undefined;
  account: string | undefined;
}

interface Target {
  key: StoredKey;
  profile: string | null;
}

const usedBy = (varvel: Varvel, key: StoredKey): Target => ({
  key,
  profile: varvel.keys.usersOf(key.id)[0]?.name ?? null,
});

const all = (varvel: Varvel, { account }: Wanted): Target[] =>
  varvel.keys.all(account).map((key) => usedBy(varvel, key));

function target(varvel: Varvel, context: Context, { name, account }: Wanted): Target {
  if (name === undefined || varvel.profiles.names().includes(name)) {
    const { profile } = chosenProfile(varvel, context, name);
    if (profile.keyId === null) throw profileWithoutKey(profile.name);
    return { key: varvel.keys.find(profile.keyId), profile: profile.name };
  }
  try {
    return usedBy(varvel, varvel.keys.find(name, account));
  } catch (error) {
    if (!hasCode(error, 'not_found')) throw error;
    throw new VarvelError('not_found', `No results for “${name.slice(0, 80)}”.`, error.hint);
  }
}

async function tested(varvel: Varvel, { output, signal }: Context, chosen: Target[]): Promise<Row[]> {
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

async function generated(varvel: Varvel, context: Context, wanted: Wanted, prompt: string): Promise<Row> {
  const { output, signal } = context;
  const { key, profile } = target(varvel, context, wanted);
  output.progress('Getting the price…');
  const [probe] = await tested(varvel, context, [{ key, profile }]);
  // a key that fails the free test would only fail again, and the free test says more about a lock
  if (probe && probe.verdict.kind !== 'valid') return probe;
  const price = await varvel.keyTest.price(key, signal);
  output.note(price ? `Price: ${price.amount} ${price.currency} per ${price.unit}.` : 'Price: unknown.');
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
        next: hintWords(verdictHint(verdict.kind, key.id)),
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
        short: ({ key }) => key.alias ?? shortId(key.id),
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
