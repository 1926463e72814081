import { type Topic, topics } from '../../../core/model/topic.ts';
import type { Connection } from '../connection.ts';
import { numberIn, textIn } from './row.ts';

/** How often each topic has changed; triggers count it (see schema.ts). */
export function readTopics(db: Connection): Record<Topic, number> {
  const counts: Record<Topic, number> = {
    profiles: 0,
    keys: 0,
    accounts: 0,
    activity: 0,
    settings: 0,
    exports: 0,
    money: 0,
  };
  const rows = db.all(
    (row) => [textIn(row, 'name'), numberIn(row, 'version')] as const,
    'SELECT name, version FROM topics',
  );
  for (const [name, version] of rows) {
    const topic = topics.find((known) => known === name);
    if (topic) counts[topic] = version;
  }
  return counts;
}
