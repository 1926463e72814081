import { type FakeHandlers, type Memory, Refusal } from './memory.ts';
import { fill } from './seed.ts';

type Subject = 'app' | 'vault' | 'settings' | 'activity' | 'work';

/** The program itself: its start, its vault, its settings, what it has done. */
export function fakeApp(memory: Memory): Omit<FakeHandlers<Subject>, 'app.choosePath'> {
  const { options, state, changed, emit } = memory;
  return {
    'app.start': () => ({
      version: '0.1.0',
      face: options.face ?? 'desktop',
      platform: options.platform ?? 'linux',
      environment: {
        name: state.environment,
        flows: state.environment === 'sandbox' ? ['loopback', 'device'] : ['device'],
      },
      lastConnection: state.lastConnection,
      vault: state.vault,
      theme: state.settings.theme,
      home: '/home/ada',
    }),
    'app.openPage': () => null,
    'app.quit': () => null,
    'app.setEnvironment': ({ name }) => {
      state.environment = name;
      fill(memory);
      setTimeout(() => emit('environment', { name }), 5);
      return null;
    },
    'vault.look': () => state.vault,
    'vault.unlock': ({ passphrase }) => {
      if (state.vault.setUp && passphrase !== 'open sesame') {
        throw new Refusal(
          'wrong_passphrase',
          'That is not the passphrase.',
          'Try again; nothing was changed.',
        );
      }
      state.vault = { ...state.vault, setUp: true, problem: null };
      changed('vault');
      return state.vault;
    },
    'settings.read': () => state.settings,
    'settings.change': (change) => {
      const { theme = state.settings.theme, clipboardSeconds = state.settings.clipboardSeconds } = change;
      const { startAtLogin = state.settings.startAtLogin } = change;
      state.settings = { theme, clipboardSeconds, startAtLogin };
      changed('settings');
      return state.settings;
    },
    'activity.list': ({ sinceMs, keyId: only, limit }) =>
      state.activity
        .filter(
          (entry) => (sinceMs === null || entry.at >= sinceMs) && (only === null || entry.keyId === only),
        )
        .slice(0, limit),
    'work.cancel': ({ run }) => {
      memory.cancel(run);
      return null;
    },
  };
}
