import { VarvelError } from '../../../core/model/error.ts';
import { defaultGraceMs, type RotationView } from '../../../core/model/machine/rotation.ts';
import { parseGrace } from '../../../core/rotation/grace.ts';
import type { Rotations } from '../../../core/rotation/rotations.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { confirm } from '../../framework/ask.ts';
import { type Context, defineCommand } from '../../framework/command.ts';
import { keysAccountOption, yesOption } from '../../framework/name-options.ts';
import { keyWords } from './key-words.ts';
import { rotationDocument, rotationWords, showConsumers } from './rotation-words.ts';

const stepWords = {
  create: 'Creating the new key…',
  test: 'Testing the new key…',
  switch: 'Updating profiles and files…',
  wait: 'Checking what still uses the old key…',
  revoke: 'Revoking the key that is no longer used…',
  ended: '',
} as const;

export const command = defineCommand({
  summary: 'Replace a key, and everything that uses it follows',
  details:
    'Creates a key with the same name, scope and account, tests it, and gives it to the profiles, the exported files and the fal CLI’s file that have the old one. Shells with the prompt hook follow. The old key is revoked when the grace period is over, or earlier when fal’s usage shows that nothing uses it any more (that needs an ADMIN key of the account here). Any Varvel that runs then does it. A file that can’t be changed or looked at stops that, and is named; --resume --force goes on without it.\n\nIf anything interrupts a rotation, the next Varvel goes on; --resume does so now. With --resume, --grace sets another grace period: --grace 0 revokes the old key at once. --abort gives everything the old key back, and revokes the new one after the grace period.',
  examples: [
    'varvel keys rotate build-bots',
    'varvel keys rotate staging --grace 7d --yes',
    'varvel keys rotate build-bots --resume --grace 0 --yes',
    'varvel keys rotate build-bots --abort',
  ],
  doesDueWork: false,
  options: {
    account: keysAccountOption,
    grace: {
      type: 'string',
      value: 'TIME',
      describe: 'how long the old key still works: 30m, 24h, 7d; 0 revokes it at once (default: 24h)',
    },
    resume: { type: 'boolean', describe: 'go on with a rotation that was interrupted or waits' },
    abort: { type: 'boolean', describe: 'go back to the old key' },
    force: {
      type: 'boolean',
      describe: 'with --resume or --abort: go on although files may still have the key',
    },
    yes: yesOption,
  },
  positionals: [{ name: 'KEY|PROFILE', completes: 'keys and profiles' }],
  async run(
    context,
    { account = null, grace, resume = false, abort = false, force = false, yes },
    [wanted = ''],
  ) {
    const { output, open, cwd, signal } = context;
    if (resume && abort)
      throw new VarvelError(
        'usage',
        'Use either --resume or --abort.',
        'Run `varvel keys rotate --help` for usage.',
      );
    if (force && !resume && !abort)
      throw new VarvelError(
        'usage',
        'Use --force with --resume or --abort.',
        'Varvel first names what may still have the key.',
      );
    const graceMs = grace === undefined ? null : parseGrace(grace);
    const varvel = await open();
    const rotations = await varvel.rotations();
    const following = {
      signal,
      onStep: ({ step }: RotationView) => stepWords[step] && output.progress(stepWords[step]),
    };
    if (resume || abort) {
      const keyId = keyIdOf(varvel, rotations, wanted, account);
      const rotation = rotations.of(keyId);
      const held = (force && rotation?.refused) || [];
      for (const { message } of held) output.warn(message);
      if (rotation && (graceMs === 0 || held.length > 0))
        await confirm(revokeQuestion(rotation, abort, graceMs === 0), yes, context);
      if (held.length > 0)
        await rotations.accept(
          keyId,
          held.map(({ subject }) => subject),
        );
      const work = abort ? rotations.abort : rotations.resume;
      return tell(await work(keyId, graceMs, following), context);
    }
    const key = await varvel.keys.findHere(wanted, account, signal);
    output.progress('Looking for what uses the key…');
    const plan = await rotations.plan(key, cwd(), signal);
    output.clearProgress();
    if (!output.json) {
      output.note(`Key ${keyWords(key)} is replaced by a new ${plan.scope} key, “${plan.newAlias}”.`);
      showConsumers(plan.consumers, output);
    }
    const when = graceMs === 0 ? 'at once' : `after ${grace ?? '24h'}`;
    await confirm(`The old key will be revoked ${when}, which can’t be undone.`, yes, context);
    output.progress(stepWords.create);
    return tell(await rotations.start({ key, graceMs: graceMs ?? defaultGraceMs }, following), context);
  },
});

function revokeQuestion(
  { direction, oldKeyId, newKeyId }: RotationView,
  abort: boolean,
  now: boolean,
): string {
  const goes = abort || direction === 'back' ? (newKeyId ?? 'of this rotation') : oldKeyId;
  return `Key ${goes} will be revoked${now ? ' now' : ''}. What still has it stops working.`;
}

/** The key of a rotation: the old one or the new one, by what `keys rotate` takes, also when its secret is gone. */
function keyIdOf(varvel: Varvel, rotations: Rotations, wanted: string, account: string | null): string {
  const active = rotations.list();
  const found = active.find(({ oldKeyId, newKeyId }) => oldKeyId === wanted || newKeyId === wanted);
  return found?.oldKeyId ?? varvel.keys.find(wanted, account).id;
}

function tell(rotation: RotationView, { output }: Context): number {
  output.clearProgress();
  if (output.json) output.document(rotationDocument(rotation));
  else {
    if (rotation.newKeyId !== null) output.line(rotation.newKeyId);
    output.note(rotationWords(rotation));
  }
  return 0;
}
