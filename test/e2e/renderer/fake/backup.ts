import type { RestoreRow } from '../../../../contract/rows.ts';
import { type FakeHandlers, type Memory, Refusal } from './memory.ts';

const passphrase = 'correct horse battery staple';

/** One backup stands at ~/there.age; it is under the passphrase above. */
export function fakeBackup({ state }: Memory): FakeHandlers<'backup'> {
  function rows(file: string, given: string): RestoreRow[] {
    if (!file.endsWith('there.age'))
      throw new Refusal('not_found', `There is no file ${file}.`, 'Look again.');
    if (given !== passphrase)
      throw new Refusal('wrong_passphrase', 'The passphrase does not open it.', 'Give the right one.');
    return [
      { what: 'key', id: 'k1', name: 'bots', outcome: 'new', reason: null },
      { what: 'key', id: 'k2', name: 'bots', outcome: 'same', reason: null },
      { what: 'profile', id: 'lost', name: 'lost', outcome: 'new', reason: null },
      {
        what: 'profile',
        id: 'staging',
        name: 'staging',
        outcome: 'conflict',
        reason: 'A profile of that name is here with another key.',
      },
    ];
  }
  return {
    'backup.make': ({ file, replace }) => {
      if (file.endsWith('there.age') && !replace)
        throw new Refusal('conflict', `${file} is there already.`, 'Choose another name, or replace it.');
      return { path: file, keys: 4, profiles: state.profiles.length, withoutSecret: [] };
    },
    'backup.plan': ({ file, passphrase: given }) => rows(file, given),
    'backup.restore': ({ file, passphrase: given }) => rows(file, given),
  };
}
