import { inGithubTurn } from '../../exports/github/github-turn.ts';
import { mapConcurrent } from '../../map-concurrent.ts';
import { VarvelError } from '../../model/error.ts';
import { type GithubSecret, githubPlace } from '../../model/machine/github-secret.ts';
import type { JournalEntry, Rotation } from '../../model/machine/rotation.ts';
import type { Ports } from '../../ports.ts';
import { interrupted, type Journal, nothingSwitched, type Switched } from './journal.ts';

/** How many secrets are set at the same time. */
const width = 4;

/** A secret, as a journal's subject. */
const subjectOf = (secret: GithubSecret): string => `${secret.variable} ${githubPlace(secret)}`;

/** Gives GitHub Actions another key, where one was exported. */
export function createGithubSwitch({ state, clock, github, locks }: Ports, journal: Journal) {
  /**
   * Whether a secret needs the other key. GitHub doesn't tell a secret's value: after an attempt of which nobody knows how it
   * ended, it is set again, unless it was given a third key since.
   */
  function needsKey(rotation: Rotation, from: string, to: string): (secret: GithubSecret) => boolean {
    const last = new Map<string, JournalEntry>();
    const isLater = (one: JournalEntry, other: JournalEntry) =>
      one.begunAt > other.begunAt || (one.begunAt === other.begunAt && one.direction === rotation.direction);
    for (const entry of journal.entries(rotation, 'github')) {
      const known = last.get(entry.subject);
      if (!known || isLater(entry, known)) last.set(entry.subject, entry);
    }
    return (secret) =>
      secret.keyId === from || (secret.keyId === to && last.get(subjectOf(secret))?.doneAt === null);
  }

  async function set(
    rotation: Rotation,
    secret: GithubSecret,
    to: { id: string; text: string },
    signal?: AbortSignal,
  ): Promise<Switched> {
    const subject = subjectOf(secret);
    journal.note(rotation, [journal.begun(rotation, 'github', subject)]);
    return journal.journalled(rotation, 'github', { subject, place: githubPlace(secret) }, async () => {
      await github.setSecret(secret, to.text, signal);
      return {
        moved: 1,
        record() {
          state.githubSecrets.put({ ...secret, keyId: to.id, at: clock.now() });
          state.githubSecrets.settle(secret);
        },
      };
    });
  }

  /** Stops the revoke: nobody knows whether an interrupted export of another key has replaced this one there. */
  function refuseDoubtful(rotation: Rotation, secret: GithubSecret): Promise<Switched> {
    const [subject, place] = [subjectOf(secret), githubPlace(secret)];
    return journal.journalled(rotation, 'github', { subject, place }, async () => {
      throw new VarvelError(
        'conflict',
        `${secret.variable} of ${place} may still have the key: an export of another one there was interrupted.`,
        'Export that key there again.',
      );
    });
  }

  return async (
    rotation: Rotation,
    from: string,
    to: { id: string; text: string },
    signal?: AbortSignal,
  ): Promise<Switched[]> => {
    let failure: unknown = null;
    const isDue = needsKey(rotation, from, to.id);
    const results = await mapConcurrent(state.githubSecrets.all().filter(isDue), width, async (known) => {
      if (failure !== null) return nothingSwitched;
      try {
        if (signal?.aborted) throw interrupted();
        const setNow = async () => {
          // an export may have set or deleted it meanwhile
          const secret = state.githubSecrets.get(known);
          return secret && isDue(secret) ? set(rotation, secret, to, signal) : nothingSwitched;
        };
        return await inGithubTurn(locks, known, setNow, signal);
      } catch (error) {
        failure ??= error;
        return nothingSwitched;
      }
    });
    if (failure !== null) throw failure;
    for (const secret of state.githubSecrets.doubtful(from))
      if (!isDue(secret)) results.push(await refuseDoubtful(rotation, secret));
    return results;
  };
}
