// The demo's window on a given program in Electron's place, which `npm run demo` wouldn't start as root:
//   node test/e2e/desktop/demo-on-electron.ts PROGRAM
import { showWindow } from '../../../scripts/demo/window.ts';

const interrupt = new AbortController();
process.on('SIGTERM', () => interrupt.abort());
const electron = { program: process.argv[2] ?? '' };
process.exitCode = await showWindow({ vault: null, headless: false, port: null, electron }, interrupt.signal);
process.exit();
