import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './theme/fonts.css';
import './theme/tokens.css';
import './theme/base.css';
import { CrashPage } from './features/shell/crash-page.tsx';
import { AppShell } from './features/shell/shell.tsx';
import { connectStores } from './stores/snapshots/live.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root element.');

try {
  connectStores();
} catch (error) {
  // without a bridge, each store reports its own problem
  console.error(error);
}

createRoot(root).render(
  <StrictMode>
    <CrashPage>
      <AppShell />
    </CrashPage>
  </StrictMode>,
);
