import { isNotWritable } from '../../../core/model/error.ts';
import type { State } from '../../../core/ports/state.ts';
import { isAlive, ownMark } from '../../process/process-alive.ts';
import type { Connection } from '../connection.ts';
import { numberIn, type Row, textIn } from './row.ts';

const decode = (row: Row) => ({
  path: textIn(row, 'path'),
  mark: { pid: numberIn(row, 'pid'), started: textIn(row, 'started') },
});

export const temporaryFilesTable = (db: Connection): State['temporaryFiles'] => ({
  begin(path) {
    const { pid, started } = ownMark();
    db.run('INSERT INTO temporary_files (path, pid, started) VALUES (?, ?, ?)', path, pid, started);
  },
  end(path) {
    try {
      // not durably: what a power cut brings back is ended by a later process
      db.together(() => db.run('DELETE FROM temporary_files WHERE path = ?', path), false);
    } catch (error) {
      // a later process ends it
      if (!isNotWritable(error)) throw error;
    }
  },
  abandoned: () =>
    db
      .all(decode, 'SELECT * FROM temporary_files')
      .filter(({ mark }) => !isAlive(mark))
      .map(({ path }) => path),
});
