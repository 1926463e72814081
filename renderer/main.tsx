import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './theme/tokens.css';
import './theme/base.css';
import { CrashPage } from './features/shell/crash-page.tsx';
import { AppShell } from './features/shell/shell.tsx';
import { goLive } from './stores/snapshots/live.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');

try {
  goLive();
} catch (error) {
  // without a bridge every store says so itself
  console.error(error);
}

createRoot(root).render(
  <StrictMode>
    <CrashPage>
      <AppShell />
    </CrashPage>
  </StrictMode>,
);
