import type { FakeOptions } from './fake/memory.ts';
import { createFakeWorld, type FakeWorld } from './fake-bridge.ts';

declare global {
  interface Window {
    fakeOptions?: FakeOptions;
    fake: FakeWorld;
    violations: string[];
  }
}

// runs before the page's own scripts
window.fake = createFakeWorld(window.fakeOptions);
Object.defineProperty(window, 'varvel', { value: window.fake.bridge });
window.violations = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
  window.violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}`);
});
