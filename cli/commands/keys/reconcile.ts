import { VarvelError } from '../../../core/model/error.ts';
import {
  isBrandNew,
  isForgettable,
  isRevocable,
  type KeyPlace,
  type PlacedKey,
} from '../../../core/model/key-comparison.ts';
import { confirm } from '../../framework/ask.ts';
import { defineCommand } from '../../framework/command.ts';
import { exitCode } from '../../framework/exit-code.ts';
import { withHint } from '../../framework/hint-words.ts';
import { accountOption, yesOption } from '../../framework/name-options.ts';
import type { CommandOutput } from '../../framework/output/output.ts';
import { warnOf } from '../../framework/problems.ts';
import { count, idStart, isoTime } from '../../framework/words.ts';
import { chooseKeys } from './choose-keys.ts';
import { changedMeanwhile, showPlaces, type ToldUses, usesOf, usesWords } from './key-uses.ts';
import { keysWords, keyWords } from './key-words.ts';

const placeWords = {
  both: 'here and at fal',
  only_fal: 'only at fal',
  only_here: 'only here',
  no_secret: 'its secret is gone',
  unchecked: 'not checked with fal',
} as const satisfies Record<KeyPlace, string>;

/** What a person can do about keys of a place. */
const advice: Partial<Record<KeyPlace, string>> = {
  only_fal:
    'Only at fal: add one with `varvel keys add` if you have its secret, or revoke it with `varvel keys reconcile KEY --revoke`. Other people and machines may use it.',
  only_here: 'Only here: revoked at fal. Delete it with `varvel keys reconcile KEY --forget`, or --all.',
  no_secret:
    'Its secret is gone: add it again with `varvel keys add`, or delete the entry with `varvel keys reconcile KEY --forget`, or --all.',
};

export const command = defineCommand({
  summary: 'Compare the vault, the database and fal, and tidy up',
  details:
    'Lists the keys that are not both here and at fal, and those whose secret is gone. Keys that are only in the vault, because a database was lost, are recovered first. --forget deletes keys that are only here or without their secret; --revoke revokes keys at fal whose secret is not here. Both take keys, or --all.',
  examples: [
    'varvel keys reconcile',
    'varvel keys reconcile --forget --all',
    'varvel keys reconcile 3f9c0a12 7be0d2f4 --revoke',
    'varvel keys reconcile --account night-shift --revoke --all',
  ],
  options: {
    account: accountOption('compare only this account’s keys'),
    forget: { type: 'boolean', describe: 'delete keys that are only here, or without their secret' },
    revoke: { type: 'boolean', describe: 'revoke keys whose secret is not here' },
    all: { type: 'boolean', describe: 'all that --forget or --revoke can take; --revoke needs --account' },
    yes: yesOption,
  },
  positionals: [{ name: 'KEY', rest: true, optional: true, completes: 'keys' }],
  async run(context, { account, forget = false, revoke = false, all = false, yes }, words) {
    const { output, open, signal } = context;
    refuseMisuse({ words, account, forget, revoke, all });
    const varvel = await open();
    output.progress('Comparing keys…');
    const first = await varvel.compareKeys(account ?? null, signal);
    const { recovered } = first;
    let { keys } = first;
    output.clearProgress();
    warnOf(first.problems, output);
    if (recovered.length > 0 && !output.json)
      output.note(`Recovered ${count(recovered.length, 'key')} that the database had lost.`);
    const done: string[] = [];
    const failures: VarvelError[] = [];
    if (forget || revoke) {
      const chosen = chooseKeys(
        keys,
        words,
        forget ? isForgettable : (placed) => isRevocable(placed) && !(all && isBrandNew(placed, Date.now())),
        forget ? 'forget' : 'revoke',
      );
      const rows = chosen.map(({ key }) => key);
      const end = revoke ? 'revoke' : 'forget';
      let uses = yes ? new Map<string, ToldUses>() : await usesOf(varvel, rows, context);
      /** What a person is told of a key before they answer. */
      const toldOf = ({ key, place }: PlacedKey) => {
        const ofKey = uses.get(key.id);
        return {
          words: `${placeWords[place]}.${ofKey ? usesWords([ofKey], end) : ''}`,
          all: JSON.stringify([place, ofKey]),
        };
      };
      const told = new Map(chosen.map((placed) => [placed.key.id, toldOf(placed)]));
      if (chosen.length > 0) {
        for (const { key, place } of chosen) {
          output.note(`  ${keyWords(key)}, ${placeWords[place]}`);
          showPlaces(uses.get(key.id), output);
        }
        const others = revoke ? ' Whoever has a secret of theirs can’t use it any more.' : '';
        const verb = revoke ? 'Revoking' : 'Forgetting';
        await confirm(
          `${verb} ${keysWords(rows)} can’t be undone.${usesWords(uses.values(), end)}${others}`,
          yes,
          context,
        );
        // the answer may have taken long
        if (!yes) {
          ({ keys } = await varvel.compareKeys(account ?? null, signal));
          uses = await usesOf(varvel, rows, context);
        }
      }
      for (const { key } of chosen) {
        try {
          const now = keys.find(({ key: { id } }) => id === key.id);
          const toldNow = now ? toldOf(now) : { words: 'neither here nor at fal.', all: '' };
          if (toldNow.all !== told.get(key.id)?.all) throw changedMeanwhile(toldNow.words);
          await (revoke ? varvel.keys.revoke(key, signal) : varvel.keys.forget(key));
          done.push(key.id);
        } catch (error) {
          if (!(error instanceof VarvelError) || error.code === 'cancelled') throw error;
          failures.push(error);
          output.warn(withHint(`${keyWords(key)}: ${error.message}`, error.hint));
        }
      }
      if (!output.json) output.done(`${revoke ? 'Revoked' : 'Forgot'} ${count(done.length, 'key')}.`);
    }
    if (output.json) output.document(documentOf({ keys, recovered, done, forget, revoke }));
    else if (!forget && !revoke) show(keys, output);
    const [failure] = failures;
    return failure ? exitCode(failure.code) : 0;
  },
});

