import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { Artifact, SandboxState, Store } from '../state.ts';

/** Artifacts that end with their grant. */
const grantable = ['AccessToken', 'AuthorizationCode', 'RefreshToken', 'DeviceCode'];

const shelf = (state: SandboxState, model: string): Record<string, Artifact> => {
  state.artifacts[model] ??= {};
  return state.artifacts[model];
};

const revokeGrant = (state: SandboxState, grantId: string): void => {
  for (const model of grantable)
    for (const [id, artifact] of Object.entries(shelf(state, model)))
      if (artifact.grantId === grantId) delete shelf(state, model)[id];
};

/**
 * Stores the OpenID provider's artifacts in the sandbox's state, so that sign-ins survive a restart.
 * Expired artifacts are still found: the provider itself reports that they expired.
 */
export const createArtifacts =
  (store: Store) =>
  (model: string): Adapter => {
    const kept = (): Record<string, Artifact> => store.state.artifacts[model] ?? {};
    const search = (test: (artifact: Artifact) => boolean): AdapterPayload | undefined => {
      const found = Object.values(kept()).find(test);
      return found && structuredClone(found);
    };
    return {
      async upsert(id, payload) {
        store.change((state) => {
          shelf(state, model)[id] = structuredClone(payload);
        });
      },
      find: async (id) => (Object.hasOwn(kept(), id) ? structuredClone(kept()[id]) : undefined),
      findByUid: async (uid) => search((artifact) => artifact.uid === uid),
      findByUserCode: async (userCode) => search((artifact) => artifact.userCode === userCode),
      /**
       * Marks as used. Two uses can get here at the same time, both having found it unused. The second is
       * still a reuse, so the whole family is revoked, as if it had come later.
       */
      async consume(id) {
        store.change((state) => {
          const artifact = shelf(state, model)[id];
          if (artifact?.consumed !== undefined) {
            if (artifact.grantId !== undefined) {
              revokeGrant(state, artifact.grantId);
              delete shelf(state, 'Grant')[artifact.grantId];
            }
            throw new errors.InvalidGrant('already used');
          }
          if (artifact) artifact.consumed = Math.floor(Date.now() / 1000);
        });
      },
      async destroy(id) {
        store.change((state) => {
          delete shelf(state, model)[id];
        });
      },
      async revokeByGrantId(grantId) {
        store.change((state) => revokeGrant(state, grantId));
      },
    };
  };
