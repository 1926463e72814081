import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrent } from '../../core/map-concurrent.ts';
import { findPlace, open } from '../../host/open.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { keyOf } from '../integration/sandbox/running.ts';
import { medianOf } from './median.ts';

/** What giving a new key to a file takes, in milliseconds, by how many files have the old one. */
export interface RotationCost {
  few: number;
  many: number;
}

export const rotatedFiles = { few: 10, many: 1000 } as const;

/** How often the few are rotated: one by one they are too quick to compare. */
const fewRounds = 7;

/**
 * Rotates a key that was exported to many files, at a sandbox. Only the step that changes files counts: creating, testing
 * and revoking keys takes the same time for one file and for a thousand.
 * @param env says where the vault is, as for the program
 */
export async function measureRotation(env: NodeJS.ProcessEnv, parent: string): Promise<RotationCost> {
  const sandbox = await startSandbox();
  const folder = await mkdtemp(join(parent, 'rotation-'));
  try {
    const perFile = async (count: number, rounds: number): Promise<number> => {
      const home = join(folder, `home-${count}`);
      const variables = {
        ...env,
        VARVEL_HOME: home,
        VARVEL_VAULT: 'file',
        VARVEL_ENVIRONMENT: sandbox.environmentPath,
        FAL_CONFIG_PATH: '',
      };
      const varvel = await open({
        place: findPlace(variables),
        face: 'terminal',
        env: variables,
        ask: false,
        warn: () => undefined,
      });
      const admin = await keyOf(sandbox, 'falconers', 'ADMIN');
      const key = await keyOf(sandbox, 'falconers', 'API');
      const { key: mine } = await varvel.keys.add(key.key, `bots-${count}`, 'bench');
      await varvel.keys.add(admin.key, null, null);
      // a project each, as files with keys are
      await mapConcurrent([...Array(count).keys()], 8, async (index) => {
        const project = join(folder, `projects-${count}`, String(index));
        await mkdir(project, { recursive: true });
        await writeFile(join(project, '.env'), 'PORT=3000\n');
        const target = await varvel.exports.open(join(project, '.env'));
        const plan = await target.plan({
          profile: varvel.profiles.get('bench'),
          format: null,
          variable: null,
        });
        await plan.write();
      });
      const rotations = await varvel.rotations();
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        let begun = Number.NaN;
        const { keyId } = varvel.profiles.get('bench');
        await rotations.start(
          { key: varvel.keys.find(keyId ?? mine.id), graceMs: 3_600_000 },
          {
            onStep({ step }) {
              if (step === 'switch') begun = performance.now();
              if (step === 'wait') times[round] ??= performance.now() - begun;
            },
          },
        );
        await rotations.resume(varvel.profiles.get('bench').keyId ?? '', 0);
      }
      await varvel.close();
      return medianOf(times) / count;
    };

    return {
      few: await perFile(rotatedFiles.few, fewRounds),
      many: await perFile(rotatedFiles.many, 1),
    };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    await sandbox.close();
  }
}
