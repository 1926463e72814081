// The page's own world: what the preload exposes appears here, frozen, as a copy.
const freeze = (value) => {
  if (value && typeof value === 'object') for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
};

// biome-ignore lint/correctness/noUnusedVariables: page-context-bridge.js calls it
function hearExposed({ expose, api }) {
  Object.defineProperty(window, expose, { value: freeze(read(api, functions)), enumerable: true });
}
