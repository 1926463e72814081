// The program's entry: what must be fast is answered here, the rest is loaded when it is called.
import { version } from './version.ts';

const [first] = process.argv.slice(2);
if (first === '--version' || first === '-V') {
  process.stdout.write(`${version}\n`);
} else {
  const { dispatch } = await import('./dispatch.ts');
  await dispatch(process.argv.slice(2));
}
