import { parseSpan } from '../../../core/activity/activity.ts';
import type { ActivityKind } from '../../../core/model/activity.ts';
import type { Actor } from '../../../core/model/face.ts';
import { localTime } from '../../../core/model/local-time.ts';
import { defineCommand } from '../../framework/command.ts';
import { idStart } from '../../framework/words.ts';

const kindWords: Record<ActivityKind, string> = {
  signed_in: 'signed in',
  signed_out: 'signed out',
  key_created: 'key created',
  key_added: 'key added',
  key_forgotten: 'key forgotten',
  key_revoked: 'key revoked',
  key_revealed: 'key revealed',
  key_tested: 'key tested',
  key_recovered: 'key recovered',
  rotation_started: 'rotation started',
  rotation_switched: 'rotation switched',
  rotation_finished: 'rotation finished',
  rotation_aborted: 'rotation aborted',
  copies_removed: 'copies removed',
  copies_restored: 'copies restored',
  key_renamed: 'key renamed',
  profile_created: 'profile created',
  profile_renamed: 'profile renamed',
  profile_changed: 'profile changed',
  profile_deleted: 'profile deleted',
  switched: 'switched',
  exported: 'exported',
  backed_up: 'backed up',
  restored: 'restored',
  ran: 'ran',
};

/** How many entries are shown. */
const most = 10_000;

const faceWords: Record<Actor['face'], string> = {
  terminal: 'terminal',
  desktop: 'desktop app',
  web: 'web view',
};

const actorWords = ({ face, program }: Actor): string =>
  program === null ? faceWords[face] : `${faceWords[face]} (${program})`;

export const command = defineCommand({
  summary: 'Show what was done with each key',
  details:
    'Shows this machine’s log, newest first: what was done, and by which face of Varvel, with the program that started it where the system tells. It never holds a secret.',
  examples: ['varvel activity --since 7d', 'varvel activity --key build-bots --json'],
  options: {
    since: { type: 'string', value: 'DURATION', describe: 'how far back, for example 30m, 24h, 7d or 2w' },
    key: { type: 'string', value: 'KEY', completes: 'keys', describe: 'show only this key' },
  },
  positionals: [],
  async run({ output, open }, { since, key }) {
    const withinMs = since === undefined ? null : parseSpan(since);
    const varvel = await open();
    const entries = varvel.activity.list({
      withinMs,
      keyId: key === undefined ? null : varvel.keys.idInLog(key),
      limit: most,
    });
    if (entries.length === most)
      output.warn(
        `Only the newest ${most.toLocaleString('en')} entries are shown. Use a shorter --since, or --key.`,
      );
    if (output.json) {
      output.document({
        activity: entries.map(({ at, kind, identityId, account, keyId, profile, detail, actor }) => ({
          at: new Date(at).toISOString(),
          kind,
          identity: identityId,
          account,
          key: keyId,
          profile,
          detail,
          face: actor?.face ?? null,
          program: actor?.program ?? null,
        })),
      });
      return 0;
    }
    if (entries.length === 0) output.note('No activity in that time.');
    else {
      output.table(
        [
          {
            title: 'WHEN',
            text: ({ at }) => localTime(at),
            style: () => 'dim',
          },
          { title: 'WHAT', text: ({ kind }) => kindWords[kind], style: () => 'bold' },
          { title: 'PROFILE', text: ({ profile }) => profile ?? '' },
          { title: 'ACCOUNT', text: ({ account }) => account ?? '' },
          {
            title: 'KEY',
            text: ({ keyId }) => keyId ?? '',
            short: ({ keyId }) => idStart(keyId ?? ''),
            style: () => 'dim',
          },
          { title: 'DETAIL', text: ({ detail }) => detail },
          { title: 'BY', text: ({ actor }) => (actor ? actorWords(actor) : ''), style: () => 'dim' },
        ],
        entries,
      );
    }
    return 0;
  },
});
