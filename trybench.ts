import { measureDesktop } from './test/bench/desktop.ts';
console.log(JSON.stringify(await measureDesktop({ env: { ...process.env, VARVEL_PASSPHRASE: 'a long passphrase of a bench' }, onStep: console.log }), null, 1));
