import type { FaceClipboard } from '../../bridge/face.ts';

/** A clipboard of which nobody else knows. */
export function createMemoryClipboard(): FaceClipboard {
  let held = '';
  return {
    read: async () => held,
    writeSecret: async (text) => {
      held = text;
    },
    clear: async () => {
      held = '';
    },
  };
}
