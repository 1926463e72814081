import { localTime } from '../../../core/model/local-time.ts';
import { githubPlace } from '../../../core/model/machine/github-secret.ts';
import type { ConsumerMap, RotationView } from '../../../core/model/machine/rotation.ts';
import { hintWords } from '../../framework/hint-words.ts';
import type { CommandOutput } from '../../framework/output/output.ts';
import { count, isoTime, listed } from '../../framework/words.ts';

const fileStates = {
  fresh: 'will be updated',
  stale: 'will be updated, its profile has another key',
  gone: 'no longer has the key, stays as it is',
  unknown: 'can’t be checked, and stops the revoke until it can',
} as const;

/** Who uses a key, before it is rotated. */
export function showConsumers(map: ConsumerMap, output: CommandOutput): void {
  const { profiles, files, github, falcli, shells, unreached, usage, usageProblem } = map;
  output.note(`  Profiles: ${profiles.length > 0 ? listed(profiles) : 'none'}`);
  for (const { path, variable, state } of files.slice(0, shownFiles))
    output.note(`  File: ${path} (${variable}), ${fileStates[state]}`);
  if (files.length > shownFiles) output.note(`  And ${count(files.length - shownFiles, 'file')} more.`);
  for (const secret of github) output.note(`  GitHub: ${secret.variable} of ${githubPlace(secret)}`);
  if (falcli) output.note(`  fal CLI: ${listed(falcli.profiles)} in ${falcli.path}`);
  if (shells.length > 0) output.note(`  Open shells with the prompt hook follow: ${listed(shells)}`);
  for (const { what, path } of unreached)
    output.warn(`${what} ${path} has this key. Varvel doesn’t change it.`);
  if (usage)
    output.note(
      usage.lastUsedAt === null
        ? '  fal saw no use of it in the last 24 h.'
        : `  fal saw it used in ${count(usage.minutes, 'minute')} of the last 24 h, last at ${localTime(usage.lastUsedAt)}.`,
    );
  else if (usageProblem)
    output.note(
      `  Use elsewhere (CI, servers): unknown, so the grace period decides. ${usageProblem.message} ${hintWords(usageProblem.hint)}`,
    );
}

const shownFiles = 20;

/** Where a rotation stands, in a line or two. */
export function rotationWords(rotation: RotationView): string {
  if (rotation.step === 'ended') return endWords(rotation);
  const { direction, step, oldKeyId, newKeyId, revokeAt, lastUsedAt, switchedAt, moved } = rotation;
  const [goes, stays] = direction === 'forward' ? [oldKeyId, newKeyId] : [newKeyId, oldKeyId];
  if (step !== 'wait' || revokeAt === null) return `The rotation of ${oldKeyId} isn’t done: ${steps[step]}.`;
  const used =
    lastUsedAt !== null && switchedAt !== null && lastUsedAt > switchedAt
      ? ` Something still uses it: fal saw it at ${localTime(lastUsedAt)}.`
      : '';
  return `${usersWords(moved)} ${stays}. Key ${goes} is revoked at ${localTime(revokeAt)}, or when fal sees it unused, by the Varvel that runs then.${used}`;
}

/** “1 profile and 2 files now use”. */
function usersWords({ profiles, files, github, falcli }: RotationView['moved']): string {
  const users = [
    ...(profiles ? [count(profiles, 'profile')] : []),
    ...(files ? [count(files, 'file')] : []),
    ...(github ? [count(github, 'GitHub secret')] : []),
    ...(falcli ? ['the fal CLI’s file'] : []),
  ];
  if (users.length === 0) return 'Nothing here uses';
  return `${listed(users)} now use${profiles + files + github + (falcli ? 1 : 0) === 1 ? 's' : ''}`;
}

function endWords({ direction, oldKeyId, newKeyId, account, revoked }: RotationView): string {
  if (direction === 'forward')
    return `Rotated: ${newKeyId} replaces ${oldKeyId} of ${account.nickname}, which is revoked.`;
  if (newKeyId === null) return `Aborted: ${oldKeyId} stays in use.`;
  return revoked
    ? `Aborted: ${oldKeyId} stays in use. The new key ${newKeyId} is revoked.`
    : `Ended: neither ${oldKeyId} nor ${newKeyId} can be used here any more. Nothing was revoked or changed, as files may have one of them.`;
}

const steps = {
  create: 'the new key isn’t created yet',
  test: 'the new key isn’t tested yet',
  switch: 'not everything has the other key yet',
  wait: 'it waits',
  revoke: 'the key that is no longer used isn’t revoked yet',
} as const;

/** A rotation as JSON. */
export const rotationDocument = (rotation: RotationView) => ({
  key: rotation.oldKeyId,
  new_key: rotation.newKeyId,
  alias: rotation.newAlias,
  account: rotation.account.nickname,
  scope: rotation.scope,
  direction: rotation.direction,
  step: rotation.step,
  started_at: isoTime(rotation.startedAt),
  revoke_at: isoTime(rotation.revokeAt),
  last_used_at: isoTime(rotation.lastUsedAt),
  moved: rotation.moved,
  refused: rotation.refused,
  revoked: rotation.revoked,
  problem: rotation.problem && {
    code: rotation.problem.code,
    message: rotation.problem.message,
    hint: hintWords(rotation.hint),
  },
});
