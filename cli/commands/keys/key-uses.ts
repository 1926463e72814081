import { VarvelError } from '../../../core/model/error.ts';
import { githubPlace } from '../../../core/model/machine/github-secret.ts';
import type { KeyUses } from '../../../core/model/machine/rotation.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { confirm } from '../../framework/ask.ts';
import type { Context } from '../../framework/command.ts';
import type { CommandOutput } from '../../framework/output/output.ts';
import { count, listed } from '../../framework/words.ts';
import { keysWords, keyWords, type NamedKey } from './key-words.ts';

/** What is done to keys that something may use. */
export type KeyEnd = 'revoke' | 'forget';

/** What a person is told of a key before they answer. */
export interface ToldUses {
  profiles: string[];
  files: string[];
  github: string[];
  /** What a rotation can't do without it, in a sentence; null when none is under way. */
  rotation: string | null;
}

function toldOf({ profiles, files, github, falcli, unreached }: KeyUses, rotation: string | null): ToldUses {
  return {
    rotation,
    profiles,
    files: [
      ...files
        .filter(({ state }) => state !== 'gone')
        .map(
          ({ path, variable, state }) =>
            `File: ${path} (${variable})${state === 'unknown' ? ', can’t be checked' : ''}`,
        ),
      ...(falcli ? [`fal CLI: ${listed(falcli.profiles)} in ${falcli.path}`] : []),
      ...unreached.map(({ what, path }) => `${what}: ${path}`),
    ],
    github: github.map((secret) => `GitHub: ${secret.variable} of ${githubPlace(secret)}`),
  };
}

/** What has keys, by their ids. */
export async function usesOf(
  varvel: Varvel,
  keys: readonly NamedKey[],
  { cwd }: Pick<Context, 'cwd'>,
): Promise<Map<string, ToldUses>> {
  const uses = await varvel.lookForUses(cwd());
  const told = new Map<string, ToldUses>();
  for (const { id } of keys) told.set(id, toldOf(await uses.of(id), rotationNeeds(varvel, id)));
  return told;
}

function rotationNeeds(varvel: Varvel, keyId: string): string | null {
  const rotation = varvel
    .activeRotations()
    .find(({ oldKeyId, newKeyId }) => oldKeyId === keyId || newKeyId === keyId);
  if (!rotation) return null;
  return rotation.oldKeyId === keyId
    ? `Key ${keyId} is being rotated, which can’t be aborted without it.`
    : `Key ${keyId} is the new key in the rotation of ${rotation.oldKeyId}, which can’t go on without it.`;
}

/** What happens to what has keys, in a sentence or two. */
export function usesWords(uses: Iterable<ToldUses>, end: KeyEnd): string {
  const all = [...uses];
  const profiles = all.flatMap((told) => told.profiles);
  const counts = [
    { number: all.flatMap(({ files }) => files).length, noun: 'file' },
    { number: all.flatMap(({ github }) => github).length, noun: 'GitHub secret' },
  ].filter(({ number }) => number > 0);
  const places = listed(counts.map(({ number, noun }) => count(number, noun)));
  return [
    profiles.length > 0
      ? ` Profile${profiles.length > 1 ? 's' : ''} ${listed(profiles)} will have no key.`
      : '',
    places === '' ? '' : ` ${places} will ${end === 'revoke' ? 'have a revoked key' : 'keep the key'}.`,
    ...all.map(({ rotation }) => (rotation === null ? '' : ` ${rotation}`)),
  ].join('');
}

const shownPlaces = 20;

/** Names the files and secrets that have a key. With --json, where nobody is asked, stderr is the error's document only. */
export function showPlaces(told: ToldUses | undefined, output: CommandOutput): void {
  if (output.json && !output.canAsk()) return;
  const places = [...(told?.files ?? []), ...(told?.github ?? [])];
  for (const place of places.slice(0, shownPlaces)) output.note(`  ${place}`);
  if (places.length > shownPlaces) output.note(`  And ${places.length - shownPlaces} more.`);
}

/**
 * Asks before keys are revoked or forgotten, and names what has them.
 * @throws VarvelError as `confirm`, `conflict` when something else has them by the time of the answer
 */
export async function confirmEnd(
  varvel: Varvel,
  keys: NamedKey[],
  { end, yes }: { end: KeyEnd; yes: boolean | undefined },
  context: Context,
): Promise<void> {
  if (yes) return;
  const { output } = context;
  const uses = await usesOf(varvel, keys, context);
  for (const key of keys) {
    if (keys.length > 1 && output.canAsk()) output.note(`  ${keyWords(key)}`);
    showPlaces(uses.get(key.id), output);
  }
  const secrets = keys.length > 1 ? 'the secrets' : 'the secret';
  const what = end === 'revoke' ? 'Revoking' : `Forgetting ${secrets} of`;
  await confirm(`${what} ${keysWords(keys)} can’t be undone.${usesWords(uses.values(), end)}`, yes, context);
  // the answer may have taken long
  const now = await usesOf(varvel, keys, context);
  if (JSON.stringify([...now]) === JSON.stringify([...uses])) return;
  for (const key of keys) showPlaces(now.get(key.id), output);
  throw changedMeanwhile(usesWords(now.values(), end).trim() || 'nothing uses it here.');
}

export const changedMeanwhile = (now: string): VarvelError =>
  new VarvelError(
    'conflict',
    `Left as it is. It has changed meanwhile: ${now}`,
    'Run the command again to decide anew.',
  );