/** @throws VarvelError `usage` */
function refuseMisuse(given: {
  words: string[];
  account: string | undefined;
  forget: boolean;
  revoke: boolean;
  all: boolean;
}): void {
  const { words, account, forget, revoke, all } = given;
  const usage = (message: string, hint: string) => new VarvelError('usage', message, hint);
  if (forget && revoke) throw usage('Use either --forget or --revoke.', 'Revoking a key forgets it, too.');
  if (!forget && !revoke) {
    if (words.length > 0 || all) throw usage('Nothing to do with them.', 'Add --forget or --revoke.');
    return;
  }
  if (all === words.length > 0)
    throw usage(
      all ? 'Use either keys or --all.' : 'No keys given.',
      'Name keys, or add --all. Run `varvel keys reconcile` to see them.',
    );
  if (revoke && all && account === undefined)
    throw usage(
      'All keys of every account that are only at fal? Others may use them.',
      'Add --account to name one account.',
    );
}

function show(keys: PlacedKey[], output: CommandOutput): void {
  const odd = keys.filter(({ place }) => place !== 'both');
  const well = keys.length - odd.length;
  if (odd.length === 0) {
    output.done(`${count(well, 'key')} here and at fal. Nothing to tidy up.`);
    return;
  }
  output.table(
    [
      { title: 'KEY', text: ({ key }) => key.id, short: ({ key }) => idStart(key.id), style: () => 'dim' },
      { title: 'ALIAS', text: ({ key }) => key.alias ?? '–', style: () => 'bold' },
      { title: 'ACCOUNT', text: ({ key }) => key.account?.nickname ?? '?' },
      {
        title: 'WHERE',
        text: ({ key, place }) => `${placeWords[place]}${key.expiresAt === null ? '' : ', temporary'}`,
        style: () => 'yellow',
      },
      { title: 'PROFILES', text: ({ key }) => key.profiles.join(', ') },
    ],
    odd,
  );
  output.note(`${count(well, 'key')} here and at fal.`);
  for (const place of new Set(odd.map((each) => each.place))) {
    const words = advice[place];
    if (words) output.hint(words);
  }
}

const documentOf = ({
  keys,
  recovered,
  done,
  forget,
  revoke,
}: {
  keys: PlacedKey[];
  recovered: string[];
  done: string[];
  forget: boolean;
  revoke: boolean;
}) => ({
  keys: keys.map(({ key, place }) => ({
    id: key.id,
    alias: key.alias,
    scope: key.scope,
    account: key.account?.nickname ?? null,
    created_at: isoTime(key.createdAt),
    place,
    profiles: key.profiles,
    expires_at: isoTime(key.expiresAt),
  })),
  recovered,
  forgotten: forget ? done : [],
  revoked: revoke ? done : [],
});
